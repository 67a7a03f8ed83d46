import { type Core, SlackError } from './core.ts'
import type { PeerMessage } from './messages.ts'
import { type Json, text } from './problem.ts'
import type { PeerChannel, PeerTeam, PeerUser } from './world.ts'

/** A call that has passed the checks of token, scopes and arguments. */
export interface CheckedCall {
  core: Core
  method: string
  team: PeerTeam
  args: Json
}

/** Answers a call with what goes beside `ok: true`, or throws a SlackError. */
export type Handler = (call: CheckedCall) => Json

/** The channel that an argument names by id, or by name as chat.postMessage still allows. */
export const channelOf = ({ team, args }: CheckedCall, name = 'channel'): PeerChannel => {
  const reference = text(args[name])
  const named = [...team.channels.values()].find((channel) => `#${channel.name}` === reference)
  const channel = team.channels.get(reference) ?? named
  if (!channel) throw new SlackError('channel_not_found')
  // To those who are not members, a private channel does not exist.
  if (channel.isPrivate && !channel.botIn) throw new SlackError('channel_not_found')
  return channel
}

/** A channel that the bot is a member of. */
export const joinedChannel = (call: CheckedCall, name = 'channel'): PeerChannel => {
  const channel = channelOf(call, name)
  if (!channel.botIn) throw new SlackError('not_in_channel')
  return channel
}

/** The user that an argument names by id. */
export const userOf = ({ team, args }: CheckedCall, name: string): PeerUser => {
  const user = team.users.get(text(args[name]))
  if (!user) throw new SlackError('user_not_found')
  return user
}

/** The message at a time stamp; those that only one user sees cannot be named. */
export const messageAt = ({ core }: CheckedCall, channel: PeerChannel, ts: unknown): PeerMessage => {
  const message = core.messages.find(channel.id, text(ts))
  if (!message || message.ephemeral_to !== undefined) throw new SlackError('message_not_found')
  return message
}
