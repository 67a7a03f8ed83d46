import type { Json } from './problem.ts'
import { jsonList, text } from './problem.ts'
import type { PeerChannel, PeerTeam } from './world.ts'

/** A message as it stands in a channel. */
export interface PeerMessage extends Json {
  type: 'message'
  ts: string
  team: string
  channel: string
  text: string
  blocks: Json[]
  user: string
  /** Set on what the bot has written. */
  bot_id?: string
  thread_ts?: string
  /** Id of the only user who sees it. */
  ephemeral_to?: string
  /** The Web API method, `response_url` or `ack` that made it; `member` for a person's. */
  source: string
}

/** What a new message is made of. */
export interface Draft {
  team: PeerTeam
  channel: PeerChannel
  body: Json
  source: string
  /** Who wrote it; the bot when unset. */
  user?: string
  threadTs?: string
  ephemeralTo?: string
}

/** The messages of all channels. */
export interface MessageStore {
  create(draft: Draft): PeerMessage
  edit(message: PeerMessage, body: Json): PeerMessage
  remove(message: PeerMessage): void
  find(channel: string, ts: string): PeerMessage | undefined
  /** Oldest first. */
  list(channel: string): PeerMessage[]
  waitFor(predicate: (message: PeerMessage) => boolean, ms: number): Promise<PeerMessage>
  close(): void
}

interface Waiter {
  predicate: (message: PeerMessage) => boolean
  resolve: (message: PeerMessage) => void
  reject: (error: Error) => void
  timer: NodeJS.Timeout
}

const INTERACTIVE = /button|select|picker|input|overflow|checkboxes|buttons$/

let serial = 0
const named = (prefix: string): string => {
  serial += 1
  return `${prefix}${serial.toString(36)}`
}

const withActionId = (element: Json): Json =>
  INTERACTIVE.test(text(element.type)) ? { ...element, action_id: element.action_id ?? named('a') } : element

/** The blocks with the ids that Slack gives where an app gave none. */
export const withIds = (blocks: unknown): Json[] =>
  jsonList(blocks).map((block) => ({
    ...block,
    block_id: block.block_id ?? named('b'),
    ...(Array.isArray(block.elements) ? { elements: jsonList(block.elements).map(withActionId) } : {}),
    ...(block.accessory ? { accessory: withActionId(block.accessory as Json) } : {}),
    ...(block.element ? { element: withActionId(block.element as Json) } : {}),
  }))

const createClock = () => {
  let last = 0
  /** A time stamp later than all before: seconds, then microseconds that tell messages apart. */
  return (): string => {
    last = Math.max(last + 1, Date.now() * 1000)
    return `${Math.floor(last / 1e6)}.${String(last % 1e6).padStart(6, '0')}`
  }
}

const createWaiters = () => {
  const waiters = new Set<Waiter>()
  const end = (waiter: Waiter): void => {
    clearTimeout(waiter.timer)
    waiters.delete(waiter)
  }
  return {
    tell: (message: PeerMessage): void => {
      for (const waiter of [...waiters]) {
        if (!waiter.predicate(message)) continue
        end(waiter)
        waiter.resolve(message)
      }
    },
    wait: (predicate: Waiter['predicate'], ms: number): Promise<PeerMessage> =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          end(waiter)
          reject(new Error(`no such message of the bot within ${ms} ms`))
        }, ms)
        const waiter: Waiter = { predicate, resolve, reject, timer }
        waiters.add(waiter)
      }),
    close: (): void => {
      for (const waiter of [...waiters]) {
        end(waiter)
        waiter.reject(new Error('the peer was closed'))
      }
    },
  }
}

const build = (draft: Draft, ts: string, appId: string): PeerMessage => {
  const { team, channel, body, source, user, threadTs, ephemeralTo } = draft
  return {
    type: 'message',
    ts,
    team: team.id,
    channel: channel.id,
    text: text(body.text) || text(body.markdown_text),
    blocks: withIds(body.blocks),
    user: user ?? team.botUserId,
    ...(user === undefined ? { bot_id: team.botId, app_id: appId } : {}),
    ...(body.attachments === undefined ? {} : { attachments: body.attachments }),
    ...(body.metadata === undefined ? {} : { metadata: body.metadata }),
    ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
    ...(ephemeralTo === undefined ? {} : { ephemeral_to: ephemeralTo }),
    source,
  }
}

/** Makes an empty store. */
export const createMessageStore = (appId: string): MessageStore => {
  const byKey = new Map<string, PeerMessage>()
  const waiters = createWaiters()
  const nextTs = createClock()
  const keep = (message: PeerMessage): PeerMessage => {
    const key = `${message.channel}:${message.ts}`
    byKey.delete(key)
    byKey.set(key, message)
    if (message.bot_id !== undefined) waiters.tell(message)
    return message
  }
  return {
    create: (draft) => keep(build(draft, nextTs(), appId)),
    edit: (message, body) =>
      keep({
        ...message,
        text: text(body.text) || text(body.markdown_text),
        blocks: withIds(body.blocks),
        edited: { user: message.user, ts: nextTs() },
      }),
    remove: (message) => {
      byKey.delete(`${message.channel}:${message.ts}`)
    },
    find: (channel, ts) => byKey.get(`${channel}:${ts}`),
    list: (channel) =>
      [...byKey.values()]
        .filter((message) => message.channel === channel)
        .sort((left, right) => (left.ts < right.ts ? -1 : 1)),
    waitFor: async (predicate, ms) =>
      [...byKey.values()].reverse().find((message) => message.bot_id !== undefined && predicate(message)) ??
      waiters.wait(predicate, ms),
    close: waiters.close,
  }
}

/** A message as payloads and answers of the Web API carry it. */
export const publicMessage = ({ channel: _c, ephemeral_to: _e, source: _s, ...message }: PeerMessage): Json =>
  message
