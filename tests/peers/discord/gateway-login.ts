import { GatewayCloseCodes, GatewayIntentBits, GatewayOpcodes } from 'discord.js'
import type { WebSocket } from 'ws'
import { createSession, payloadSender, type Sender, type Session, shardOf } from './gateway-session.ts'
import { type GuildState, guildCreatePayload } from './guild-payloads.ts'
import type { Json } from './problem.ts'
import type { Identification } from './types.ts'
import type { World } from './world.ts'

/** What the gateway needs to know. */
export interface GatewaySettings {
  token: string
  disallowedIntents: number
  /** Milliseconds. */
  heartbeatInterval: number
  resumeUrl: () => string
}

/** One socket and the session that it speaks for, once it has one. */
export interface Connection {
  readonly socket: WebSocket
  send: Sender
  session: Session | undefined
  windowStart: number
  received: number
}

/** Opens and resumes sessions. Each call returns the code to close with when it refuses. */
export interface GatewayLogin {
  readonly sessions: Map<string, Session>
  readonly identifications: Identification[]
  identify(connection: Connection, data: Json): number | undefined
  resume(connection: Connection, data: Json): number | undefined
}

const KNOWN_INTENTS = Object.values(GatewayIntentBits)
  .filter((bit) => typeof bit === 'number')
  .reduce((all, bit) => all | bit, 0)

/** Whether a session with these intents gets an event that needs one of `wanted` (0: everybody does). */
export const asksFor = (intents: number, wanted: number): boolean => wanted === 0 || (intents & wanted) !== 0

const shardFrom = (value: unknown): readonly [number, number] | undefined => {
  if (value === undefined) return [0, 1]
  if (!Array.isArray(value)) return undefined
  const [id, count]: unknown[] = value
  if (typeof id !== 'number' || typeof count !== 'number') return undefined
  return id >= 0 && id < count ? [id, count] : undefined
}

const guildsOf = (world: World, session: Session): GuildState[] =>
  [...world.guilds.values()].filter((guild) => shardOf(guild.id, session.shard[1]) === session.shard[0])

const sendGuilds = (world: World, session: Session): void => {
  if (!asksFor(session.intents, GatewayIntentBits.Guilds)) return
  for (const guild of guildsOf(world, session).filter(({ unavailable }) => !unavailable)) {
    const all = [...guild.members.values()]
    const seen = asksFor(session.intents, GatewayIntentBits.GuildMembers)
      ? all
      : all.filter((member) => member.user.id === world.bot.id)
    const payload = guildCreatePayload(guild, world.channelsOf(guild.id), world.threadsOf(guild.id), seen)
    session.push('GUILD_CREATE', payload)
  }
}

const readyPayload = (world: World, session: Session, resumeUrl: string): Json => ({
  v: 10,
  user: { ...world.bot, verified: true, mfa_enabled: false, email: null },
  user_settings: {},
  session_type: 'normal',
  session_id: session.id,
  resume_gateway_url: resumeUrl,
  relationships: [],
  private_channels: [],
  presences: [],
  guilds: guildsOf(world, session).map(({ id }) => ({ id, unavailable: true })),
  guild_join_requests: [],
  geo_ordered_rtc_regions: [],
  auth: {},
  application: { id: world.applicationId, flags: 0 },
  shard: session.shard,
  _trace: [],
})

const refusal = (settings: GatewaySettings, data: Json, shard: unknown): number | undefined => {
  const intents = data.intents
  if (data.token !== settings.token) return GatewayCloseCodes.AuthenticationFailed
  if (!shard) return GatewayCloseCodes.InvalidShard
  if (typeof intents !== 'number' || (intents & ~KNOWN_INTENTS) !== 0) return GatewayCloseCodes.InvalidIntents
  return (intents & settings.disallowedIntents) === 0 ? undefined : GatewayCloseCodes.DisallowedIntents
}

/** Answers REQUEST_GUILD_MEMBERS. */
export const sendMembers = (world: World, session: Session, data: Json): void => {
  const guild = world.guilds.get(String(data.guild_id))
  if (!guild) return
  const wanted = Array.isArray(data.user_ids) ? data.user_ids : [data.user_ids].filter(Boolean)
  const query = typeof data.query === 'string' ? data.query.toLowerCase() : ''
  const members = [...guild.members.values()].filter(({ user }) =>
    wanted.length > 0 ? wanted.includes(user.id) : user.username.toLowerCase().startsWith(query),
  )
  session.push('GUILD_MEMBERS_CHUNK', {
    guild_id: guild.id,
    members,
    chunk_index: 0,
    chunk_count: 1,
    not_found: wanted.filter((id) => !guild.members.has(String(id))),
    ...(data.nonce === undefined ? {} : { nonce: data.nonce }),
  })
}

/** Makes the part of the gateway that lets clients in. */
export const createGatewayLogin = (
  world: World,
  settings: GatewaySettings,
  onReady: () => void,
): GatewayLogin => {
  const sessions = new Map<string, Session>()
  const identifications: Identification[] = []
  return {
    sessions,
    identifications,
    identify: (connection, data) => {
      const shard = shardFrom(data.shard)
      const intents = typeof data.intents === 'number' ? data.intents : 0
      const compress = data.compress === true
      identifications.push({ intents, shard: shard ?? [-1, -1], compress, presence: data.presence ?? null })
      const code = refusal(settings, data, shard)
      if (code !== undefined || !shard) return code
      if (compress) connection.send = payloadSender(connection.socket)
      const session = createSession(world.nextId(), shard, intents)
      sessions.set(session.id, session)
      connection.session = session
      session.attach(connection.send)
      session.push('READY', readyPayload(world, session, settings.resumeUrl()))
      sendGuilds(world, session)
      onReady()
      return undefined
    },
    resume: (connection, data) => {
      if (data.token !== settings.token) return GatewayCloseCodes.AuthenticationFailed
      const session = sessions.get(String(data.session_id))
      if (!session) {
        connection.send(JSON.stringify({ op: GatewayOpcodes.InvalidSession, d: false }))
        return undefined
      }
      connection.session = session
      session.attach(connection.send)
      if (!session.replay(typeof data.seq === 'number' ? data.seq : -1)) return GatewayCloseCodes.InvalidSeq
      session.push('RESUMED', { _trace: [] })
      onReady()
      return undefined
    },
  }
}
