import {
  type APIMessage,
  ChannelType,
  GatewayIntentBits,
  InteractionContextType,
  MessageFlags,
  PermissionFlagsBits,
} from 'discord.js'
import { MessageCreateRequestSchema, MessageEditRequestPartialSchema } from 'discord-api-spec/zod'
import { type Core, DiscordError, deleteMessage, publishMessage, unknown } from './core.ts'
import { IGNORED_MESSAGE_KEYS, messageRules } from './message-rules.ts'
import { type ChannelState, stripContent } from './payloads.ts'
import { isJson, type Json, jsonList, text } from './problem.ts'
import type { RestReply, RestRequest, Route } from './rest.ts'
import { checkSchema } from './schema.ts'

const TEXTLESS: readonly ChannelType[] = [
  ChannelType.GuildForum,
  ChannelType.GuildMedia,
  ChannelType.GuildCategory,
]

/** The channel that a route names. */
export const channelOf = (core: Core, { params }: RestRequest): ChannelState => {
  const channel = core.world.channels.get(params.channel ?? '')
  if (!channel) throw unknown.channel()
  return channel
}

/** The message that a route names; an ephemeral one is not to be had this way. */
export const messageOf = (core: Core, request: RestRequest): APIMessage => {
  const channel = channelOf(core, request)
  const message = core.messages.find(request.params.message ?? '')
  const ephemeral = ((message?.flags ?? 0) & MessageFlags.Ephemeral) !== 0
  if (message?.channel_id !== channel.id || ephemeral) throw unknown.message()
  return message
}

const readable = (core: Core, message: APIMessage): APIMessage => {
  const granted = (core.disallowedIntents & GatewayIntentBits.MessageContent) === 0
  const guildId = core.world.channels.get(message.channel_id)?.guild_id
  return granted ? message : stripContent(message, guildId, core.world.bot.id)
}

const referenced = (
  core: Core,
  request: RestRequest,
  channel: ChannelState,
  body: Json,
): APIMessage | undefined => {
  if (!isJson(body.message_reference)) return undefined
  const message = core.messages.find(text(body.message_reference.message_id))
  if (message?.channel_id === channel.id) return message
  if (body.message_reference.fail_if_not_exists !== false) {
    request.refuse([{ path: ['message_reference'], problem: 'Unknown message' }])
  }
  return undefined
}

const { ViewChannel, SendMessages } = PermissionFlagsBits

const deniedIn = ({ permission_overwrites }: ChannelState): bigint =>
  jsonList(permission_overwrites).reduce((all, { deny }) => all | BigInt(text(deny)), 0n)

const send = (core: Core, request: RestRequest): RestReply => {
  const channel = channelOf(core, request)
  if (TEXTLESS.includes(channel.type)) {
    throw new DiscordError(400, 50008, 'Cannot send messages in a non-text channel')
  }
  if (core.world.contextOf(channel) === InteractionContextType.PrivateChannel) {
    throw new DiscordError(403, 50001, 'Missing Access')
  }
  if ((deniedIn(channel) & (ViewChannel | SendMessages)) !== 0n) {
    throw new DiscordError(403, 50013, 'Missing Permissions')
  }
  const body = request.json()
  request.refuse([...checkSchema(MessageCreateRequestSchema, body), ...messageRules(body, {})])
  const reference = referenced(core, request, channel, body)
  const message = core.messages.create(channel, core.world.bot, body, reference ? { reference } : {})
  publishMessage(core, 'MESSAGE_CREATE', message)
  return { status: 200, body: message }
}

const edit = (core: Core, request: RestRequest): RestReply => {
  const current = messageOf(core, request)
  if (current.author.id !== core.world.bot.id) {
    throw new DiscordError(403, 50005, 'Cannot edit a message authored by another user')
  }
  const body = request.json()
  request.refuse([
    ...checkSchema(MessageEditRequestPartialSchema, body, IGNORED_MESSAGE_KEYS),
    ...messageRules(body, { current }),
  ])
  const message = core.messages.edit(current, body)
  publishMessage(core, 'MESSAGE_UPDATE', message)
  return { status: 200, body: message }
}

const list = (core: Core, request: RestRequest): RestReply => {
  const { id } = channelOf(core, request)
  const limit = Number(request.query.get('limit') ?? 50)
  const before = BigInt(request.query.get('before') ?? '9223372036854775807')
  const after = BigInt(request.query.get('after') ?? '0')
  const seen = core.messages
    .list(id)
    .filter(({ flags }) => ((flags ?? 0) & MessageFlags.Ephemeral) === 0)
    .filter((message) => BigInt(message.id) < before && BigInt(message.id) > after)
  return {
    status: 200,
    body: seen
      .slice(-limit)
      .reverse()
      .map((message) => readable(core, message)),
  }
}

const bulkDelete = (core: Core, request: RestRequest): RestReply => {
  const { messages } = request.json()
  if (!Array.isArray(messages) || messages.length < 2 || messages.length > 100) {
    request.refuse([{ path: ['messages'], problem: 'between 2 and 100 messages' }])
    return { status: 400 }
  }
  for (const id of messages) {
    const message = core.messages.find(String(id))
    if (message) deleteMessage(core, message)
  }
  return { status: 204 }
}

const react = (core: Core, request: RestRequest, add: boolean): RestReply => {
  const message = messageOf(core, request)
  const [name = '', id = null] = (request.params.emoji ?? '').split(':')
  const others = (message.reactions ?? []).filter((reaction) => reaction.emoji.name !== name)
  const mine = {
    emoji: { id, name },
    count: 1,
    count_details: { burst: 0, normal: 1 },
    me: true,
    me_burst: false,
    burst_colors: [],
  }
  core.messages.put({ ...message, reactions: add ? [...others, mine] : others })
  return { status: 204 }
}

const remove = (core: Core, request: RestRequest): RestReply => {
  deleteMessage(core, messageOf(core, request))
  return { status: 204 }
}

/** The routes of channels, messages and reactions. */
export const channelRoutes = (core: Core): Route[] => {
  const channel = '/channels/:channel'
  const message = `${channel}/messages/:message`
  const done = (request: RestRequest): RestReply => {
    channelOf(core, request)
    return { status: 204 }
  }
  return [
    { method: 'GET', path: channel, handle: (request) => ({ status: 200, body: channelOf(core, request) }) },
    { method: 'GET', path: `${channel}/messages`, handle: (request) => list(core, request) },
    { method: 'POST', path: `${channel}/messages`, handle: (request) => send(core, request) },
    {
      method: 'POST',
      path: `${channel}/messages/bulk-delete`,
      handle: (request) => bulkDelete(core, request),
    },
    {
      method: 'GET',
      path: message,
      handle: (request) => ({ status: 200, body: readable(core, messageOf(core, request)) }),
    },
    { method: 'PATCH', path: message, handle: (request) => edit(core, request) },
    { method: 'DELETE', path: message, handle: (request) => remove(core, request) },
    { method: 'POST', path: `${channel}/typing`, handle: done },
    {
      method: 'PUT',
      path: `${message}/reactions/:emoji/@me`,
      handle: (request) => react(core, request, true),
    },
    {
      method: 'DELETE',
      path: `${message}/reactions/:emoji/@me`,
      handle: (request) => react(core, request, false),
    },
  ]
}
