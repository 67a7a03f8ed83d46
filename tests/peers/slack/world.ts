import { DEFAULT_SCOPES } from './methods.ts'
import type { Json } from './problem.ts'
import type { ChannelSetup, SlackPeerOptions, TeamSetup, UserReference } from './types.ts'

/** A person or the bot in a workspace. */
export interface PeerUser extends Json {
  id: string
  name: string
  team_id: string
  is_bot: boolean
}

/** A channel or a direct message; `botIn` says whether the bot is a member. */
export interface PeerChannel {
  id: string
  name: string
  isPrivate: boolean
  /** The other person of a direct message. */
  im?: string
  botIn: boolean
}

/** A workspace with its people, channels and installation. */
export interface PeerTeam {
  readonly id: string
  readonly name: string
  readonly domain: string
  readonly botToken: string
  readonly botUserId: string
  readonly botId: string
  installed: boolean
  scopes: readonly string[]
  readonly users: Map<string, PeerUser>
  readonly channels: Map<string, PeerChannel>
}

/** The workspaces of a peer and how to name what is in them. */
export interface World {
  readonly teams: readonly PeerTeam[]
  /** By id or name; the first when unset. */
  team(reference?: string): PeerTeam
  /** Finds a user by id or name and makes one when there is none. */
  user(team: PeerTeam, reference?: UserReference): PeerUser
  /** By id or name; the first when unset. */
  channel(team: PeerTeam, reference?: string): PeerChannel
  dm(team: PeerTeam, user: PeerUser): PeerChannel
}

const CHANNELS: readonly ChannelSetup[] = [
  { name: 'general' },
  { name: 'careers' },
  { name: 'secret', bot: false },
]

let serial = 0
/** An id in Slack's form: a letter, then capitals and digits. */
export const nextId = (prefix: string): string => {
  serial += 1
  return `${prefix}0${serial.toString(36).toUpperCase().padStart(8, '0')}`
}

const userOf = (teamId: string, setup: Exclude<UserReference, string>, isBot = false): PeerUser => {
  const realName = setup.realName ?? setup.name
  return {
    id: setup.id ?? nextId('U'),
    team_id: teamId,
    name: setup.name,
    real_name: realName,
    deleted: false,
    is_bot: isBot,
    is_app_user: false,
    tz: 'Europe/Berlin',
    locale: setup.locale ?? 'en-US',
    profile: { real_name: realName, display_name: setup.name, team: teamId },
  }
}

const addChannel = (team: PeerTeam, setup: ChannelSetup): PeerChannel => {
  const channel: PeerChannel = {
    id: setup.id ?? nextId('C'),
    name: setup.name,
    isPrivate: setup.private ?? false,
    botIn: setup.bot ?? true,
  }
  team.channels.set(channel.id, channel)
  return channel
}

const makeTeam = (setup: TeamSetup, index: number, options: SlackPeerOptions): PeerTeam => {
  const id = setup.id ?? nextId('T')
  const first = index === 0 ? (options.botToken ?? 'xoxb-test-token') : undefined
  const bot = userOf(id, { name: 'careerbot', realName: 'Career Bot' }, true)
  const team: PeerTeam = {
    id,
    name: setup.name,
    domain: setup.name.toLowerCase().replace(/\W+/g, '-'),
    botToken: setup.botToken ?? first ?? `xoxb-${id.toLowerCase()}`,
    botUserId: bot.id,
    botId: nextId('B'),
    installed: setup.installed ?? true,
    scopes: options.scopes ?? DEFAULT_SCOPES,
    users: new Map([[bot.id, bot]]),
    channels: new Map(),
  }
  for (const channel of setup.channels ?? CHANNELS) addChannel(team, channel)
  return team
}

const named = <Item extends { id: string; name: string }>(items: Iterable<Item>, reference: string) =>
  [...items].find(({ id, name }) => id === reference || name === reference)

/** Makes the workspaces that the options describe. */
export const createWorld = (options: SlackPeerOptions): World => {
  const teams = (options.teams ?? [{ name: 'Acme' }]).map((setup, index) => makeTeam(setup, index, options))
  const team = (reference?: string): PeerTeam => {
    const found = reference === undefined ? teams[0] : named(teams, reference)
    if (!found) throw new Error(`no workspace ${reference}`)
    return found
  }
  return {
    teams,
    team,
    user: (place, reference = 'ann') => {
      const setup = typeof reference === 'string' ? { name: reference } : reference
      const found = named(place.users.values(), setup.id ?? setup.name)
      if (found) return found
      const user = userOf(place.id, setup)
      place.users.set(user.id, user)
      return user
    },
    channel: (place, reference) => {
      const channels = [...place.channels.values()]
      const found = reference === undefined ? channels[0] : named(channels, reference)
      if (!found) throw new Error(`no channel ${reference} in ${place.name}`)
      return found
    },
    dm: (place, user) => {
      const found = [...place.channels.values()].find(({ im }) => im === user.id)
      if (found) return found
      const channel = { id: nextId('D'), name: 'directmessage', isPrivate: true, im: user.id, botIn: true }
      place.channels.set(channel.id, channel)
      return channel
    },
  }
}
