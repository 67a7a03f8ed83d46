import {
  type APIActionRowComponent,
  type APIButtonComponent,
  type APIComponentInContainer,
  type APIMessageTopLevelComponent,
  ButtonStyle,
  ComponentType,
  type JSONEncodable,
  MessageFlags,
} from 'discord.js'
import {
  assertNever,
  isAnswered,
  type Link,
  paginate,
  type Reply,
  refer,
  type Suggestion,
  shortSourceLine,
} from '../../src/index.ts'
import { type Action, customId } from './custom-id.ts'
import { limits, shares } from './limits.ts'
import { boldOnly, escapeMarkdown, toDiscord } from './markdown.ts'
import { cut, greetingParts, stepParts } from './render-step.ts'

/** How a reply is shown. */
export interface View {
  /** Only the asker sees it. */
  isPrivate?: boolean
  /** Which page of a long answer, from 0. */
  page?: number
  /** A message that the answer can be posted under. */
  replyTo?: string
  /** The author of a post that nobody asked the bot to answer. */
  dismissableBy?: string
  /** The server that the welcome tour is for, where Discord does not say it: in a direct message. */
  guild?: string | undefined
  /** A line above everything, in Discord's Markdown. */
  preface?: string
}

/** A message as Discord takes it; nobody is ever pinged by it. */
export interface Payload {
  flags: number
  components: JSONEncodable<APIMessageTopLevelComponent>[]
  allowedMentions: { parse: []; repliedUser: false }
}

/** The coloured edge of each kind; the words say the same. */
const accents = { knowledge: 0x0e7490, comparison: 0x7c3aed, note: 0xd97706, talk: 0x64748b }

/** The reply kinds that put something on a screen. */
type Style = ButtonStyle.Primary | ButtonStyle.Secondary

type Shown = Exclude<Reply, { kind: 'silent' }>

export function render(reply: Shown, view: View = {}): Payload {
  return payload(
    [{ type: ComponentType.Container, accent_color: accentOf(reply), components: parts(reply, view) }],
    view,
  )
}

/** A sentence of the adapter's own. */
export function notice(text: string): Payload {
  return payload([{ type: ComponentType.Container, accent_color: accents.talk, components: [words(text)] }], {
    isPrivate: true,
  })
}

/** The same, in Discord's Markdown. */
export function adapterWords(markdown: string): Payload {
  return notice(cut(markdown, shares.body))
}

export function payload(components: APIMessageTopLevelComponent[], { isPrivate = false }: View): Payload {
  return {
    flags: MessageFlags.IsComponentsV2 | (isPrivate ? MessageFlags.Ephemeral : 0),
    // As builders come: discord.js would else go through every key and put it into snake case, which it is in.
    components: components.map((component) => ({ toJSON: () => component })),
    allowedMentions: { parse: [], repliedUser: false },
  }
}

function accentOf(reply: Shown): number {
  switch (reply.kind) {
    case 'answer':
    case 'role':
      return reply.caveat === undefined ? accents.knowledge : accents.note
    case 'comparison':
      return accents.comparison
    case 'clarify':
    case 'no-match':
    case 'limited':
      return accents.note
    case 'help':
    case 'chat':
    case 'about':
    case 'home':
    case 'step':
    case 'greeting':
      return accents.talk
    default:
      return assertNever(reply)
  }
}

function parts(reply: Shown, view: View): APIComponentInContainer[] {
  const preface = view.preface === undefined ? [] : [words(cut(view.preface, shares.lead))]
  if (isAnswered(reply)) return [...preface, ...informing(reply, view)]
  if (reply.kind === 'step')
    return [...preface, ...stepParts(reply, view.guild), ...rows([questions(reply.suggestions)])]
  if (reply.kind === 'greeting') return [...preface, ...greetingParts(reply, view.guild)]
  const isAsking = reply.kind === 'clarify'
  const text =
    reply.kind === 'about' || reply.kind === 'home'
      ? `### ${reply.title}\n${paginate(toDiscord(reply.body), shares.body)[0] ?? ''}`
      : cut(boldOnly(reply.text), shares.body)
  return [
    ...preface,
    words(text),
    ...rows([questions(reply.suggestions, isAsking ? ButtonStyle.Primary : undefined)]),
  ]
}

