import { type CheckedCall, channelOf, type Handler, joinedChannel, userOf } from './api-call.ts'
import { refuse, SlackError } from './core.ts'
import { all, list, object, string } from './fields.ts'
import { LIMITS } from './limits.ts'
import { type PeerMessage, publicMessage } from './messages.ts'
import { type Json, text } from './problem.ts'
import type { PeerChannel } from './world.ts'

const described = (channel: PeerChannel): Json =>
  channel.im === undefined
    ? {
        id: channel.id,
        name: channel.name,
        is_channel: !channel.isPrivate,
        is_group: channel.isPrivate,
        is_im: false,
        is_private: channel.isPrivate,
        is_archived: false,
        is_general: channel.name === 'general',
        is_member: channel.botIn,
      }
    : { id: channel.id, user: channel.im, is_im: true, is_archived: false, is_open: true }

const open: Handler = (call) => {
  if (call.args.channel !== undefined) return { channel: described(channelOf(call)) }
  const [id = '', ...others] = text(call.args.users).split(',')
  if (others.length > 0 || id === '') throw new SlackError('invalid_arguments')
  const user = call.team.users.get(id)
  if (!user) throw new SlackError('user_not_found')
  if (user.is_bot) throw new SlackError('cannot_dm_bot')
  const channel = call.core.world.dm(call.team, user)
  return { channel: call.args.return_im === true ? described(channel) : { id: channel.id } }
}

const join: Handler = (call) => {
  const channel = channelOf(call)
  if (channel.isPrivate) throw new SlackError('method_not_supported_for_channel_type')
  channel.botIn = true
  return { channel: described(channel) }
}

const inTime = ({ latest, oldest, inclusive }: Json, { ts }: PeerMessage): boolean => {
  if (inclusive === true && (ts === latest || ts === oldest)) return true
  return (latest === undefined || ts < text(latest)) && (oldest === undefined || ts > text(oldest))
}

const page = (call: CheckedCall, messages: readonly PeerMessage[]): Json => {
  const limit = typeof call.args.limit === 'number' ? call.args.limit : 100
  const fitting = messages.filter(
    (message) => message.ephemeral_to === undefined && inTime(call.args, message),
  )
  const shown = fitting.slice(0, limit).map(publicMessage)
  const isBare = call.args.include_all_metadata !== true
  return {
    messages: isBare ? shown.map(({ metadata: _, ...message }) => message) : shown,
    has_more: fitting.length > limit,
  }
}

const history: Handler = (call) => {
  const messages = call.core.messages.list(joinedChannel(call).id)
  const roots = messages.filter(({ thread_ts: thread, ts }) => thread === undefined || thread === ts)
  return page(call, roots.reverse())
}

const replies: Handler = (call) => {
  const channel = joinedChannel(call)
  const parent = call.core.messages.find(channel.id, text(call.args.ts))
  if (!parent) throw new SlackError('thread_not_found')
  const root = parent.thread_ts ?? parent.ts
  const thread = call.core.messages.list(channel.id)
  return page(
    call,
    thread.filter(({ ts, thread_ts: threadTs }) => ts === root || threadTs === root),
  )
}

const checkPrompts = all(list(object({ title: string(500), message: string(4000) }), LIMITS.suggestedPrompts))

const assistant: Handler = (call) => {
  const channel = channelOf(call, 'channel_id')
  const { prompts, thread_ts: thread } = call.args
  if (prompts !== undefined) {
    refuse(call.core, call.method, call.args, checkPrompts(prompts, ['prompts']), 'invalid_arguments')
  }
  if (thread !== undefined && !call.core.messages.find(channel.id, text(thread))) {
    throw new SlackError('invalid_thread_ts')
  }
  return {}
}

/** conversations.*, users.* and assistant.* */
export const conversationMethods: Readonly<Record<string, Handler>> = {
  'conversations.open': open,
  'conversations.join': join,
  'conversations.info': (call) => ({ channel: described(channelOf(call)) }),
  'conversations.history': history,
  'conversations.replies': replies,
  'users.info': (call) => ({ user: userOf(call, 'user') }),
  'assistant.threads.setStatus': assistant,
  'assistant.threads.setTitle': assistant,
  'assistant.threads.setSuggestedPrompts': assistant,
}
