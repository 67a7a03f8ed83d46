import { Recent } from '../recent.ts'
import type { Link } from '../reply.ts'

/** So many of a member's last answers are offered again. */
const mostRecent = 5
/** So many members and answers are remembered at once; whoever was silent for longest goes first. */
const mostMembers = 10_000
const mostAnswers = 2_000

/** Which answers are opened, by whom lately and by all together. In memory only, and never with what was asked. */
export interface Habits {
  note(member: string | undefined, answer: Link): void
  /** Newest first. */
  recent(member: string): Link[]
  /** Most used first. */
  popular(): Link[]
  forget(member: string): void
}

export function createHabits(): Habits {
  const members = new Recent<string, Link[]>(mostMembers)
  const answers = new Map<string, { link: Link; times: number }>()
  return {
    note(member, answer) {
      const known = answers.get(answer.reference)
      if (known !== undefined) known.times++
      else if (answers.size < mostAnswers) answers.set(answer.reference, { link: answer, times: 1 })
      if (member === undefined) return
      const others = (members.get(member) ?? []).filter(({ reference }) => reference !== answer.reference)
      members.set(member, [answer, ...others].slice(0, mostRecent))
    },
    recent: (member) => members.get(member) ?? [],
    popular: () =>
      [...answers.values()]
        .sort((a, b) => b.times - a.times)
        .slice(0, mostRecent)
        .map(({ link }) => link),
    forget: (member) => void members.delete(member),
  }
}
