import { type APIMessage, type APIUser, MessageFlags, MessageReferenceType, MessageType } from 'discord.js'
import { walkComponents } from './component-rules.ts'
import { storedComponents, storedEmbeds } from './message-content.ts'
import type { ChannelState } from './payloads.ts'
import { isJson, type Json, text } from './problem.ts'
import type { World } from './world.ts'

/** What a message carries besides its body. */
export interface MessageExtra {
  id?: string
  type?: MessageType
  flags?: number
  mentions?: readonly APIUser[]
  reference?: APIMessage
  /** Set in answers to interactions. */
  interaction?: Json
}

/** All messages, ephemeral ones too, and those who wait for one. */
export interface MessageStore {
  create(channel: ChannelState, author: APIUser, body: Json, extra?: MessageExtra): APIMessage
  /** Lays a body over a message; `flags` are bits to add. */
  edit(message: APIMessage, body: Json, clearFlags?: number): APIMessage
  /** Replaces a message without anybody noticing, for reactions and threads. */
  put(message: APIMessage): void
  find(id: string): APIMessage | undefined
  remove(id: string): APIMessage | undefined
  /** Of one channel, oldest first. */
  list(channelId: string): APIMessage[]
  waitFor(predicate: (message: APIMessage) => boolean, ms: number): Promise<APIMessage>
  close(): void
}

interface Waiter {
  fits: (message: APIMessage) => boolean
  resolve: (message: APIMessage) => void
  stop: (reason: Error) => void
}

const MENTION = /<@!?(\d+)>/g
const ROLE_MENTION = /<@&(\d+)>/g

const idsIn = (body: Json, pattern: RegExp): string[] => {
  const displays = walkComponents(body.components, []).map(({ component }) => text(component.content))
  return [text(body.content), ...displays].flatMap((part) =>
    [...part.matchAll(pattern)].map((match) => match[1] ?? ''),
  )
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

// Without allowed_mentions everything written is pinged, as when a person writes.
const allows = (body: Json, kind: 'users' | 'roles', id: string): boolean => {
  if (!isJson(body.allowed_mentions)) return true
  const { parse, [kind]: ids } = body.allowed_mentions
  return listOf(parse).includes(kind) || listOf(ids).includes(id)
}

const allowsEveryone = (body: Json): boolean =>
  !isJson(body.allowed_mentions) || listOf(body.allowed_mentions.parse).includes('everyone')

const pinged = (world: World, body: Json, extra: MessageExtra): APIUser[] => {
  const written = idsIn(body, MENTION)
    .filter((id) => allows(body, 'users', id))
    .map((id) => world.userById(id))
  const replied = isJson(body.allowed_mentions) && body.allowed_mentions.replied_user === true
  const author = replied && extra.reference ? [extra.reference.author] : []
  const all = [...written, ...author, ...(extra.mentions ?? [])].filter((user) => user !== undefined)
  return [...new Map(all.map((user) => [user.id, user])).values()]
}

const referencePart = (channel: ChannelState, reference: APIMessage | undefined): Partial<APIMessage> =>
  reference === undefined
    ? {}
    : {
        message_reference: {
          type: MessageReferenceType.Default,
          channel_id: channel.id,
          message_id: reference.id,
          ...(channel.guild_id === undefined ? {} : { guild_id: channel.guild_id }),
        },
        referenced_message: reference,
      }

const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0)

const build = (
  world: World,
  channel: ChannelState,
  author: APIUser,
  body: Json,
  extra: MessageExtra,
): APIMessage => {
  const flags = numberOf(body.flags) | (extra.flags ?? 0)
  const nonce = body.nonce
  return {
    id: extra.id ?? world.nextId(),
    type: extra.type ?? (extra.reference ? MessageType.Reply : MessageType.Default),
    channel_id: channel.id,
    author,
    content: text(body.content),
    timestamp: new Date().toISOString(),
    edited_timestamp: null,
    tts: body.tts === true,
    mention_everyone: /@(everyone|here)/.test(text(body.content)) && allowsEveryone(body),
    mentions: pinged(world, body, extra),
    mention_roles: idsIn(body, ROLE_MENTION).filter((id) => allows(body, 'roles', id)),
    attachments: [],
    embeds: storedEmbeds(body.embeds),
    components: storedComponents(body.components, world.nextId),
    pinned: false,
    flags,
    ...(typeof nonce === 'string' || typeof nonce === 'number' ? { nonce } : {}),
    ...referencePart(channel, extra.reference),
    ...extra.interaction,
  }
}

const edited = (world: World, message: APIMessage, body: Json, clearFlags: number): APIMessage => {
  const next: APIMessage = { ...message, edited_timestamp: new Date().toISOString() }
  if ('content' in body) next.content = text(body.content)
  if ('embeds' in body) {
    next.embeds = storedEmbeds(body.embeds)
  }
  if ('components' in body) next.components = storedComponents(body.components, world.nextId)
  const kept = (message.flags ?? 0) & ~clearFlags
  // Whether only one member sees a message is settled when it is made.
  next.flags = kept | (numberOf(body.flags) & ~MessageFlags.Ephemeral)
  next.mentions = pinged(world, { ...next, ...body }, {})
  return next
}

const createWaiters = (botId: string) => {
  const waiters = new Set<Waiter>()
  const visible = (message: APIMessage): boolean =>
    message.author.id === botId && ((message.flags ?? 0) & MessageFlags.Loading) === 0
  const wait = (fits: Waiter['fits'], ms: number): Promise<APIMessage> =>
    new Promise((resolve, reject) => {
      const end = (): void => {
        clearTimeout(timer)
        waiters.delete(waiter)
      }
      const waiter: Waiter = {
        fits,
        resolve: (message) => {
          end()
          resolve(message)
        },
        stop: (reason) => {
          end()
          reject(reason)
        },
      }
      const timer = setTimeout(() => waiter.stop(new Error(`no such message within ${ms} ms`)), ms)
      waiters.add(waiter)
    })
  const tell = (message: APIMessage): void => {
    if (!visible(message)) return
    for (const waiter of [...waiters]) if (waiter.fits(message)) waiter.resolve(message)
  }
  const close = (): void => {
    for (const waiter of [...waiters]) waiter.stop(new Error('the peer was closed'))
  }
  return { visible, wait, tell, close }
}

/** Makes an empty store. */
export const createMessageStore = (world: World): MessageStore => {
  // In order of the last change: a changed message moves to the end.
  const byId = new Map<string, APIMessage>()
  const waiters = createWaiters(world.bot.id)
  const keep = (message: APIMessage): APIMessage => {
    byId.delete(message.id)
    byId.set(message.id, message)
    waiters.tell(message)
    return message
  }
  return {
    create: (channel, author, body, extra = {}) => {
      const message = keep(build(world, channel, author, body, extra))
      channel.last_message_id = message.id
      return message
    },
    edit: (message, body, clearFlags = 0) => keep(edited(world, message, body, clearFlags)),
    put: (message) => byId.set(message.id, message),
    find: (id) => byId.get(id),
    remove: (id) => {
      const message = byId.get(id)
      byId.delete(id)
      return message
    },
    list: (channelId) =>
      [...byId.values()]
        .filter((message) => message.channel_id === channelId)
        .sort((left, right) => (BigInt(left.id) < BigInt(right.id) ? -1 : 1)),
    waitFor: async (predicate, ms) => {
      const here = [...byId.values()]
        .reverse()
        .find((message) => waiters.visible(message) && predicate(message))
      return here ?? waiters.wait(predicate, ms)
    },
    close: waiters.close,
  }
}
