import type { ElementValue } from './calls.ts'
import { allOptions } from './option-rules.ts'
import { type Json, jsonList, text } from './problem.ts'

/** An interactive element with the block it stands in. */
export interface PlacedElement {
  block: Json
  element: Json
}

/** The elements of blocks in reading order. */
const placedElements = (blocks: readonly Json[]): PlacedElement[] =>
  blocks.flatMap((block) =>
    [...jsonList(block.elements), ...jsonList([block.accessory, block.element])]
      .filter((element) => element.action_id !== undefined)
      .map((element) => ({ block, element })),
  )

/** The element with this action id, or an error that lists those there are. */
export const findElement = (blocks: readonly Json[], actionId: string, blockId?: string): PlacedElement => {
  const placed = placedElements(blocks)
  const found = placed.find(
    ({ block, element }) => element.action_id === actionId && (blockId ?? block.block_id) === block.block_id,
  )
  if (found) return found
  const ids = placed.map(({ element }) => element.action_id).join(', ')
  throw new Error(`no element ${actionId}${blockId === undefined ? '' : ` in ${blockId}`}; there are: ${ids}`)
}

const pick = (element: Json, value: string): Json => {
  if (text(element.type).includes('external')) return { text: { type: 'plain_text', text: value }, value }
  const found = allOptions(element).find((option) => option.value === value)
  if (found) return found
  const values = allOptions(element).map((option) => option.value)
  throw new Error(`no option ${value} in ${element.action_id}; there are: ${values.join(', ')}`)
}

const single = (value: ElementValue): string => (typeof value === 'string' ? value : (value[0] ?? ''))
const several = (value: ElementValue): readonly string[] => (typeof value === 'string' ? [value] : value)

type Chosen = (element: Json, value: ElementValue | undefined) => Json

const oneOption: Chosen = (element, value) => ({
  selected_option: value === undefined ? (element.initial_option ?? null) : pick(element, single(value)),
})
const someOptions: Chosen = (element, value) => ({
  selected_options:
    value === undefined
      ? jsonList(element.initial_options)
      : several(value).map((entry) => pick(element, entry)),
})
const one =
  (member: string, initial: string): Chosen =>
  (element, value) => ({ [member]: value === undefined ? (element[initial] ?? null) : single(value) })
const some =
  (member: string, initial: string): Chosen =>
  (element, value) => ({ [member]: value === undefined ? (element[initial] ?? []) : several(value) })

const STATES: Readonly<Record<string, Chosen>> = {
  static_select: oneOption,
  external_select: oneOption,
  radio_buttons: oneOption,
  overflow: oneOption,
  multi_static_select: someOptions,
  multi_external_select: someOptions,
  checkboxes: someOptions,
  users_select: one('selected_user', 'initial_user'),
  channels_select: one('selected_channel', 'initial_channel'),
  conversations_select: one('selected_conversation', 'initial_conversation'),
  multi_users_select: some('selected_users', 'initial_users'),
  multi_channels_select: some('selected_channels', 'initial_channels'),
  multi_conversations_select: some('selected_conversations', 'initial_conversations'),
  datepicker: one('selected_date', 'initial_date'),
  timepicker: one('selected_time', 'initial_time'),
  plain_text_input: one('value', 'initial_value'),
  email_text_input: one('value', 'initial_value'),
  url_text_input: one('value', 'initial_value'),
  number_input: one('value', 'initial_value'),
}

// An overflow menu forgets what was chosen.
const hasState = (element: Json): boolean =>
  Object.hasOwn(STATES, text(element.type)) && element.type !== 'overflow'

/** What an element holds after a member has put `value` into it; its initial value when unset. */
const stateOf = (element: Json, value?: ElementValue): Json => {
  const type = text(element.type)
  return { type, ...STATES[type]?.(element, value) }
}

/** Whether nothing was chosen or written. */
export const isEmpty = ({ type: _type, ...state }: Json): boolean =>
  Object.values(state).every(
    (value) => value === null || value === '' || (Array.isArray(value) && value.length === 0),
  )

/** The state of all elements that hold one, by block and action id, once `values` are put in by action id. */
export const stateValues = (
  blocks: readonly Json[],
  values: Readonly<Record<string, ElementValue>>,
): Record<string, Json> => {
  const state: Record<string, Json> = {}
  for (const { block, element } of placedElements(blocks)) {
    if (!hasState(element)) continue
    const actionId = String(element.action_id)
    const blockId = String(block.block_id)
    state[blockId] = { ...state[blockId], [actionId]: stateOf(element, values[actionId]) }
  }
  return state
}

const feedback = (element: Json, value: ElementValue | undefined): Json => {
  const buttons = jsonList([element.positive_button, element.negative_button])
  const pressed = buttons.find((button) => button.value === value)
  if (!pressed) throw new Error(`feedback is one of: ${buttons.map((button) => button.value).join(', ')}`)
  return { type: 'feedback_buttons', value: pressed.value, text: pressed.text }
}

/** The entry of `actions` in a payload: a click, or a choice of `value`. */
export const actionOf = ({ block, element }: PlacedElement, value?: ElementValue): Json => {
  const ids = {
    action_id: element.action_id,
    block_id: block.block_id,
    action_ts: (Date.now() / 1000).toFixed(6),
  }
  if (element.type === 'feedback_buttons') return { ...feedback(element, value), ...ids }
  if (element.type === 'button' || element.type === 'icon_button') {
    const { confirm: _confirm, ...button } = element
    return { ...button, ...ids }
  }
  if (value === undefined) throw new Error(`say which value of ${element.action_id} is chosen`)
  return { ...stateOf(element, value), ...ids }
}
