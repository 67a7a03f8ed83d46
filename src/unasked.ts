import type { Answer, Engine } from './engine.ts'
import { lastQuestion } from './query/normalise.ts'
import { asksSomething, readSmallTalk, readWorry } from './query/small-talk.ts'
import { Recent } from './recent.ts'
import { isAnswered } from './reply.ts'
import { wordsOf } from './search/text.ts'

/** Below this, nobody who did not ask is answered, 0 to 1. */
const certainEnough = 0.75

/** In one place the same section is not shown again unasked for so long. Milliseconds. */
const repeatAfter = 10 * 60 * 1000
/** So many shown sections are remembered. */
const mostShown = 5_000

/** What begins a post that asks nothing of a bot: it is settled, or somebody looks for people rather than knowledge. */
const notice =
  /^\W{0,5}(?:solved|closed|resolved|answered|hiring|we(?: a|')re hiring|now hiring|for hire|job offer|vacancy|announcement|showcase|poll|survey|meta|off ?topic|event|webinar)\b/i

/**
 * Finds what to say to a post or message that was not meant for the bot: only a clear question gets an answer, and only
 * one that is certain.
 *
 * @param now the time in milliseconds
 */
export function createUnasked(engine: () => Engine, now: () => number) {
  const shown = new Recent<string, number>(mostShown)

  function isRepeated(place: string | undefined, section: string): boolean {
    const key = `${place}\n${section}`
    const before = shown.get(key)
    if (before !== undefined && now() - before < repeatAfter) return true
    shown.set(key, now())
    return false
  }

  /** @returns undefined: silence is better */
  return (text: string, place: string | undefined): Answer | undefined => {
    // Somebody who is afraid is for people to answer, whatever else the post asks.
    const words = wordsOf(text)
    if (notice.test(text) || readSmallTalk(words) !== undefined || readWorry(words, text) !== undefined)
      return undefined
    for (const part of questionsIn(text)) {
      const found = engine().answer(part)
      const { reply, certainty, onSubject } = found
      const isWhole = isAnswered(reply) && reply.caveat === undefined
      // "My pipeline is broken" may be about anybody's pipeline.
      if (!isWhole || !onSubject || certainty < certainEnough) continue
      return isRepeated(place, reply.reference) ? undefined : found
    }
    return undefined
  }
}

/** A post has a title and a text; whichever asks, and the sentence that does. */
function questionsIn(text: string): Set<string> {
  const [title = '', ...lines] = text.split('\n')
  const rest = lines.join('\n')
  return new Set([title, lastQuestion(rest) ?? rest, text].filter((part) => asksSomething(part)))
}
