import type { Complete } from './answer/complete.ts'
import { remarks } from './answer/phrases.ts'
import type { Habits } from './conversation/habits.ts'
import type { Profile, Profiles } from './conversation/profiles.ts'
import type { Personal } from './event.ts'
import type { AboutReply, Reply } from './reply.ts'

/** More jobs or levels than that are no menu any more. */
const mostChoices = 100

interface PersonalDeps {
  profiles: Profiles
  habits: Habits
  about(): AboutReply
  complete(): Complete
  /** Forgets what was talked about with a member, wherever it was. */
  forgetTalk(member: string, conversation: string): void
}

/** A member's own page, what they picked on it, and forgetting all of it. */
export function createPersonal({ profiles, habits, about, complete, forgetTalk }: PersonalDeps) {
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

  async function forget(member: string, conversation: string): Promise<Reply> {
    habits.forget(member)
    forgetTalk(member, conversation)
    try {
      await profiles.forget(member)
      return { kind: 'chat', text: remarks.forgotten, suggestions: about().suggestions }
    } catch {
      return { kind: 'chat', text: remarks.notForgotten, suggestions: [] }
    }
  }

  return {
    /** A database that is away keeps nobody waiting; who wanted to save something is told. */
    async handle(event: Personal): Promise<Reply> {
      const { member } = event
      if (event.kind === 'forget') return forget(member, event.conversation)
      const { profile: before } = await profiles.read(member)
      if (event.kind === 'home') return home(member, before)
      const { role = before?.role, level = before?.level } = event
      const profile = {
        role: role || undefined,
        level: level || undefined,
        progress: before?.progress ?? null,
      }
      const isKept = await profiles.write(member, profile)
      return isKept ? home(member, profile) : { kind: 'chat', text: remarks.notKept, suggestions: [] }
    },
  }
}
