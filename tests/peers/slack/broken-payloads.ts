import type { Json } from './problem.ts'

/** A payload that Slack refuses, the code it answers with, and words from the problem that the peer must name. */
export interface BrokenPayload {
  name: string
  body: Json
  /** None where Slack lets the message pass and only the peer objects. */
  error?: string
  problem: RegExp
}

const many = <Item>(count: number, make: (index: number) => Item): Item[] =>
  Array.from({ length: count }, (_, index) => make(index))
const x = (count: number): string => 'x'.repeat(count)
const plain = (text: string): Json => ({ type: 'plain_text', text })
const mrkdwn = (text: string): Json => ({ type: 'mrkdwn', text })
const section = (text: string, extra: Json = {}): Json => ({ type: 'section', text: mrkdwn(text), ...extra })
const button = (id: string, extra: Json = {}): Json => ({
  type: 'button',
  action_id: id,
  text: plain('Go'),
  ...extra,
})
const actions = (...elements: Json[]): Json => ({ type: 'actions', elements })
const option = (value: string, label = value): Json => ({ text: plain(label), value })
const select = (options: Json[], extra: Json = {}): Json => ({
  type: 'static_select',
  action_id: 's',
  options,
  ...extra,
})
const row = (cells: number): Json[] => many(cells, () => ({ type: 'raw_text', text: 'x' }))
const table = (rows: number, cells = 1): Json => ({ type: 'table', rows: many(rows, () => row(cells)) })
const feedback = (id: string): Json => ({
  type: 'feedback_buttons',
  action_id: id,
  positive_button: { text: plain('Good'), value: 'good' },
  negative_button: { text: plain('Bad'), value: 'bad' },
})
const input = (element: Json): Json => ({ type: 'input', label: plain('Why?'), element })
const confirm = (title: string): Json => ({
  title: plain(title),
  text: plain('Really?'),
  confirm: plain('Yes'),
  deny: plain('No'),
})

const blocks = (name: string, problem: RegExp, ...content: Json[]): BrokenPayload => ({
  name,
  problem,
  body: { text: 'fallback', blocks: content },
  error: 'invalid_blocks',
})

