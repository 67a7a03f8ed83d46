import type { EventCall, HomeOpenedCall, MemberCall, MentionCall, PlaceCall, SayCall } from './calls.ts'
import { actorOf, type Driver } from './drive.ts'
import type { PeerMessage } from './messages.ts'
import { type Json, text } from './problem.ts'
import type { Delivery } from './types.ts'
import { nextId, type PeerChannel, type PeerTeam } from './world.ts'

const eventTs = (): string => (Date.now() / 1000).toFixed(6)

const send = async ({ core, deliveries }: Driver, call: EventCall): Promise<Delivery> => {
  const team = core.world.team(call.team)
  const payload = {
    token: 'verification-token',
    team_id: team.id,
    api_app_id: core.app.appId,
    type: 'event_callback',
    event: call.event,
    event_id: call.eventId ?? nextId('Ev'),
    event_time: Math.floor(Date.now() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: team.id,
        user_id: team.botUserId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
  }
  return deliveries.send({ kind: 'events_api', payload }, call.event.type)
}

const write = (
  { core }: Driver,
  call: SayCall,
): { message: PeerMessage; channel: PeerChannel; team: PeerTeam } => {
  const { team, user } = actorOf(core, call)
  const channel = call.dm ? core.world.dm(team, user) : core.world.channel(team, call.channel)
  const thread = typeof call.thread === 'string' ? call.thread : (call.thread?.thread_ts ?? call.thread?.ts)
  const message = core.messages.create({
    team,
    channel,
    body: { text: call.text },
    source: 'member',
    user: user.id,
    ...(thread === undefined ? {} : { threadTs: thread }),
  })
  return { message, channel, team }
}

const channelType = ({ im, isPrivate }: PeerChannel): string =>
  im === undefined ? (isPrivate ? 'group' : 'channel') : 'im'

const common = ({ ts, text: content, user, team, thread_ts: thread, channel }: PeerMessage): Json => ({
  user,
  ts,
  team,
  text: content,
  channel,
  event_ts: ts,
  client_msg_id: `msg-${ts}`,
  blocks: [],
  ...(thread === undefined ? {} : { thread_ts: thread }),
})

const parentAuthor = ({ core }: Driver, { channel, thread_ts: thread }: PeerMessage): Json => {
  const parent = thread === undefined ? undefined : core.messages.find(channel, thread)
  return parent ? { parent_user_id: parent.user } : {}
}

const messageEvent = (driver: Driver, message: PeerMessage, channel: PeerChannel, extra: Json = {}) => ({
  type: 'message',
  ...common(message),
  ...parentAuthor(driver, message),
  channel_type: channelType(channel),
  ...extra,
})

const say = async (driver: Driver, call: SayCall): Promise<Delivery> => {
  const { message, channel, team } = write(driver, call)
  const event = messageEvent(driver, message, channel, call.extra)
  return { ...(await send(driver, { event, team: team.id })), message }
}

const mention = async (driver: Driver, call: MentionCall): Promise<Delivery> => {
  const tag = `<@${driver.core.world.team(call.team).botUserId}>`
  const content = call.text.includes(tag) ? call.text : `${tag} ${call.text}`
  const { message, channel, team } = write(driver, { ...call, text: content })
  const event = { type: 'app_mention', ...common(message), ...call.extra }
  const both = [send(driver, { event, team: team.id })]
  if (call.asMessage)
    both.push(send(driver, { event: messageEvent(driver, message, channel), team: team.id }))
  const [delivery] = await Promise.all(both)
  return { ...(delivery as Delivery), message }
}

const homeOpened = async (driver: Driver, call: HomeOpenedCall): Promise<Delivery> => {
  const { team, user } = actorOf(driver.core, call)
  const tab = call.tab ?? 'home'
  const view = tab === 'home' ? driver.core.views.home(user.id) : undefined
  const channel = driver.core.world.dm(team, user).id
  const event = { type: 'app_home_opened', user: user.id, channel, tab, event_ts: eventTs() }
  return send(driver, { event: { ...event, ...(view ? { view } : {}) }, team: team.id })
}

const teamJoin = async (driver: Driver, call: MemberCall): Promise<Delivery> => {
  const { team, user } = actorOf(driver.core, call)
  return send(driver, { event: { type: 'team_join', user, cache_ts: 0, event_ts: eventTs() }, team: team.id })
}

const channelJoin = async (driver: Driver, call: PlaceCall): Promise<Delivery> => {
  const { team, user } = actorOf(driver.core, call)
  const channel = driver.core.world.channel(team, call.channel)
  const event = {
    type: 'member_joined_channel',
    user: user.id,
    channel: channel.id,
    channel_type: channel.isPrivate ? 'G' : 'C',
    team: team.id,
    event_ts: eventTs(),
  }
  return send(driver, { event, team: team.id })
}

const removed = async (
  driver: Driver,
  reference: string | undefined,
  event: EventCall['event'],
): Promise<Delivery> => {
  const team = driver.core.world.team(reference)
  team.installed = false
  return send(driver, { event: { ...event, event_ts: eventTs() }, team: team.id })
}

/** Events of the Events API. */
export const createEventCalls = (driver: Driver) => ({
  write: (call: SayCall) => write(driver, call).message,
  event: (call: EventCall) => send(driver, call),
  say: (call: SayCall) => say(driver, call),
  mention: (call: MentionCall) => mention(driver, call),
  homeOpened: (call: HomeOpenedCall = {}) => homeOpened(driver, call),
  teamJoin: (call: MemberCall) => teamJoin(driver, call),
  channelJoin: (call: PlaceCall) => channelJoin(driver, call),
  uninstall: (team?: string) => removed(driver, team, { type: 'app_uninstalled' }),
  revokeTokens: (team?: string) => {
    const bot = text(driver.core.world.team(team).botUserId)
    return removed(driver, team, { type: 'tokens_revoked', tokens: { oauth: [], bot: [bot] } })
  },
})
