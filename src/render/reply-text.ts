import { withoutBold } from '../answer/phrases.ts'
import { assertNever, type Reply, type SourceNote, type StepReply } from '../reply.ts'
import { plainText } from './plain-text.ts'

/** The same sections are shown again and again. */
const texts = new WeakMap<Body, string>()
type Body = Parameters<typeof plainText>[0]

function textOf(body: Body): string {
  const known = texts.get(body) ?? plainText(body)
  texts.set(body, known)
  return known
}

/** The plain text of title and body as a member would read it, without suggestions. */
export function replyText(reply: Reply): string {
  switch (reply.kind) {
    case 'answer':
    case 'role':
    case 'comparison':
    case 'about':
    case 'home':
      return `${reply.title}\n\n${textOf(reply.body)}`
    case 'clarify':
    case 'no-match':
    case 'help':
    case 'chat':
    case 'limited':
      return withoutBold(reply.text)
    case 'step':
      return stepText(reply)
    case 'greeting':
      return `${reply.title}\n\n${withoutBold(reply.text)}`
    case 'silent':
      return ''
    default:
      return assertNever(reply)
  }
}

function stepText({ title, notes, parts }: StepReply): string {
  const texts = parts.flatMap(({ title, caveat, body, source }) => [
    ...(title === undefined ? [] : [title]),
    ...(caveat === undefined ? [] : [withoutBold(caveat)]),
    plainText(body),
    ...(source === undefined ? [] : [sourceLine(source)]),
  ])
  return [...notes.map(withoutBold), title, ...texts].filter(Boolean).join('\n\n')
}

/** "Source: Salary of AI engineers › Pay at entry level · from “…”, “…” and 1 more · reviewed 20 Nov 2026" */
export function sourceLine(source: SourceNote): string {
  // "Skills of a data engineer, an overview" says where it stands.
  const place = source.section.title.startsWith(source.document)
    ? source.section.title
    : `${source.document} › ${source.section.title}`
  return line(place, source, 2)
}

/** The same for where the section's title stands just above it, and room is short. */
export function shortSourceLine(source: SourceNote): string {
  return line(source.document, source, 1)
}

function line(place: string, { sources, reviewed }: SourceNote, most: number): string {
  const named = sources.slice(0, most).map((title) => `“${title}”`)
  const more = sources.length > most ? ` and ${sources.length - most} more` : ''
  const from = named.length === 0 ? '' : ` · from ${named.join(', ')}${more}`
  const date = reviewed === undefined ? '' : ` · reviewed ${readableDate(reviewed)}`
  return `Source: ${place}${from}${date}`
}

// Intl would bring 5 MiB of data about all languages into memory.
const months = 'Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec'.split(' ')

/** "20 Nov 2026" */
export function readableDate(iso: string): string {
  const date = new Date(`${iso}T00:00:00Z`)
  return Number.isNaN(date.getTime())
    ? iso
    : `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`
}
