import { isAnswered, type Reply, replyText, sourceLine, withoutBold } from '../../src/index.ts'

/** The whole reply for people, without colours: what `ask` and a pipe show. */
export function wholeText(reply: Reply): string {
  const parts: string[] = []
  if (isAnswered(reply) && reply.caveat !== undefined) parts.push(withoutBold(reply.caveat))
  parts.push(replyText(reply))
  if (isAnswered(reply)) parts.push(sourceLine(reply.source))
  // Other replies end with words that lead to the questions.
  const heading = isAnswered(reply) ? ['You could ask next:'] : []
  if (reply.suggestions.length > 0)
    parts.push(
      [...heading, ...reply.suggestions.map(({ question }, i) => `  ${i + 1}. ${question}`)].join('\n'),
    )
  return `${parts.join('\n\n')}\n`
}
