import { ChannelType, GatewayIntentBits, MessageFlags } from 'discord.js'
import {
  CreateForumThreadRequestSchema,
  CreateTextThreadWithMessageRequestSchema,
  CreateTextThreadWithoutMessageRequestSchema,
  UpdateDMRequestPartialSchema,
  UpdateGuildChannelRequestPartialSchema,
  UpdateThreadRequestPartialSchema,
} from 'discord-api-spec/zod'
import { type Core, DiscordError, publishMessage } from './core.ts'
import { IGNORED_MESSAGE_KEYS, messageRules } from './message-rules.ts'
import { type ChannelState, threadPayload } from './payloads.ts'
import { below, isJson, text } from './problem.ts'
import type { RestReply, RestRequest, Route } from './rest.ts'
import { channelOf, messageOf } from './routes-channel.ts'
import { checkSchema } from './schema.ts'
import { isThread } from './world.ts'

const announceThread = (core: Core, thread: ChannelState): void => {
  core.world.addChannel(thread)
  core.gateway.dispatch({
    type: 'THREAD_CREATE',
    guildId: thread.guild_id,
    intents: GatewayIntentBits.Guilds,
    data: { ...thread, newly_created: true },
  })
}

const createForumThread = (core: Core, request: RestRequest, parent: ChannelState): RestReply => {
  const body = request.json()
  const first = isJson(body.message) ? body.message : {}
  const bare = {
    ...body,
    message: Object.fromEntries(
      Object.entries(first).filter(([key]) => !IGNORED_MESSAGE_KEYS.some((ignored) => ignored === key)),
    ),
  }
  request.refuse([
    ...checkSchema(CreateForumThreadRequestSchema, bare),
    ...below(['message'], messageRules(first, {})),
  ])
  const extra = { applied_tags: body.applied_tags ?? [] }
  const thread = threadPayload(core.world.nextId(), parent, text(body.name), core.world.bot.id, extra)
  announceThread(core, thread)
  const message = core.messages.create(thread, core.world.bot, first, { id: thread.id })
  publishMessage(core, 'MESSAGE_CREATE', message)
  return { status: 201, body: { ...thread, message } }
}

const createThread = (core: Core, request: RestRequest): RestReply => {
  const parent = channelOf(core, request)
  if (parent.type === ChannelType.GuildForum) return createForumThread(core, request, parent)
  const body = request.json()
  request.refuse(checkSchema(CreateTextThreadWithoutMessageRequestSchema, body))
  const extra = typeof body.type === 'number' ? { type: body.type } : {}
  const thread = threadPayload(core.world.nextId(), parent, text(body.name), core.world.bot.id, extra)
  announceThread(core, thread)
  return { status: 201, body: thread }
}

const createThreadFromMessage = (core: Core, request: RestRequest): RestReply => {
  const message = messageOf(core, request)
  const parent = channelOf(core, request)
  const body = request.json()
  request.refuse(checkSchema(CreateTextThreadWithMessageRequestSchema, body))
  if (core.world.channels.has(message.id)) {
    throw new DiscordError(400, 160004, 'A thread has already been created for this message')
  }
  const thread = threadPayload(message.id, parent, text(body.name), core.world.bot.id)
  announceThread(core, thread)
  core.messages.put({ ...message, flags: (message.flags ?? 0) | MessageFlags.HasThread })
  return { status: 201, body: thread }
}

const channelSchema = (channel: ChannelState) => {
  if (isThread(channel)) return UpdateThreadRequestPartialSchema
  return channel.guild_id === undefined
    ? UpdateDMRequestPartialSchema
    : UpdateGuildChannelRequestPartialSchema
}

const patchChannel = (core: Core, request: RestRequest): RestReply => {
  const channel = channelOf(core, request)
  const body = request.json()
  request.refuse(checkSchema(channelSchema(channel), body))
  const { archived, locked, ...rest } = body
  const metadata = isJson(channel.thread_metadata) ? channel.thread_metadata : {}
  const changes = Object.fromEntries(
    Object.entries({ archived, locked }).filter(([, value]) => value !== undefined),
  )
  Object.assign(channel, rest, isThread(channel) ? { thread_metadata: { ...metadata, ...changes } } : {})
  const type = isThread(channel) ? 'THREAD_UPDATE' : 'CHANNEL_UPDATE'
  core.gateway.dispatch({ type, guildId: channel.guild_id, intents: GatewayIntentBits.Guilds, data: channel })
  return { status: 200, body: channel }
}

/** The routes of threads, and the change of a channel or thread. */
export const threadRoutes = (core: Core): Route[] => {
  const channel = '/channels/:channel'
  const done = (request: RestRequest): RestReply => {
    channelOf(core, request)
    return { status: 204 }
  }
  return [
    { method: 'PATCH', path: channel, handle: (request) => patchChannel(core, request) },
    { method: 'POST', path: `${channel}/threads`, handle: (request) => createThread(core, request) },
    {
      method: 'POST',
      path: `${channel}/messages/:message/threads`,
      handle: (request) => createThreadFromMessage(core, request),
    },
    { method: 'PUT', path: `${channel}/thread-members/@me`, handle: done },
    { method: 'DELETE', path: `${channel}/thread-members/@me`, handle: done },
  ]
}