function informing(
  reply: Extract<Reply, { title: string; source: unknown }>,
  view: View,
): APIComponentInContainer[] {
  const pages = paginate(toDiscord(reply.body), shares.body)
  const page = Math.min(view.page ?? 0, Math.max(pages.length - 1, 0))
  const title = cut(escapeMarkdown(reply.title), shares.title)
  return [
    ...(reply.told === undefined ? [] : [words(cut(escapeMarkdown(reply.told), shares.told))]),
    ...(reply.caveat === undefined
      ? []
      : [words(cut(boldOnly(reply.caveat), shares.lead)), { type: ComponentType.Separator as const }]),
    words(`### ${title}\n${pages[page] ?? ''}`),
    ...(pages.length > 1 ? [words(`-# Page ${page + 1} of ${pages.length}`)] : []),
    words(`-# ${cut(escapeMarkdown(unbroken(shortSourceLine(reply.source))), shares.source)}`),
    { type: ComponentType.Separator },
    ...rows([
      [
        ...(page > 0
          ? [button('Previous page', { kind: 'page', page: page - 1, reference: reply.reference })]
          : []),
        ...(page + 1 < pages.length
          ? [button('Next page', { kind: 'page', page: page + 1, reference: reply.reference })]
          : []),
      ],
      ...(reply.kind === 'role' ? inRows(reply.topics.map(topic)) : [questions(reply.suggestions)]),
    ]),
    ...(reply.kind === 'role' ? [] : menu(reply.related)),
    ...rows([lastRow(reply, view)]),
  ]
}

/** What can be done with the answer itself; what somebody came for first. */
function lastRow(
  { reference, told }: Extract<Reply, { source: unknown }>,
  view: View,
): (APIButtonComponent | undefined)[] {
  const { replyTo, dismissableBy } = view
  return [
    ...(replyTo === undefined
      ? []
      : [button('Post as a reply', { kind: 'reply-to', message: replyTo }, ButtonStyle.Primary)]),
    // What a member told is nobody else's business.
    ...(view.isPrivate && replyTo === undefined && told === undefined
      ? [button('Share with everyone', { kind: 'share' })]
      : []),
    button('Helpful', { kind: 'helpful', reference }),
    button('Not helpful', { kind: 'not-helpful', reference }),
    ...(dismissableBy === undefined
      ? []
      : [button('Remove answer', { kind: 'dismiss', author: dismissableBy })]),
  ]
}

function questions(suggestions: readonly Suggestion[], style?: Style): (APIButtonComponent | undefined)[] {
  return suggestions.slice(0, limits.rowButtons).map(({ label, question }) => {
    const reference = refer({ kind: 'question', text: question })
    return button(label, { kind: 'open', page: 0, reference }, style)
  })
}

function topic({ label, reference }: Link): APIButtonComponent | undefined {
  return button(label, { kind: 'open', page: 0, reference })
}

function button(label: string, action: Action, style: Style = ButtonStyle.Secondary) {
  const custom_id = customId(action)
  if (custom_id === undefined) return undefined
  return { type: ComponentType.Button as const, style, custom_id, label: cut(label, limits.buttonLabel) }
}

function menu(related: readonly Link[]): APIComponentInContainer[] {
  const options = related
    .slice(0, limits.selectOptions)
    .filter(({ reference }) => reference.length <= limits.optionLabel)
    .map(({ label, reference }) => ({ label: cut(label, limits.optionLabel), value: reference }))
  if (options.length === 0) return []
  const select = {
    type: ComponentType.StringSelect as const,
    custom_id: customId({ kind: 'more' }) ?? '',
    placeholder: 'See also',
    options,
  }
  return [{ type: ComponentType.ActionRow, components: [select] }]
}

function rows(wanted: (APIButtonComponent | undefined)[][]): APIActionRowComponent<APIButtonComponent>[] {
  return wanted
    .map((buttons) => buttons.filter((one) => one !== undefined))
    .filter((buttons) => buttons.length > 0)
    .map((components) => ({ type: ComponentType.ActionRow, components }))
}

function inRows<T>(items: readonly T[]): T[][] {
  const found: T[][] = []
  for (let i = 0; i < items.length; i += limits.rowButtons) found.push(items.slice(i, i + limits.rowButtons))
  return found
}

function words(content: string): APIComponentInContainer {
  return { type: ComponentType.TextDisplay, content }
}

/** A date stays on one line. */
function unbroken(text: string): string {
  return text.replace(/reviewed (\d+) (\w+) (\d+)$/, 'reviewed\u00a0$1\u00a0$2\u00a0$3')
}
