import { isAnswered, type Reply, replyText, sourceLine, withoutBold } from '../../src/index.ts'

/** What a number picks: a next question, or a way on in the welcome tour. */
export type Offer = { label: string } & ({ question: string } | { choice: string })

/** In the order of their numbers. */
export function offersOf(reply: Reply): Offer[] {
  const questions = reply.suggestions.map(({ question }) => ({ label: question, question }))
  return reply.kind === 'step' ? [...reply.choices, ...reply.moves, ...questions] : questions
}

/** The whole reply for people, without colours: what `ask` and a pipe show. */
export function wholeText(reply: Reply): string {
  const parts: string[] = []
  if (isAnswered(reply) && reply.told !== undefined) parts.push(reply.told)
  if (isAnswered(reply) && reply.caveat !== undefined) parts.push(withoutBold(reply.caveat))
  parts.push(replyText(reply))
  if (isAnswered(reply)) parts.push(sourceLine(reply.source))
  // Other replies end with words that lead to the questions.
  const heading = isAnswered(reply) ? ['You could ask next:'] : []
  const offered = offersOf(reply).map(({ label }, i) => `  ${i + 1}. ${label}`)
  if (offered.length > 0) parts.push([...heading, ...offered].join('\n'))
  return `${parts.join('\n\n')}\n`
}