/** For chat.postMessage. */
export const BROKEN_MESSAGES: readonly BrokenPayload[] = [
  { name: 'nothing', body: {}, error: 'no_text', problem: /no text/ },
  { name: 'text too long', body: { text: x(40_001) }, error: 'msg_too_long', problem: /40000/ },
  { name: 'no fallback', body: { blocks: [section('x')] }, problem: /text is missing/ },
  { name: 'an unknown argument', body: { text: 'x', colour: 'red' }, problem: /unknown argument: colour/ },
  {
    name: 'markdown_text beside text',
    body: { text: 'x', markdown_text: 'y' },
    error: 'markdown_text_conflict',
    problem: /excludes/,
  },
  {
    name: 'too many characters of blocks',
    body: { text: 'x', blocks: many(5, () => section(x(2700))) },
    error: 'msg_blocks_too_long',
    problem: /13500 characters/,
  },
  {
    name: 'blocks that are no list',
    body: { text: 'x', blocks: 'section' },
    error: 'invalid_blocks_format',
    problem: /must be of type json/,
  },
  blocks(
    '51 blocks',
    /no more than 50 items allowed \[json-pointer:\/blocks\]/,
    ...many(51, () => section('x')),
  ),
  blocks('an unknown block', /unsupported type: text/, { type: 'text', text: 'x' }),
  blocks('an unknown key', /invalid additional property: color/, section('x', { color: 'red' })),
  blocks('an empty section', /text or fields/, { type: 'section' }),
  blocks('empty text', /must be more than 0 characters/, section('')),
  blocks('section too long', /must be less than 3001 characters.*blocks\/0\/text\/text/, section(x(3001))),
  blocks('11 fields', /no more than 10 items/, { type: 'section', fields: many(11, () => mrkdwn('x')) }),
  blocks('a long field', /less than 2001/, { type: 'section', fields: [mrkdwn(x(2001))] }),
  blocks('a header in mrkdwn', /unsupported type: mrkdwn/, { type: 'header', text: mrkdwn('x') }),
  blocks('a long header', /less than 151/, { type: 'header', text: plain(x(151)) }),
  blocks('26 buttons', /no more than 25/, actions(...many(26, (index) => button(`b${index}`)))),
  blocks('11 context elements', /no more than 10/, {
    type: 'context',
    elements: many(11, () => mrkdwn('x')),
  }),
  blocks('a long button', /less than 76/, actions(button('b', { text: plain(x(76)) }))),
  blocks('a long button value', /less than 2001/, actions(button('b', { value: x(2001) }))),
  blocks('a long url', /less than 3001/, actions(button('b', { url: `https://x.test/${x(3000)}` }))),
  blocks('no url', /invalid url/, actions(button('b', { url: 'x.test' }))),
  blocks('an unknown style', /valid enum value/, actions(button('b', { style: 'green' }))),
  blocks('an action id twice', /action_id must be unique/, actions(button('b'), button('b'))),
  blocks('a long action id', /less than 256/, actions(button(x(256)))),
  blocks('a block id twice', /block_id must be unique/, ...many(2, () => section('x', { block_id: 'a' }))),
  blocks('101 options', /no more than 100/, actions(select(many(101, (index) => option(`v${index}`))))),
  blocks('a long option', /less than 76/, actions(select([option('v', x(76))]))),
  blocks('a long option value', /less than 151/, actions(select([option(x(151), 'x')]))),
  blocks('a value twice', /values must be unique/, actions(select([option('v'), option('v')]))),
  blocks(
    'an initial option of its own',
    /among the options/,
    actions(select([option('v')], { initial_option: option('w') })),
  ),
  blocks(
    'a long placeholder',
    /less than 151/,
    actions(select([option('v')], { placeholder: plain(x(151)) })),
  ),
  blocks('an overflow of 6', /no more than 5/, {
    ...section('x'),
    accessory: { type: 'overflow', action_id: 'o', options: many(6, (index) => option(`v${index}`)) },
  }),
  blocks('11 checkboxes', /no more than 10/, {
    ...section('x'),
    accessory: { type: 'checkboxes', action_id: 'c', options: many(11, (index) => option(`v${index}`)) },
  }),
  blocks('a long confirm', /less than 101/, actions(button('b', { confirm: confirm(x(101)) }))),
  blocks('an input in actions', /unsupported type: plain_text_input/, actions({ type: 'plain_text_input' })),
  blocks(
    'too much markdown',
    /12001|no more than 12000/,
    ...many(2, () => ({ type: 'markdown', text: x(6001) })),
  ),
  blocks('two tables', /only one table/, table(1), table(1)),
  blocks('101 rows', /no more than 100/, table(101)),
  blocks('21 columns', /no more than 20/, table(1, 21)),
  blocks('6 context actions', /no more than 5/, {
    type: 'context_actions',
    elements: many(6, (index) => feedback(`f${index}`)),
  }),
  blocks('an image without a text', /missing required field: alt_text/, {
    type: 'image',
    image_url: 'https://x.test/i.png',
  }),
]

const modal = (extra: Json = {}, ...content: Json[]): Json => ({
  type: 'modal',
  title: plain('Feedback'),
  blocks: content.length === 0 ? [section('x')] : content,
  ...extra,
})
const view = (name: string, problem: RegExp, body: Json): BrokenPayload => ({
  name,
  problem,
  body,
  error: 'invalid_arguments',
})

/** For views.open. */
export const BROKEN_VIEWS: readonly BrokenPayload[] = [
  view(
    'a long title',
    /less than 25 characters \[json-pointer:\/view\/title\/text\]/,
    modal({ title: plain(x(25)) }),
  ),
  view('no title', /missing required field: title/, modal({ title: undefined })),
  view('a long submit', /less than 25/, modal({ submit: plain(x(25)) })),
  view('much metadata', /less than 3001/, modal({ private_metadata: x(3001) })),
  view('a long callback id', /less than 256/, modal({ callback_id: x(256) })),
  view(
    'inputs without submit',
    /missing required field: submit/,
    modal({}, input({ type: 'plain_text_input' })),
  ),
  view('markdown in a view', /markdown is not allowed in a view/, modal({}, { type: 'markdown', text: 'x' })),
  view('a table in a view', /table is not allowed in a view/, modal({}, table(1))),
  view(
    'feedback in a view',
    /context_actions is not allowed in a view/,
    modal({}, { type: 'context_actions', elements: [feedback('f')] }),
  ),
  view('101 blocks', /no more than 100/, modal({}, ...many(101, () => section('x')))),
  view('a Home tab as a modal', /must be a view of type modal/, { type: 'home', blocks: [section('x')] }),
  view('an unknown key', /invalid additional property: colour/, modal({ colour: 'red' })),
]
