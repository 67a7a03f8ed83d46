import { withoutBold } from '../answer/phrases.ts'
import type { Answered } from '../bot.ts'
import { isAnswered } from '../reply.ts'
import { replyText } from './reply-text.ts'

/**
 * An answer for programs: what the command line's `--json` and the web API give.
 *
 * @param elapsedMs milliseconds, kept to a thousandth
 */
export function answerJson(question: string, { reply, sections }: Answered, elapsedMs: number) {
  return {
    question,
    kind: reply.kind,
    answered: isAnswered(reply),
    text: replyText(reply),
    caveat: isAnswered(reply) && reply.caveat !== undefined ? withoutBold(reply.caveat) : null,
    sections,
    suggestions: reply.suggestions.map(({ question }) => question),
    elapsedMs: Math.round(elapsedMs * 1000) / 1000,
    ...(isAnswered(reply) ? { source: reply.source } : {}),
  }
}
