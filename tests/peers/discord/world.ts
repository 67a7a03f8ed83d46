import { type APIGuildMember, type APIUser, ChannelType, InteractionContextType } from 'discord.js'
import { type GuildState, rolePayload } from './guild-payloads.ts'
import {
  BOT_PERMISSIONS,
  type ChannelState,
  channelPayload,
  dmPayload,
  MEMBER_PERMISSIONS,
  memberPayload,
  privatePayload,
  userPayload,
} from './payloads.ts'
import type { DiscordPeerOptions, GuildSetup, UserReference, UserSetup } from './types.ts'

/** People, guilds and channels: what exists besides messages and commands. */
export interface World {
  readonly applicationId: string
  readonly applicationName: string
  readonly bot: APIUser
  readonly guilds: Map<string, GuildState>
  readonly channels: Map<string, ChannelState>
  nextId(): string
  /** Finds a user or makes one. */
  user(reference?: UserReference): APIUser
  userById(id: string): APIUser | undefined
  /** By id or name, the first guild when not given; throws when there is none. */
  guild(reference?: string): GuildState
  /** The user's membership, made now when there is none. */
  member(guild: GuildState, user: APIUser): APIGuildMember
  /** By id or name; the first text channel when not given. Throws when there is none. */
  channel(guild: GuildState, reference?: string, type?: ChannelType): ChannelState
  channelsOf(guildId: string): ChannelState[]
  threadsOf(guildId: string): ChannelState[]
  dmChannel(user: APIUser): ChannelState
  /** A channel of members among themselves, which the bot is not in. */
  privateChannel(users: readonly APIUser[]): ChannelState
  contextOf(channel: ChannelState): InteractionContextType
  addChannel(channel: ChannelState): void
}

const DISCORD_EPOCH = 1_420_070_400_000n
const SNOWFLAKE = /^\d{15,20}$/
const THREADS: readonly ChannelType[] = [
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.AnnouncementThread,
]

const DEFAULT_GUILD: GuildSetup = {
  name: 'Careers',
  channels: [
    { name: 'general' },
    { name: 'welcome' },
    { name: 'help', type: ChannelType.GuildForum, tags: ['question'] },
  ],
}

/** Whether a channel is a thread. */
export const isThread = (channel: ChannelState): boolean => THREADS.includes(channel.type)

// The increment is wider than Discord's 12 bits, so that ids of one millisecond never collide.
const createIds = (): (() => string) => {
  let last = 0n
  return () => {
    const now = (BigInt(Date.now()) - DISCORD_EPOCH) << 22n
    last = now > last ? now : last + 1n
    return last.toString()
  }
}

// Consecutive milliseconds, so that guilds without an id of their own spread over all shards in turn.
const defaultGuildId = (index: number): string => ((300_000_000_000n + BigInt(index)) << 22n).toString()

const createUsers = (nextId: () => string) => {
  const byId = new Map<string, APIUser>()
  const byName = new Map<string, APIUser>()
  const add = ({ id = nextId(), username, globalName, bot = false }: UserSetup): APIUser => {
    const user = userPayload(id, username, globalName ?? null, bot)
    byId.set(id, user)
    byName.set(username, user)
    return user
  }
  const find = (reference: UserReference = 'ann'): APIUser => {
    if (typeof reference === 'string') {
      const known = byId.get(reference) ?? byName.get(reference)
      if (known) return known
      return SNOWFLAKE.test(reference)
        ? add({ id: reference, username: `user-${reference}` })
        : add({ username: reference })
    }
    const known = reference.id === undefined ? byName.get(reference.username) : byId.get(reference.id)
    return known ?? add(reference)
  }
  return { byId, find }
}

const pick = <Item extends { id: string; name?: string }>(
  items: readonly Item[],
  reference: string | undefined,
  kind: string,
): Item => {
  const found = items.find(
    (item) => reference === undefined || item.id === reference || item.name === reference,
  )
  if (!found) throw new Error(`the peer has no ${kind} ${reference ?? ''}`.trim())
  return found
}

