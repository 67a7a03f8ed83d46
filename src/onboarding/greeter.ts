import { tour } from '../answer/phrases.ts'
import type { Engine } from '../engine.ts'
import type { Joined, Missed } from '../event.ts'
import { Recent } from '../recent.ts'
import type { Reply } from '../reply.ts'

/** Who greets whom, over all processes. Both reject when the database is away. */
export interface Greetings {
  /** True for the first process that claims to greet a member in a community. */
  claim(member: string, community: string): Promise<boolean>
  /** Somebody else may claim it again. */
  release(member: string, community: string): Promise<void>
}

/** So many greetings are remembered while the database is away. */
const mostRemembered = 20_000
/** So many claims are made at once, so that a wave of newcomers leaves the database room for others. */
const claimsAtOnce = 20

/** Picks who of those who came was not greeted before. */
export function createGreeter(engine: () => Engine, greetings: Greetings | undefined) {
  const greeted = new Recent<string, true>(mostRemembered)

  async function isNew(member: string, community: string): Promise<boolean> {
    const key = `${community} ${member}`
    if (greeted.has(key)) return false
    // Two events of one member may come at the same time.
    greeted.set(key, true)
    // Without the database somebody may be greeted twice, which is better than not at all.
    return greetings === undefined || (await greetings.claim(member, community).catch(() => true))
  }

  return {
    async greet({ community, members }: Joined): Promise<Reply> {
      const { onboarding, vocabulary } = engine().content
      const fresh: string[] = []
      for (let i = 0; i < members.length; i += claimsAtOnce) {
        const some = members.slice(i, i + claimsAtOnce)
        const isFresh = await Promise.all(some.map((member) => isNew(member, community)))
        fresh.push(...some.filter((_, i) => isFresh[i]))
      }
      if (onboarding === undefined || fresh.length === 0) return { kind: 'silent', suggestions: [] }
      return {
        kind: 'greeting',
        title: onboarding.welcome.title,
        text: tour.greeting(vocabulary.subject.subject),
        start: tour.begin,
        members: fresh,
        suggestions: [],
      }
    },
    /** Those who could not be reached were not greeted. */
    async miss({ community, members }: Missed): Promise<Reply> {
      for (let i = 0; i < members.length; i += claimsAtOnce) {
        const some = members.slice(i, i + claimsAtOnce)
        for (const member of some) greeted.delete(`${community} ${member}`)
        // Without the database nobody can be let go there; the claim is over some day.
        await Promise.allSettled(some.map((member) => greetings?.release(member, community)))
      }
      return { kind: 'silent', suggestions: [] }
    },
    /** Lets go of a member in every community. */
    forget(member: string): void {
      for (const key of greeted.keys()) if (key.endsWith(` ${member}`)) greeted.delete(key)
    },
  }
}
