import type { Section } from '../content/section.ts'
import { foreignLanguage } from '../query/language.ts'
import { readSmallTalk } from '../query/small-talk.ts'
import type { Understanding } from '../query/understand.ts'
import type { Reply } from '../reply.ts'
import { wordsOf } from '../search/text.ts'
import type { Compose } from './compose.ts'

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
    /** The question that "tell me more" stands for. */
    nextAfter({ words }: Understanding, shown: Section | undefined): string | undefined {
      if (shown === undefined || readSmallTalk(words) !== 'more') return undefined
      return compose.next(shown)[0]?.question
    },
  }
}
