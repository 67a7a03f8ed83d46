import { ButtonStyle, ComponentType } from 'discord.js'
import { isJson, type Json, jsonList, type Problem, text } from './problem.ts'

/** A component and where it stands in the body. */
export interface PlacedComponent {
  component: Json
  path: readonly PropertyKey[]
}

/** Platform figures that Discord's schemas leave out. https://docs.discord.com/developers/components/reference */
const LIMITS = { total: 40, textTotal: 4000, rowButtons: 5, legacyRows: 5, modalComponents: 5 }

const SELECTS: readonly unknown[] = [
  ComponentType.StringSelect,
  ComponentType.UserSelect,
  ComponentType.RoleSelect,
  ComponentType.MentionableSelect,
  ComponentType.ChannelSelect,
]

/** Every component of a list with those inside it: children, accessories and what labels wrap. */
export const walkComponents = (components: unknown, path: readonly PropertyKey[]): PlacedComponent[] =>
  (Array.isArray(components) ? components : []).flatMap((component, index) =>
    isJson(component) ? walkOne(component, [...path, index]) : [],
  )

const walkOne = (component: Json, path: readonly PropertyKey[]): PlacedComponent[] => [
  { component, path },
  ...walkComponents(component.components, [...path, 'components']),
  ...(isJson(component.accessory) ? walkOne(component.accessory, [...path, 'accessory']) : []),
  ...(isJson(component.component) ? walkOne(component.component, [...path, 'component']) : []),
]

const uniqueIds = (placed: readonly PlacedComponent[]): Problem[] => {
  const seen = new Set<unknown>()
  return placed.flatMap(({ component, path }) => {
    const id = component.custom_id
    if (id === undefined || id === null) return []
    if (!seen.has(id)) {
      seen.add(id)
      return []
    }
    return [{ path: [...path, 'custom_id'], problem: `custom_id "${String(id)}" is used twice` }]
  })
}

const rowRules = ({ component, path }: PlacedComponent): Problem[] => {
  const children = jsonList(component.components)
  const buttons = children.filter((child) => child.type === ComponentType.Button)
  const selects = children.filter((child) => SELECTS.includes(child.type))
  if (buttons.length > LIMITS.rowButtons) return [{ path, problem: 'a row holds at most 5 buttons' }]
  if (selects.length > 1) return [{ path, problem: 'a row holds at most 1 select' }]
  if (selects.length > 0 && buttons.length > 0) {
    return [{ path, problem: 'a row holds either buttons or a select' }]
  }
  return []
}

const buttonRules = ({ component, path }: PlacedComponent): Problem[] => {
  const problems: Problem[] = []
  const { style, custom_id: customId, url, label, emoji } = component
  if (style === ButtonStyle.Premium) return []
  if (!label && !emoji) problems.push({ path, problem: 'a button needs a label or an emoji' })
  if (style === ButtonStyle.Link) {
    if (!url) problems.push({ path, problem: 'a link button needs a url' })
    if (customId) problems.push({ path, problem: 'a link button cannot have a custom_id' })
    return problems
  }
  if (!customId) problems.push({ path, problem: 'a button needs a custom_id' })
  if (url) problems.push({ path, problem: 'only a link button has a url' })
  return problems
}

const optionRules = (options: readonly Json[], path: readonly PropertyKey[], most: number): Problem[] => {
  const problems: Problem[] = []
  const values = options.map((option) => option.value)
  if (new Set(values).size < values.length) problems.push({ path, problem: 'option values are not unique' })
  if (options.filter((option) => option.default === true).length > most) {
    problems.push({ path, problem: 'more default options than max_values' })
  }
  return problems
}

const selectRules = ({ component, path }: PlacedComponent): Problem[] => {
  const problems: Problem[] = []
  const least = typeof component.min_values === 'number' ? component.min_values : 1
  const most = typeof component.max_values === 'number' ? component.max_values : 1
  if (least > most) problems.push({ path, problem: 'min_values is above max_values' })
  if (component.type !== ComponentType.StringSelect) return problems
  const options = jsonList(component.options)
  if (least > options.length || most > options.length) {
    problems.push({ path, problem: 'fewer options than min_values or max_values' })
  }
  return [...problems, ...optionRules(options, [...path, 'options'], most)]
}

const textInputRules = ({ component, path }: PlacedComponent): Problem[] => {
  const problems: Problem[] = []
  const labelled = path.at(-1) === 'component'
  if (!labelled && !component.label) problems.push({ path, problem: 'a text input needs a label' })
  if (labelled && component.label) {
    problems.push({ path, problem: 'a text input inside a label cannot have a label of its own' })
  }
  const least = typeof component.min_length === 'number' ? component.min_length : 0
  const most = typeof component.max_length === 'number' ? component.max_length : 4000
  if (least > most) problems.push({ path, problem: 'min_length is above max_length' })
  const value = text(component.value)
  if (value !== '' && (value.length < least || value.length > most)) {
    problems.push({ path: [...path, 'value'], problem: 'value is outside min_length and max_length' })
  }
  return problems
}

const ownRules = (placed: PlacedComponent): Problem[] => {
  const { type } = placed.component
  if (type === ComponentType.ActionRow) return rowRules(placed)
  if (type === ComponentType.Button) return buttonRules(placed)
  if (type === ComponentType.TextInput) return textInputRules(placed)
  return SELECTS.includes(type) ? selectRules(placed) : []
}

const layoutRules = (placed: readonly PlacedComponent[], path: readonly PropertyKey[]): Problem[] => {
  const problems: Problem[] = []
  if (placed.length > LIMITS.total) {
    problems.push({ path, problem: `${placed.length} components, at most 40 count with those inside others` })
  }
  const length = placed
    .filter(({ component }) => component.type === ComponentType.TextDisplay)
    .reduce((sum, { component }) => sum + text(component.content).length, 0)
  if (length > LIMITS.textTotal) {
    problems.push({ path, problem: `${length} characters of text displays, at most 4000 in all` })
  }
  return problems
}

const legacyRules = (components: unknown, path: readonly PropertyKey[]): Problem[] => {
  const rows = jsonList(components)
  const other = rows.some((row) => row.type !== ComponentType.ActionRow)
  return [
    ...(other ? [{ path, problem: 'only action rows without the IS_COMPONENTS_V2 flag' }] : []),
    ...(rows.length > LIMITS.legacyRows ? [{ path, problem: 'at most 5 action rows' }] : []),
  ]
}

/** What the schemas miss about the components of a message; `v2` when IS_COMPONENTS_V2 is set. */
export const messageComponentRules = (components: unknown, v2: boolean): Problem[] => {
  const path = ['components']
  const placed = walkComponents(components, path)
  return [
    ...(v2 ? layoutRules(placed, path) : legacyRules(components, path)),
    ...uniqueIds(placed),
    ...placed.flatMap(ownRules),
  ]
}

/** What the schemas miss about the data of a modal. */
export const modalRules = (data: Json): Problem[] => {
  const path = ['components']
  const placed = walkComponents(data.components, path)
  const tooMany = jsonList(data.components).length > LIMITS.modalComponents
  return [
    ...(tooMany ? [{ path, problem: 'a modal holds at most 5 components' }] : []),
    ...uniqueIds(placed),
    ...placed.flatMap(ownRules),
  ]
}
