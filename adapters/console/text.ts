import {
  assertNever,
  isAnswered,
  plainText,
  type Reply,
  type SourceNote,
  withoutBold,
} from '../../src/index.ts'

/** The plain text of title and body as a member would read it, without suggestions. */
export function replyText(reply: Reply): string {
  switch (reply.kind) {
    case 'answer':
    case 'comparison':
      return `${reply.title}\n\n${plainText(reply.body)}`
    case 'clarify':
    case 'no-match':
    case 'help':
    case 'chat':
      return withoutBold(reply.text)
    default:
      return assertNever(reply)
  }
}

/** "Source: Skills of a data engineer, ETL tools (from “…”) · reviewed 20 Nov 2026" */
export function sourceLine(source: SourceNote): string {
  const reviewed = source.reviewed === undefined ? '' : ` · reviewed ${readableDate(source.reviewed)}`
  const [first, second, ...more] = source.sources.map((title) => `“${title}”`)
  const named = [first, second].filter(Boolean).join(', ')
  const from = named === '' ? '' : ` · from ${named}${more.length === 0 ? '' : ` and ${more.length} more`}`
  const place =
    source.document === source.section.title
      ? source.document
      : `${source.document} › ${source.section.title}`
  return `Source: ${place}${from}${reviewed}`
}

const dateFormat = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
})

function readableDate(iso: string): string {
  const date = new Date(`${iso}T00:00:00Z`)
  return Number.isNaN(date.getTime()) ? iso : dateFormat.format(date)
}

/** The whole reply for people, without colours: what `ask` and a pipe show. */
export function wholeText(reply: Reply): string {
  const parts: string[] = []
  if (isAnswered(reply) && reply.caveat !== undefined) parts.push(withoutBold(reply.caveat))
  parts.push(replyText(reply))
  if (isAnswered(reply)) parts.push(sourceLine(reply.source))
  // Other replies end with words that lead to the questions.
  const heading = isAnswered(reply) ? ['You could ask next:'] : []
  if (reply.suggestions.length > 0)
    parts.push([...heading, ...reply.suggestions.map((question, i) => `  ${i + 1}. ${question}`)].join('\n'))
  return `${parts.join('\n\n')}\n`
}
