import { Recent } from '../recent.ts'
import type { Talk } from './focus.ts'

/** After this time a conversation has begun anew. Milliseconds. */
const forgetAfter = 15 * 60 * 1000
/** So many conversations are remembered at once; the ones silent for longest go first. About 1 kB each. */
const mostConversations = 10_000

/** What each conversation was about last, for a while. */
export interface Memory {
  recall(conversation: string): Talk | undefined
  remember(conversation: string, talk: Talk | undefined, member?: string | undefined): void
  /** Forgets every conversation with a member. */
  forget(member: string): void
}

/** @param now the time in milliseconds */
export function createMemory(now: () => number): Memory {
  const talks = new Recent<string, { talk: Talk; at: number; member: string | undefined }>(mostConversations)
  return {
    recall(conversation) {
      const known = talks.get(conversation)
      if (known === undefined) return undefined
      if (now() - known.at <= forgetAfter) return known.talk
      talks.delete(conversation)
      return undefined
    },
    remember(conversation, talk, member) {
      if (talk === undefined) talks.delete(conversation)
      else talks.set(conversation, { talk, at: now(), member })
    },
    forget(member) {
      for (const [conversation, known] of talks) if (known.member === member) talks.delete(conversation)
    },
  }
}
