import { RateLimiterMemory } from 'rate-limiter-flexible'
import type { Answered, Bot, Reply } from '../../src/index.ts'
import type { Clients } from './clients.ts'
import type { Asked } from './render.ts'
import type { Env } from './security.ts'

type Incoming = Env['Bindings']['incoming']

/** Opinions that one client may give in a minute. */
const mostOpinions = 20

interface Opinion {
  reference: string
  helpful: boolean
  reason?: string | undefined
}

/** What visitors of the page do, in the core's terms. */
export interface Visitors {
  ask(incoming: Incoming, asked: Asked): Promise<Answered>
  open(incoming: Incoming, reference: string): Promise<Reply>
  show(kind: 'about' | 'help'): Promise<Reply>
  /** @returns the seconds to wait when it was too much */
  judge(incoming: Incoming, opinion: Opinion): Promise<Reply | number>
}

/** A question carries with it what it leans on, so visitors need no conversation and no cookie. */
const noConversation = { conversation: 'web', platform: 'web' }

export function createVisitors(bot: Bot, clients: Clients): Visitors {
  const opinions = new RateLimiterMemory({ points: mostOpinions, duration: 60 })
  return {
    ask: (incoming, { q = '', role, level, after }) =>
      bot.ask({
        ...noConversation,
        kind: 'question',
        text: q,
        role: role || undefined,
        level: level || undefined,
        after: after || undefined,
        alone: true,
        member: clients.nameOf(incoming),
      }),
    open: (incoming, reference) =>
      bot.handle({ ...noConversation, kind: 'open', reference, member: clients.nameOf(incoming) }),
    show: (kind) => bot.handle({ ...noConversation, kind }),
    async judge(incoming, { reference, helpful, reason }) {
      try {
        await opinions.consume(clients.nameOf(incoming))
      } catch (error) {
        return Math.ceil((error as { msBeforeNext: number }).msBeforeNext / 1000)
      }
      // Who clicks twice changes their mind; it does not count twice.
      const click = clients.stampOf(incoming, reference)
      return bot.handle({
        kind: 'feedback',
        platform: 'web',
        reference,
        helpful,
        reason: reason || undefined,
        click,
      })
    },
  }
}
