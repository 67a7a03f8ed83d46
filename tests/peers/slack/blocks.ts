import {
  actionsElement,
  buttonElement,
  contextActionsElement,
  inputElement,
  sectionAccessory,
} from './elements.ts'
import {
  all,
  byType,
  type Check,
  type Fields,
  flag,
  list,
  number,
  object,
  oneOf,
  rule,
  string,
} from './fields.ts'
import { LIMITS } from './limits.ts'
import { anyText, image, imageFields, known, mrkdwn, plain, richTextBlock } from './objects.ts'
import { isJson, type Json, jsonList, type Path, type Problem, text } from './problem.ts'

const type = known
const common = { block_id: string(LIMITS.id) }

const uniqueActionIds: Check = (block, path) => {
  const elements = isJson(block) ? jsonList(block.elements) : []
  const ids = elements.flatMap(({ action_id: id }) => (id === undefined ? [] : [id]))
  return new Set(ids).size === ids.length ? [] : [{ path, problem: 'action_id must be unique in its block' }]
}

const oneImageSource = rule(
  'either image_url or slack_file is required',
  (block) => (block.image_url === undefined) !== (block.slack_file === undefined),
)

const section = all(
  object(
    { type },
    {
      ...common,
      text: anyText(LIMITS.sectionText),
      fields: list(anyText(LIMITS.sectionField), LIMITS.sectionFields),
      accessory: sectionAccessory,
      expand: flag,
    },
  ),
  rule(
    'missing required field: text or fields',
    (block) => isJson(block.text) || Array.isArray(block.fields),
  ),
)

const actions = all(object({ type, elements: list(actionsElement, LIMITS.actions) }, common), uniqueActionIds)

const context = object(
  {
    type,
    elements: list(
      byType({
        image,
        plain_text: anyText(LIMITS.contextText),
        mrkdwn: anyText(LIMITS.contextText),
      }),
      LIMITS.contextElements,
    ),
  },
  common,
)

const imageBlock = all(
  object(
    { type, alt_text: string(LIMITS.altText) },
    { ...common, ...imageFields, title: plain(LIMITS.imageTitle) },
  ),
  oneImageSource,
)

const input = object(
  { type, label: plain(LIMITS.inputLabel), element: inputElement },
  { ...common, hint: plain(LIMITS.inputLabel), optional: flag, dispatch_action: flag },
)

const cell = byType({
  raw_text: object({ type, text: string(LIMITS.blockCharacters) }),
  raw_number: object({ type, value: number, text: string(100) }),
  rich_text: richTextBlock,
})

const table = object(
  { type, rows: list(list(cell, LIMITS.tableColumns), LIMITS.tableRows) },
  {
    ...common,
    column_settings: list(
      object({}, { align: oneOf('left', 'center', 'right'), is_wrapped: flag }),
      LIMITS.tableColumns,
    ),
  },
)

const card = object(
  { type },
  {
    ...common,
    hero_image: image,
    icon: image,
    title: mrkdwn(150),
    subtitle: mrkdwn(150),
    body: mrkdwn(200),
    actions: list(buttonElement, LIMITS.actions),
  },
)

/** Blocks that stand anywhere. */
const EVERYWHERE: Fields = {
  section,
  actions,
  context,
  input,
  image: imageBlock,
  divider: object({ type }, common),
  header: object({ type, text: plain(LIMITS.header) }, common),
  rich_text: richTextBlock,
}

/** Blocks that stand in messages only. */
const IN_MESSAGES: Fields = {
  markdown: object({ type, text: string(LIMITS.markdown) }, common),
  table,
  context_actions: all(
    object({ type, elements: list(contextActionsElement, LIMITS.contextActions) }, common),
    uniqueActionIds,
  ),
  alert: object(
    { type, text: anyText(LIMITS.sectionText) },
    { ...common, level: oneOf('default', 'info', 'warning', 'error', 'success') },
  ),
  card,
  carousel: object({ type, elements: list(byType({ card }), 10) }, common),
}

const uniqueBlockIds = (blocks: readonly Json[], path: Path): Problem[] => {
  const ids = blocks.flatMap(({ block_id: id }) => (id === undefined ? [] : [id]))
  return new Set(ids).size === ids.length ? [] : [{ path, problem: 'block_id must be unique' }]
}

const textOf = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(textOf)
  if (!isJson(value)) return []
  return Object.entries(value).flatMap(([name, member]) =>
    typeof member === 'string' ? (name === 'text' ? [member] : []) : textOf(member),
  )
}

/** How many characters the texts of these blocks have in all. */
export const blockCharacters = (blocks: unknown): number => textOf(blocks).join('').length

const totals = (blocks: readonly Json[], path: Path): Problem[] => {
  const markdown = blocks.filter((block) => block.type === 'markdown').map((block) => text(block.text))
  const tables = blocks.filter((block) => block.type === 'table')
  return [
    ...(markdown.join('').length > LIMITS.markdown && markdown.length > 1
      ? [{ path, problem: `no more than ${LIMITS.markdown} characters of markdown blocks allowed` }]
      : []),
    ...(tables.length > 1 ? [{ path, problem: 'only one table allowed' }] : []),
  ]
}

const onlyIn = (types: Fields, surface: string): Fields =>
  Object.fromEntries(
    Object.keys(types).map((name): [string, Check] => [
      name,
      (_block, path) => [
        { path: [...path, 'type'], problem: `block type ${name} is not allowed in ${surface}` },
      ],
    ]),
  )

const messageBlock = byType({ ...EVERYWHERE, ...IN_MESSAGES })
const viewBlock = byType({ ...EVERYWHERE, ...onlyIn(IN_MESSAGES, 'a view') })

/** What is wrong with the blocks of a message, their length in all aside. */
export const checkMessageBlocks = (blocks: unknown, path: Path = ['blocks']): Problem[] => [
  ...list(messageBlock, LIMITS.messageBlocks, 0)(blocks, path),
  ...uniqueBlockIds(jsonList(blocks), path),
  ...totals(jsonList(blocks), path),
]

/** What is wrong with the blocks of a view. */
export const checkViewBlocks: Check = (blocks, path) => [
  ...list(viewBlock, LIMITS.viewBlocks, 0)(blocks, path),
  ...uniqueBlockIds(jsonList(blocks), path),
]
