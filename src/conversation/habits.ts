import { Recent } from '../recent.ts'
import type { Link } from '../reply.ts'

/** So many of a member's last answers are offered again. */
const mostRecent = 5
/** So many members and answers are remembered at once; whoever was silent for longest goes first. */
const mostMembers = 10_000
const mostAnswers = 2_000
/** What fewer people looked up may tell who it was. */
const fewestReaders = 3

/** Which answers are opened, by whom lately and by all together. In memory only, and never with what was asked. */
export interface Habits {
  note(member: string | undefined, answer: Link): void
  /** Newest first. */
  recent(member: string): Link[]
  /** Most used first; only what several people used. */
  popular(): Link[]
  forget(member: string): void
}

export function createHabits(): Habits {
  const members = new Recent<string, Link[]>(mostMembers)
  const answers = new Map<string, { link: Link; times: number; readers: Set<string> }>()
  return {
    note(member, answer) {
      const known = answers.get(answer.reference) ?? { link: answer, times: 0, readers: new Set<string>() }
      if (known.times > 0 || answers.size < mostAnswers) answers.set(answer.reference, known)
      known.times++
      if (member === undefined) return
      if (known.readers.size < fewestReaders) known.readers.add(member)
      const own = members.get(member) ?? []
      // One link for all who read it, and one list a member: thousands of them are kept.
      const before = own.findIndex(({ reference }) => reference === answer.reference)
      own.splice(before < 0 ? mostRecent - 1 : before, 1)
      own.unshift(known.link)
      members.set(member, own)
    },
    recent: (member) => [...(members.get(member) ?? [])],
    popular: () =>
      [...answers.values()]
        .filter(({ readers }) => readers.size >= fewestReaders)
        .sort((a, b) => b.times - a.times)
        .slice(0, mostRecent)
        .map(({ link }) => link),
    forget(member) {
      members.delete(member)
      for (const { readers } of answers.values()) readers.delete(member)
    },
  }
}