/** Makes the world that the options describe. */
export const createWorld = (options: DiscordPeerOptions): World => {
  const nextId = createIds()
  const users = createUsers(nextId)
  const applicationName = options.applicationName ?? 'careers-bot'
  const applicationId = options.applicationId ?? nextId()
  const bot = users.find({ id: applicationId, username: applicationName, bot: true })
  const guilds = new Map<string, GuildState>()
  const channels = new Map<string, ChannelState>()
  const dms = new Map<string, ChannelState>()
  const channelsByGuild = new Map<string, ChannelState[]>()
  const addChannel = (channel: ChannelState): void => {
    channels.set(channel.id, channel)
    const guildId = channel.guild_id
    if (guildId !== undefined) channelsByGuild.set(guildId, [...ofGuild(guildId), channel])
  }
  const ofGuild = (guildId: string): ChannelState[] => channelsByGuild.get(guildId) ?? []

  const member = (guild: GuildState, user: APIUser): APIGuildMember => {
    const known = guild.members.get(user.id)
    if (known) return known
    const added = memberPayload(user, [])
    guild.members.set(user.id, added)
    return added
  }

  const addGuild = (setup: GuildSetup, index: number): void => {
    const id = setup.id ?? defaultGuildId(index)
    const botRole = { ...rolePayload(nextId(), applicationName, 1, BOT_PERMISSIONS), managed: true }
    const given = (setup.roles ?? []).map((role) => rolePayload(role.id ?? nextId(), role.name, 1, 0n))
    const owner = users.find('owner')
    const guild: GuildState = {
      id,
      name: setup.name ?? `Guild ${index + 1}`,
      locale: setup.locale ?? 'en-US',
      ownerId: owner.id,
      joinedAt: new Date().toISOString(),
      // Below the bot's own role, so that it may hand them out.
      roles: [
        rolePayload(id, '@everyone', 0, MEMBER_PERMISSIONS),
        ...given,
        { ...botRole, position: given.length + 1 },
      ],
      members: new Map(),
      unavailable: setup.unavailable ?? false,
    }
    guilds.set(id, guild)
    guild.members.set(bot.id, memberPayload(bot, [botRole.id]))
    for (const user of [owner, ...(setup.members ?? []).map(users.find)]) member(guild, user)
    const listed = setup.channels ?? DEFAULT_GUILD.channels ?? []
    listed.forEach((channel, position) => {
      const tagIds = (channel.tags ?? []).map(nextId)
      const state = channelPayload(channel.id ?? nextId(), id, position, channel, tagIds)
      addChannel(state)
    })
  }
  ;(options.guilds ?? [DEFAULT_GUILD]).forEach(addGuild)

  return {
    applicationId,
    applicationName,
    bot,
    guilds,
    channels,
    nextId,
    member,
    addChannel,
    user: users.find,
    userById: (id) => users.byId.get(id),
    guild: (reference) => guilds.get(reference ?? '') ?? pick([...guilds.values()], reference, 'guild'),
    channel: (guild, reference, type = ChannelType.GuildText) => {
      const all = ofGuild(guild.id)
      const candidates = reference === undefined ? all.filter((channel) => channel.type === type) : all
      return pick(candidates, reference, 'channel')
    },
    channelsOf: (guildId) => ofGuild(guildId).filter((channel) => !isThread(channel)),
    threadsOf: (guildId) => ofGuild(guildId).filter(isThread),
    dmChannel: (user) => {
      const known = dms.get(user.id)
      if (known) return known
      const made = dmPayload(nextId(), user)
      dms.set(user.id, made)
      addChannel(made)
      return made
    },
    privateChannel: (members) => {
      const made = privatePayload(nextId(), members)
      addChannel(made)
      return made
    },
    contextOf: ({ id, guild_id }) => {
      if (guild_id !== undefined) return InteractionContextType.Guild
      const isOwn = [...dms.values()].some((dm) => dm.id === id)
      return isOwn ? InteractionContextType.BotDM : InteractionContextType.PrivateChannel
    },
  }
}
