import type { Server } from 'node:http'
import { GatewayCloseCodes, GatewayOpcodes } from 'discord.js'
import { type RawData, WebSocketServer } from 'ws'
import type { DropOptions } from './calls.ts'
import {
  asksFor,
  type Connection,
  createGatewayLogin,
  type GatewaySettings,
  sendMembers,
} from './gateway-login.ts'
import { type GatewayEvent, plainSender, type Session, shardOf, streamSender } from './gateway-session.ts'
import { isJson, type Json } from './problem.ts'
import type { Identification } from './types.ts'
import type { World } from './world.ts'

/** The event side of the peer. */
export interface Gateway {
  readonly identifications: Identification[]
  /** Returns how many sessions the event reached or will reach on resumption. */
  dispatch(event: GatewayEvent): number
  /** Whether there is a session for the events of this guild (of direct messages when undefined). */
  reaches(guildId: string | undefined): boolean
  waitForShards(count: number, ms: number): Promise<void>
  drop(options: DropOptions): void
  close(): Promise<void>
}

/** Events that a client may send in a minute. */
const EVENTS_PER_MINUTE = 120
const RESUMABLE_CLOSE = 4000

const parse = (raw: RawData): Json | undefined => {
  try {
    const payload: unknown = JSON.parse(raw.toString())
    return isJson(payload) ? payload : undefined
  } catch {
    return undefined
  }
}

const tooMany = (connection: Connection): boolean => {
  const now = Date.now()
  if (now - connection.windowStart > 60_000) {
    connection.windowStart = now
    connection.received = 0
  }
  connection.received += 1
  return connection.received > EVENTS_PER_MINUTE
}

const createReadiness = (readyShards: () => number) => {
  const waiting = new Set<{ check: () => void; stop: (reason: string) => void }>()
  const waitFor = (count: number, ms: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const end = (): void => {
        clearTimeout(timer)
        waiting.delete(entry)
      }
      const entry = {
        check: () => {
          if (readyShards() < count) return
          end()
          resolve()
        },
        stop: (reason: string) => {
          end()
          reject(new Error(`${readyShards()} of ${count} shards are ready: ${reason}`))
        },
      }
      const timer = setTimeout(() => entry.stop(`no more within ${ms} ms`), ms)
      waiting.add(entry)
      entry.check()
    })
  const check = (): void => {
    for (const entry of [...waiting]) entry.check()
  }
  const close = (): void => {
    for (const entry of [...waiting]) entry.stop('the peer was closed')
  }
  return { waitFor, check, close }
}

/** Opens the gateway on an HTTP server. */
export const createGateway = (server: Server, world: World, settings: GatewaySettings): Gateway => {
  const sockets = new WebSocketServer({ server })
  const connections = new Set<Connection>()
  const readyShards = (): number =>
    new Set([...login.sessions.values()].filter(({ connected }) => connected).map(({ shard }) => shard[0]))
      .size
  const readiness = createReadiness(readyShards)
  const login = createGatewayLogin(world, settings, readiness.check)

  const answer = (connection: Connection, payload: Json): number | undefined => {
    const data = isJson(payload.d) ? payload.d : {}
    const { session } = connection
    switch (payload.op) {
      case GatewayOpcodes.Heartbeat:
        connection.send(JSON.stringify({ op: GatewayOpcodes.HeartbeatAck }))
        return undefined
      case GatewayOpcodes.Identify:
        return session ? GatewayCloseCodes.AlreadyAuthenticated : login.identify(connection, data)
      case GatewayOpcodes.Resume:
        return session ? GatewayCloseCodes.AlreadyAuthenticated : login.resume(connection, data)
      case GatewayOpcodes.RequestGuildMembers:
        if (session) sendMembers(world, session, data)
        return session ? undefined : GatewayCloseCodes.NotAuthenticated
      case GatewayOpcodes.PresenceUpdate:
      case GatewayOpcodes.VoiceStateUpdate:
        return session ? undefined : GatewayCloseCodes.NotAuthenticated
      default:
        return GatewayCloseCodes.UnknownOpcode
    }
  }

  const receive = (connection: Connection, raw: RawData): void => {
    const payload = parse(raw)
    const code = payload === undefined ? GatewayCloseCodes.DecodeError : answer(connection, payload)
    if (tooMany(connection)) connection.socket.close(GatewayCloseCodes.RateLimited)
    else if (code !== undefined) connection.socket.close(code)
  }

  const forget = (connection: Connection, code: number): void => {
    connections.delete(connection)
    connection.session?.detach(connection.send)
    // With these two codes a client says that it will not come back.
    if (connection.session && (code === 1000 || code === 1001)) login.sessions.delete(connection.session.id)
  }

  sockets.on('connection', (socket, request) => {
    const query = new URL(request.url ?? '/', 'ws://peer').searchParams
    const send = query.get('compress') === 'zlib-stream' ? streamSender(socket) : plainSender(socket)
    const connection: Connection = { socket, send, session: undefined, windowStart: Date.now(), received: 0 }
    connections.add(connection)
    socket.on('message', (raw) => receive(connection, raw))
    socket.on('close', (code) => forget(connection, code))
    socket.on('error', () => socket.terminate())
    if (query.get('v') !== '10') socket.close(GatewayCloseCodes.InvalidAPIVersion)
    else if (query.get('encoding') !== 'json') socket.close(GatewayCloseCodes.DecodeError)
    else {
      const hello = { op: GatewayOpcodes.Hello, d: { heartbeat_interval: settings.heartbeatInterval } }
      send(JSON.stringify(hello))
    }
  })

  const dropOne = (connection: Connection, { via, code }: DropOptions): void => {
    // Until the client is back, events wait for the resumption instead of getting lost.
    connection.session?.detach(connection.send)
    connection.session = undefined
    if (via === 'terminate') connection.socket.terminate()
    else if (via === 'reconnect') connection.send(JSON.stringify({ op: GatewayOpcodes.Reconnect, d: null }))
    else connection.socket.close(code ?? RESUMABLE_CLOSE)
  }

  const sessionsOf = (guildId: string | undefined): Session[] =>
    [...login.sessions.values()].filter((session) => shardOf(guildId, session.shard[1]) === session.shard[0])

  return {
    identifications: login.identifications,
    reaches: (guildId) => sessionsOf(guildId).length > 0,
    waitForShards: readiness.waitFor,
    dispatch: ({ type, guildId, intents, data, dataFor }) => {
      const reached = sessionsOf(guildId).filter((session) => asksFor(session.intents, intents))
      for (const session of reached) session.push(type, dataFor ? dataFor(session.intents) : data)
      return reached.length
    },
    drop: ({ resume: resumable = true, ...how }) => {
      if (!resumable) login.sessions.clear()
      for (const connection of [...connections]) dropOne(connection, how)
    },
    close: () => {
      readiness.close()
      for (const { socket } of connections) socket.terminate()
      return new Promise((resolve) => sockets.close(() => resolve()))
    },
  }
}
