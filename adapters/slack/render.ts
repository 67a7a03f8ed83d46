import type { types } from '@slack/bolt'
import type { Table } from 'mdast'
import { z } from 'zod'
import {
  assertNever,
  isAnswered,
  paginate,
  type Reply,
  readReference,
  refer,
  replyText,
  type Suggestion,
  shortSourceLine,
} from '../../src/index.ts'
import { actions } from './actions.ts'
import { button, context, header, plainText, section } from './blocks.ts'
import { limits, shares } from './limits.ts'
import { boldOnly, escapeMrkdwn, rowsOf, toMrkdwn } from './mrkdwn.ts'
import { readJson } from './parse.ts'
import { greetingBlocks, stepBlocks } from './render-tour.ts'

/** How a reply is shown. */
export interface View {
  /** Only the asker sees it, and may share it. */
  isPrivate?: boolean
  /** Which page of a long answer, from 0. */
  page?: number
  /** A line below everything, in Slack's markup. */
  footer?: string
  /** In a form, where tables and feedback cannot be shown. */
  inForm?: boolean
  /** The thread that a private answer belongs to when it is shared. */
  thread?: string | undefined
}

/** A message as Slack takes it. `text` is what notifications and screen readers say. */
export interface Payload {
  text: string
  blocks: types.KnownBlock[]
}

/** The reply kinds that put something on a screen. */
export type Shown = Exclude<Reply, { kind: 'silent' }>
type Informing = Extract<Reply, { source: unknown }>

export function render(reply: Shown, view: View = {}): Payload {
  return { text: fallback(reply), blocks: [...parts(reply, view), ...footer(view)].slice(0, limits.blocks) }
}

/** Only posts that nobody asked for can be answered with silence. */
export function seen(reply: Reply): Shown {
  return reply.kind === 'silent'
    ? { kind: 'chat', text: 'I have nothing to say to that.', suggestions: [] }
    : reply
}

/** A sentence of the adapter's own. */
export function notice(text: string): Payload {
  return { text, blocks: [section(escapeMrkdwn(text))] }
}

/** Everything but the buttons; what follows a colon is read out, too. */
function fallback(reply: Shown): string {
  if (!isAnswered(reply)) {
    const next = 'text' in reply ? reply.suggestions.map(({ question }) => `- ${question}`) : []
    return escapeMrkdwn([replyText(reply), next.join('\n')].filter(Boolean).join('\n\n')).slice(
      0,
      limits.section,
    )
  }
  const caveat = reply.caveat === undefined ? '' : `${reply.caveat.replaceAll('**', '')}\n\n`
  const text = plainText(escapeMrkdwn(`${caveat}${replyText(reply)}`), limits.section).text
  return `${text}\n\n${escapeMrkdwn(shortSourceLine(reply.source))}`
}

function parts(reply: Shown, view: View): types.KnownBlock[] {
  switch (reply.kind) {
    case 'answer':
    case 'role':
    case 'comparison':
      return informing(reply, view)
    case 'about':
    case 'home':
      return [
        header(reply.title),
        ...bodies(paginate(toMrkdwn(reply.body), shares.body).slice(0, 1)),
        ...questions(reply.suggestions),
      ]
    case 'clarify':
    case 'no-match':
    case 'help':
    case 'chat':
    case 'limited':
      return [section(boldOnly(reply.text).slice(0, limits.section)), ...questions(reply.suggestions)]
    case 'step':
      return [...stepBlocks(reply), ...questions(reply.suggestions)]
    case 'greeting':
      return greetingBlocks(reply)
    default:
      return assertNever(reply)
  }
}

function informing(reply: Informing, view: View): types.KnownBlock[] {
  const pages = paginate(blocksOf(reply, view), shares.body)
  const page = Math.min(view.page ?? 0, Math.max(pages.length - 1, 0))
  return [
    ...(reply.told === undefined ? [] : [section(escapeMrkdwn(reply.told))]),
    ...(reply.caveat === undefined ? [] : [section(boldOnly(plainText(reply.caveat, shares.caveat).text))]),
    header(reply.title),
    ...bodies([pages[page] ?? '']),
    ...(page === 0 && !view.inForm ? tables(reply) : []),
    context(
      plainText(
        `${pages.length > 1 ? `Page ${page + 1} of ${pages.length} · ` : ''}${shortSourceLine(reply.source)}`,
        shares.source,
      ).text,
    ),
    ...(reply.kind === 'role' ? buttons(reply.topics) : questions(reply.suggestions)),
    ...lastRow(reply, view, page, pages.length),
    ...(view.inForm ? [] : [feedback(reply.reference)]),
  ]
}

