import { randomBytes } from 'node:crypto'
import { SlackError } from './core.ts'
import { LIFETIMES, RESPONSE_URL_USES } from './limits.ts'
import type { PeerChannel, PeerTeam, PeerUser } from './world.ts'

/** Who may open a view, for how long. */
export interface Trigger {
  team: PeerTeam
  user: PeerUser
}

/** Where an answer to an interaction goes. */
export interface ResponseTarget {
  team: PeerTeam
  channel: PeerChannel
  user: PeerUser
  /** Time stamp of the message that the interaction came from. */
  messageTs?: string
}

/** An install that a member has agreed to. */
export interface Grant {
  team: PeerTeam
  user: PeerUser
  scopes: readonly string[]
  redirectUri?: string
}

/** What the peer hands out for a limited time or number of uses. */
export interface Tickets {
  trigger(trigger: Trigger): string
  /** Uses a trigger up, or throws as Slack refuses. */
  exchangeTrigger(id: string): Trigger
  /** An id for the path of a `response_url`. */
  response(target: ResponseTarget): string
  useResponse(id: string): ResponseTarget
  grant(grant: Grant): string
  exchangeGrant(code: string): Grant
  /** For one WebSocket connection. */
  socket(): string
  useSocket(ticket: string): boolean
}

interface Entry<Value> {
  value: Value
  madeAt: number
  uses: number
}

const createRegistry = <Value>(now: () => number) => {
  const entries = new Map<string, Entry<Value>>()
  return {
    make: (value: Value): string => {
      const id = randomBytes(12).toString('hex')
      entries.set(id, { value, madeAt: now(), uses: 0 })
      return id
    },
    use: (id: string): (Entry<Value> & { age: number }) | undefined => {
      const entry = entries.get(id)
      if (!entry) return undefined
      entry.uses += 1
      return { ...entry, age: now() - entry.madeAt }
    },
  }
}

/** Makes the registry. `now` counts milliseconds. */
export const createTickets = (now: () => number): Tickets => {
  const triggers = createRegistry<Trigger>(now)
  const responses = createRegistry<ResponseTarget>(now)
  const grants = createRegistry<Grant>(now)
  const sockets = createRegistry<true>(now)
  return {
    trigger: triggers.make,
    exchangeTrigger: (id) => {
      const found = triggers.use(id)
      if (!found) throw new SlackError('invalid_trigger_id')
      if (found.age > LIFETIMES.trigger) throw new SlackError('expired_trigger_id')
      if (found.uses > 1) throw new SlackError('exchanged_trigger_id')
      return found.value
    },
    response: responses.make,
    useResponse: (id) => {
      const found = responses.use(id)
      if (!found || found.age > LIFETIMES.responseUrl) throw new SlackError('expired_url')
      if (found.uses > RESPONSE_URL_USES) throw new SlackError('used_url')
      return found.value
    },
    grant: grants.make,
    exchangeGrant: (code) => {
      const found = grants.use(code)
      if (!found) throw new SlackError('invalid_code')
      if (found.uses > 1) throw new SlackError('code_already_used')
      return found.value
    },
    socket: () => sockets.make(true),
    useSocket: (ticket) => sockets.use(ticket)?.uses === 1,
  }
}
