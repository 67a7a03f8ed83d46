import type { ComponentCall, MemberCall } from './calls.ts'
import type { Core } from './core.ts'
import type { Deliveries } from './deliveries.ts'
import { type PeerMessage, publicMessage } from './messages.ts'
import type { Json } from './problem.ts'
import type { ResponseTarget } from './tickets.ts'
import type { Delivery } from './types.ts'
import type { PeerView } from './views.ts'
import type { PeerChannel, PeerTeam, PeerUser } from './world.ts'

/** What every driving call works with. */
export interface Driver {
  core: Core
  deliveries: Deliveries
}

/** A member in a workspace. */
export interface Actor {
  team: PeerTeam
  user: PeerUser
}

/** The team and user that a call names. */
export const actorOf = ({ world }: Core, call: MemberCall): Actor => {
  const team = world.team(call.team)
  return { team, user: world.user(team, call.user) }
}

/** What every interaction carries. */
export const interactionPayload = ({ core }: Driver, { team, user }: Actor, type: string): Json => ({
  type,
  token: 'verification-token',
  api_app_id: core.app.appId,
  action_ts: (Date.now() / 1000).toFixed(6),
  team: { id: team.id, domain: team.domain },
  enterprise: null,
  is_enterprise_install: false,
  user: { id: user.id, username: user.name, name: user.name, team_id: team.id },
})

/** A new `response_url` for these. */
export const responseUrl = ({ url, tickets }: Core, target: ResponseTarget): string =>
  `${url}/response/${tickets.response(target)}`

/** The name of a channel in payloads. */
export const channelName = (channel: PeerChannel): string =>
  channel.isPrivate && channel.im === undefined ? 'privategroup' : channel.name

/** An interaction, sent. */
export const sendInteraction = (driver: Driver, payload: Json, name: string): Promise<Delivery> =>
  driver.deliveries.send({ kind: 'interactive', payload }, name)

/** The message or view that a component stands in. */
export type Surface = { message: PeerMessage; channel: PeerChannel } | { view: PeerView }

const viewOf = ({ views }: Core, call: ComponentCall, user: PeerUser): PeerView => {
  const id = typeof call.view === 'string' ? call.view : call.view?.id
  const found = call.home
    ? views.home(user.id)
    : id === undefined
      ? views.stack(user.id).at(-1)
      : views.find(id)
  if (!found) throw new Error(`${user.name} has no such view open`)
  return found
}

/** Where a call's component stands now. */
export const surfaceOf = (core: Core, call: ComponentCall, { team, user }: Actor): Surface => {
  if (!call.message) return { view: viewOf(core, call, user) }
  const { channel: channelId, ts } = call.message
  const message = core.messages.find(channelId, ts)
  const channel = team.channels.get(channelId)
  if (!message || !channel) throw new Error(`the message ${ts} is no longer there`)
  if (message.ephemeral_to !== undefined && message.ephemeral_to !== user.id) {
    throw new Error(`${user.name} does not see the message ${ts}`)
  }
  return { message, channel }
}

/** The members of a payload that tell where a component stands. */
export const surfacePayload = (core: Core, surface: Surface, { team, user }: Actor): Json => {
  if ('view' in surface) {
    return { container: { type: 'view', view_id: surface.view.id }, view: surface.view }
  }
  const { message, channel } = surface
  const ephemeral = message.ephemeral_to !== undefined
  return {
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: ephemeral,
      ...(message.thread_ts === undefined ? {} : { thread_ts: message.thread_ts }),
    },
    channel: { id: channel.id, name: channelName(channel) },
    // Slack does not send along what is ephemeral.
    ...(ephemeral ? {} : { message: publicMessage(message) }),
    response_url: responseUrl(core, { team, user, channel, messageTs: message.ts }),
  }
}
