import type { Section } from '../content/section.ts'
import { foreignLanguage } from '../query/language.ts'
import { introducesSelf, readSmallTalk, readWorry } from '../query/small-talk.ts'
import type { Understanding } from '../query/understand.ts'
import type { Reply } from '../reply.ts'
import { wordsOf } from '../search/text.ts'
import type { Compose } from './compose.ts'
import type { Decision } from './decision.ts'

interface Chat {
  reply: Reply
  reason: string
  /** True: another section shown before would have made another reply of it. */
  leans: boolean
}

/** What is said to something that is no question about the subject. */
export function createChat(compose: Compose, hasSubject: boolean) {
  return {
    /** @param shown the section that was shown last */
    chatOf(asked: Understanding, text: string, shown: Section | undefined): Chat | undefined {
      if (asked.words.length === 0)
        return { reply: compose.empty(), reason: 'there are no words', leans: false }
      const small = readSmallTalk(asked.words)
      if (small !== undefined) {
        const reply = compose.smallTalk(small, shown)
        return { reply, reason: `small talk: ${small}`, leans: small === 'more' || small === 'reason' }
      }
      const language = hasSubject ? foreignLanguage(wordsOf(text)) : undefined
      if (language === undefined) return undefined
      return { reply: compose.foreign(language, asked.roles[0]), reason: `it is ${language}`, leans: false }
    },
    /** What is said instead to whoever is worried, or tells only about themselves. */
    asideOf(words: readonly string[], text: string, decision: Decision): Omit<Chat, 'leans'> | undefined {
      const worry = readWorry(words, text)
      if (worry !== undefined && !(worry.asks && isCertain(decision)))
        return { reply: compose.worry(decision), reason: 'somebody is worried' }
      if (decision.kind !== 'no-match' || !introducesSelf(words, text)) return undefined
      return { reply: compose.introduction(), reason: 'somebody tells about themselves' }
    },
    /** The question that "tell me more" stands for. */
    nextAfter({ words }: Understanding, shown: Section | undefined): string | undefined {
      if (shown === undefined || readSmallTalk(words) !== 'more') return undefined
      return compose.next(shown)[0]?.question
    },
  }
}

/** Below this, somebody who is worried is comforted rather than answered, and a last sentence is not all that was asked. 0 to 1. */
export const certainEnough = 0.75

function isCertain(decision: Decision): boolean {
  return decision.kind === 'comparison' || (decision.kind === 'answer' && decision.sureness >= certainEnough)
}
