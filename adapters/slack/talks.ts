import { createHmac } from 'node:crypto'
import { type Communities, Recent } from '../../src/index.ts'
import { soon } from './patience.ts'

/** As long as the core remembers a conversation. Milliseconds. */
const talkFor = 15 * 60 * 1000
/** As many as the core remembers. */
const mostTalks = 10_000

/** A time in milliseconds that is known to lie between two others. */
type Span = readonly [from: number, to: number]

/** Which of the processes that share a database answered last in a talk. */
export interface Talks {
  /** This one does; nobody waits for the database. */
  answered(conversation: string): void
  /** @returns undefined: none of them for a while, or it cannot be looked up */
  lastBy(conversation: string): Promise<'us' | 'another' | undefined>
}

/**
 * Whoever answers holds the talk, until a time that tells the holders apart. Nothing else of it is kept, and that only
 * as long as the talk lasts.
 *
 * @param secret the same in all processes: who talks where is kept as a keyed hash
 * @param now the time in milliseconds
 */
export function createTalks(claims: Communities, secret: string, now: () => number): Talks {
  const ours = new Recent<string, Promise<Span | undefined>>(mostTalks)
  const idOf = (conversation: string): string =>
    `slack:talk:${createHmac('sha256', secret).update(conversation).digest('base64url')}`

  async function hold(id: string): Promise<Span | undefined> {
    if (!(await claims.claim(id, talkFor))) await claims.hold(id, talkFor)
    // Writing may take long, and a wide span would hold the answers of others, too.
    return soon(heldUntil(id))
  }

  async function heldUntil(id: string): Promise<Span | undefined> {
    const from = now()
    const time = await claims.heldFor(id)
    return time === 0 ? undefined : [from + time, now() + time]
  }

  return {
    answered(conversation) {
      const id = idOf(conversation)
      ours.set(
        id,
        hold(id).catch(() => undefined),
      )
    },
    async lastBy(conversation) {
      const id = idOf(conversation)
      const own = ours.get(id)
      try {
        const known = await soon(Promise.resolve(own))
        const held = await soon(heldUntil(id))
        // The database was away when this process answered.
        if (held === undefined || (own !== undefined && known === undefined)) return undefined
        return known !== undefined && held[0] <= known[1] && known[0] <= held[1] ? 'us' : 'another'
      } catch {
        return undefined
      }
    },
  }
}
