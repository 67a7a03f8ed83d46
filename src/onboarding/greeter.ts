import { tour } from '../answer/phrases.ts'
import type { Engine } from '../engine.ts'
import type { Joined } from '../event.ts'
import { Recent } from '../recent.ts'
import type { Reply } from '../reply.ts'

/** True for the first process that claims to greet a member in a community. Rejects when the database is away. */
export type Greet = (member: string, community: string) => Promise<boolean>

/** So many greetings are remembered while the database is away. */
const mostRemembered = 20_000
/** So many claims are made at once, so that a wave of newcomers leaves the database room for others. */
const claimsAtOnce = 20

/** Picks who of those who came was not greeted before. */
export function createGreeter(engine: () => Engine, claim: Greet | undefined) {
  const greeted = new Recent<string, true>(mostRemembered)

  async function isNew(member: string, community: string): Promise<boolean> {
    const key = `${community} ${member}`
    if (greeted.has(key)) return false
    // Two events of one member may come at the same time.
    greeted.set(key, true)
    // Without the database somebody may be greeted twice, which is better than not at all.
    return claim === undefined || (await claim(member, community).catch(() => true))
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
    /** Lets go of a member in every community. */
    forget(member: string): void {
      for (const key of greeted.keys()) if (key.endsWith(` ${member}`)) greeted.delete(key)
    },
  }
}
