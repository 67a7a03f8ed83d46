import type { Complete } from './answer/complete.ts'
import { remarks } from './answer/phrases.ts'
import type { Habits } from './conversation/habits.ts'
import type { Personal } from './event.ts'
import type { AboutReply, Reply } from './reply.ts'
import type { Members } from './store/store.ts'

type Profile = Parameters<Members['set']>[1]

/** More jobs or levels than that are no menu any more. */
const mostChoices = 100

/** Longer nobody waits for the database. Milliseconds. */
const patience = 1_000

interface PersonalDeps {
  members: Members
  habits: Habits
  about(): AboutReply
  complete(): Complete
  /** Forgets what was talked about in a conversation. */
  forgetTalk(conversation: string): void
}

/** A member's own page, what they picked on it, and forgetting all of it. */
export function createPersonal({ members, habits, about, complete, forgetTalk }: PersonalDeps) {
  function home(member: string, profile: Profile | undefined): Reply {
    return {
      ...about(),
      kind: 'home',
      roles: complete().roles('', mostChoices),
      levels: complete().levels('', mostChoices),
      profile: { role: profile?.role, level: profile?.level },
      recent: habits.recent(member),
      popular: habits.popular(),
    }
  }

  async function change(event: Personal): Promise<Reply> {
    const { member } = event
    if (event.kind === 'forget') {
      habits.forget(member)
      forgetTalk(event.conversation)
      await soon(members.forget(member))
      return { kind: 'chat', text: remarks.forgotten, suggestions: about().suggestions }
    }
    const before = await soon(members.get(member))
    if (event.kind === 'home') return home(member, before)
    const { role = before?.role, level = before?.level } = event
    const profile = { role: role || undefined, level: level || undefined, progress: before?.progress ?? null }
    await soon(members.set(member, profile))
    return home(member, profile)
  }

  return {
    /** A database that is away keeps nobody waiting; who wanted to save something is told. */
    async handle(event: Personal): Promise<Reply> {
      try {
        return await change(event)
      } catch {
        if (event.kind === 'home') return home(event.member, undefined)
        return { kind: 'chat', text: remarks.notKept, suggestions: [] }
      }
    },
  }
}

async function soon<T>(value: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the database is late')), patience)
  })
  try {
    return await Promise.race([value, late])
  } finally {
    clearTimeout(timer)
  }
}