/** The text of an answer; what is shown as a table is left out of it. */
function blocksOf({ body }: Informing, { inForm }: View): string[] {
  const shown = inForm ? undefined : tableOf(body)
  return toMrkdwn(body.filter((node) => node !== shown))
}

/** A message takes one table; a second one stays text. */
function tableOf(body: Informing['body']): Table | undefined {
  return body.find((node): node is Table => {
    if (node.type !== 'table') return false
    const columns = node.children[0]?.children.length ?? 0
    return (
      node.children.length <= limits.tableRows &&
      columns > 0 &&
      columns <= limits.tableColumns &&
      rowsOf(node).flat().join('').length <= shares.table
    )
  })
}

function tables({ body }: Informing): types.KnownBlock[] {
  const table = tableOf(body)
  if (table === undefined) return []
  const rows = rowsOf(table).map((row) =>
    // Slack takes no empty cell.
    row.map((text) => ({ type: 'raw_text' as const, text: text === '' ? ' ' : text })),
  )
  return [{ type: 'table', rows, column_settings: rows[0]?.map(() => ({ is_wrapped: true })) ?? [] }]
}

function bodies(texts: readonly string[]): types.KnownBlock[] {
  return paginate(
    texts.flatMap((text) => text.split('\n\n')),
    limits.section,
  ).map(section)
}

/** Turning pages, sharing, and the other parts of the document. */
function lastRow(reply: Informing, view: View, page: number, pages: number): types.KnownBlock[] {
  const { reference } = reply
  const turns = [
    ...(page > 0 ? [turn('Previous page', page - 1, reference)] : []),
    ...(page + 1 < pages ? [turn('Next page', page + 1, reference)] : []),
  ]
  const share = view.isPrivate ? [button('Share in channel', actions.share, sharing(reply, view))] : []
  const options = reply.related
    .filter(({ reference: other }) => other.length <= limits.optionValue)
    .slice(0, limits.overflow)
    .map(({ label, reference: other }) => ({ text: plainText(label, limits.option), value: other }))
  const more = options.length === 0 ? [] : [{ type: 'overflow' as const, action_id: actions.more, options }]
  const elements = [...turns, ...share, ...more]
  return elements.length === 0 ? [] : [{ type: 'actions', elements }]
}

/** What is needed to show an answer again, with the note that only the question brought about. */
const sharingFields = z.object({
  reference: z.string().refine((text) => readReference(text) !== undefined),
  caveat: z.string().optional(),
  thread: z.string().optional(),
})
type Sharing = z.infer<typeof sharingFields>

/** @returns undefined when no version wrote it that is still known */
export function readSharing(value: string): Sharing | undefined {
  return sharingFields.safeParse(readJson(value)).data
}

function sharing({ reference, caveat }: Informing, { thread }: View): string {
  return JSON.stringify({ reference, caveat, thread } satisfies Sharing)
}

function turn(label: string, page: number, reference: string): types.Button {
  return button(label, `${actions.page}.${page}`, `${page}:${reference}`)
}

function feedback(reference: string): types.ContextActionsBlock {
  const said = (label: string, mark: string) => ({
    text: plainText(label, limits.buttonText),
    accessibility_label: label,
    value: `${mark}${reference}`,
  })
  return {
    type: 'context_actions',
    elements: [
      {
        type: 'feedback_buttons',
        action_id: actions.feedback,
        positive_button: said('Helpful', '+'),
        negative_button: said('Not helpful', '-'),
      },
    ],
  }
}

function questions(suggestions: readonly Suggestion[]): types.KnownBlock[] {
  return buttons(
    suggestions.map(({ label, question }) => ({
      label,
      reference: refer({ kind: 'question', text: question }),
    })),
  )
}

function buttons(links: readonly { label: string; reference: string }[]): types.KnownBlock[] {
  const elements = links.map(({ label, reference }, i) => button(label, `${actions.open}.${i}`, reference))
  return elements.length === 0 ? [] : [{ type: 'actions', elements }]
}

function footer({ footer }: View): types.KnownBlock[] {
  return footer === undefined
    ? []
    : [{ type: 'context', elements: [{ type: 'mrkdwn', text: footer, verbatim: true }] }]
}
