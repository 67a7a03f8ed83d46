import { performance } from 'node:perf_hooks'
import type { APIMessage, APIUser, InteractionType } from 'discord.js'
import type { ChannelState } from './payloads.ts'
import type { Json } from './problem.ts'
import type { ReceivedCallback, UnansweredInteraction } from './types.ts'
import type { World } from './world.ts'

/** What happens when an interaction starts. */
export interface InteractionSetup {
  type: InteractionType
  /** The command's name or the component's custom id. */
  name: string
  user: APIUser
  channel: ChannelState
  guildId: string | undefined
  userInstall: boolean
  owners: Json
  /** The message that the component stands in, or stood in before the modal. */
  source?: APIMessage | undefined
  /** The `interaction_metadata` of the interaction that showed the modal. */
  trigger?: Json | undefined
}

/** An interaction from its dispatch until its token dies. */
export interface InteractionState extends InteractionSetup {
  readonly id: string
  readonly token: string
  readonly sentAt: number
  status: 'open' | 'answered' | 'expired'
  /** The message behind `@original`, once there is one. */
  originalId?: string
  followUps: number
}

/** A modal on a member's screen. */
export interface ShownModal {
  data: Json
  state: InteractionState
}

/** All interactions that are under way. */
export interface InteractionRegistry {
  open(setup: InteractionSetup): { state: InteractionState; callback: Promise<ReceivedCallback> }
  /** Undefined for an unknown id, a wrong token, and one that waited too long. */
  waiting(id: string, token: string): InteractionState | undefined
  /** The interaction of a webhook token that is still alive. */
  byToken(token: string): InteractionState | undefined
  answered(state: InteractionState, callback: Omit<ReceivedCallback, 'sentAt' | 'interaction'>): void
  showModal(state: InteractionState, data: Json): void
  /** The modal that a member has open, which closes by this. */
  takeModal(userId: string, customId: string): ShownModal | undefined
  unanswered(): UnansweredInteraction[]
  clear(): void
  close(): void
}

interface Settlement {
  resolve: (callback: ReceivedCallback) => void
  reject: (reason: Error) => void
  timer: NodeJS.Timeout
}

/** The time is looked at so often: while the peer itself is busy, no callback is late. */
const looks = 30

/** Makes the registry; times in milliseconds. */
export const createInteractionRegistry = (
  world: World,
  callbackTimeout: number,
  tokenLifetime: number,
): InteractionRegistry => {
  const byId = new Map<string, InteractionState>()
  const byToken = new Map<string, InteractionState>()
  const settlements = new Map<string, Settlement>()
  const modals = new Map<string, ShownModal>()
  let expired: UnansweredInteraction[] = []

  const expire = (state: InteractionState, reason: string): void => {
    const settlement = settlements.get(state.id)
    settlements.delete(state.id)
    state.status = 'expired'
    expired.push({ id: state.id, name: state.name, sentAt: state.sentAt })
    settlement?.reject(new Error(`interaction "${state.name}" got no callback: ${reason}`))
  }

  // Tokens die in the order in which they were made, so the dead ones stand in front.
  const sweep = (now: number): void => {
    for (const state of byId.values()) {
      if (now - state.sentAt <= tokenLifetime || state.status === 'open') return
      byId.delete(state.id)
      byToken.delete(state.token)
    }
  }

  const wait = (state: InteractionState): Promise<ReceivedCallback> => {
    const callback = new Promise<ReceivedCallback>((resolve, reject) => {
      let looked = 0
      const timer = setInterval(() => {
        looked++
        if (looked < looks) return
        clearInterval(timer)
        expire(state, `${callbackTimeout} ms passed`)
      }, callbackTimeout / looks)
      settlements.set(state.id, { resolve, reject, timer })
    })
    // A caller may leave the promise alone and look at unanswered() instead.
    callback.catch(() => undefined)
    return callback
  }

  return {
    open: (setup) => {
      const id = world.nextId()
      const token = Buffer.from(`interaction:${id}:${Math.random()}`).toString('base64url')
      const sentAt = performance.now()
      const state: InteractionState = { ...setup, id, token, sentAt, status: 'open', followUps: 0 }
      sweep(sentAt)
      byId.set(id, state)
      byToken.set(token, state)
      return { state, callback: wait(state) }
    },
    waiting: (id, token) => {
      const state = byId.get(id)
      return state?.token === token && state.status !== 'expired' ? state : undefined
    },
    byToken: (token) => {
      const state = byToken.get(token)
      return state && performance.now() - state.sentAt <= tokenLifetime ? state : undefined
    },
    answered: (state, callback) => {
      const settlement = settlements.get(state.id)
      settlements.delete(state.id)
      clearInterval(settlement?.timer)
      state.status = 'answered'
      const { id, token, sentAt } = state
      settlement?.resolve({ ...callback, sentAt, interaction: { id, token } })
    },
    showModal: (state, data) => {
      modals.set(`${state.user.id} ${String(data.custom_id)}`, { data, state })
    },
    takeModal: (userId, customId) => {
      const key = `${userId} ${customId}`
      const shown = modals.get(key)
      modals.delete(key)
      return shown
    },
    unanswered: () => [...expired],
    clear: () => {
      expired = []
    },
    close: () => {
      for (const [id, { timer }] of [...settlements]) {
        clearInterval(timer)
        const state = byId.get(id)
        if (state) expire(state, 'the peer was closed')
      }
    },
  }
}
