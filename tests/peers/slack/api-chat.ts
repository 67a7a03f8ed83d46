import { type CheckedCall, channelOf, type Handler, joinedChannel, messageAt } from './api-call.ts'
import { refuseContent, SlackError } from './core.ts'
import { type PeerMessage, publicMessage } from './messages.ts'
import { type Json, text } from './problem.ts'
import type { PeerChannel } from './world.ts'

const threadOf = ({ core, args }: CheckedCall, channel: PeerChannel): { threadTs?: string } => {
  if (args.thread_ts === undefined) return {}
  const threadTs = text(args.thread_ts)
  const parent = core.messages.find(channel.id, threadTs)
  if (!parent || (parent.thread_ts !== undefined && parent.thread_ts !== parent.ts)) {
    throw new SlackError('cannot_reply_to_message')
  }
  return { threadTs }
}

// A user id stands for the direct messages with that user.
const target = (call: CheckedCall): PeerChannel => {
  const user = call.team.users.get(text(call.args.channel))
  return user && !user.is_bot ? call.core.world.dm(call.team, user) : joinedChannel(call)
}

const postMessage: Handler = (call) => {
  const channel = target(call)
  refuseContent(call.core, call.method, call.args)
  const thread = threadOf(call, channel)
  const { team, args, method } = call
  const message = call.core.messages.create({ team, channel, body: args, source: method, ...thread })
  return { channel: channel.id, ts: message.ts, message: publicMessage(message) }
}

const postEphemeral: Handler = (call) => {
  const channel = joinedChannel(call)
  const userId = text(call.args.user)
  const stranger = channel.im !== undefined && channel.im !== userId
  if (!call.team.users.has(userId) || stranger) throw new SlackError('user_not_in_channel')
  refuseContent(call.core, call.method, call.args)
  const thread = threadOf(call, channel)
  const { team, args, method } = call
  const draft = { team, channel, body: args, source: method, ephemeralTo: userId, ...thread }
  return { message_ts: call.core.messages.create(draft).ts }
}

const ownMessage = (call: CheckedCall, refusal: string): PeerMessage => {
  const message = messageAt(call, channelOf(call), call.args.ts)
  if (message.bot_id !== call.team.botId) throw new SlackError(refusal)
  return message
}

const update: Handler = (call) => {
  const message = ownMessage(call, 'cant_update_message')
  refuseContent(call.core, call.method, call.args)
  const edited = call.core.messages.edit(message, call.args)
  return { channel: edited.channel, ts: edited.ts, text: edited.text, message: publicMessage(edited) }
}

const remove: Handler = (call) => {
  const message = ownMessage(call, 'cant_delete_message')
  call.core.messages.remove(message)
  return { channel: message.channel, ts: message.ts }
}

const react: Handler = (call) => {
  const channel = joinedChannel(call)
  const message = messageAt(call, channel, call.args.timestamp)
  const name = text(call.args.name)
  if (!/^[\w+'-]+(::skin-tone-[2-6])?$/.test(name)) throw new SlackError('invalid_name')
  const reactions = (message.reactions ?? []) as Json[]
  if (reactions.some((reaction) => reaction.name === name)) throw new SlackError('already_reacted')
  message.reactions = [...reactions, { name, users: [call.team.botUserId], count: 1 }]
  return {}
}

/** chat.* and reactions.* */
export const chatMethods: Readonly<Record<string, Handler>> = {
  'chat.postMessage': postMessage,
  'chat.postEphemeral': postEphemeral,
  'chat.update': update,
  'chat.delete': remove,
  'reactions.add': react,
}
