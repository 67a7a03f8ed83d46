import { constants, createDeflate, deflateSync } from 'node:zlib'
import { GatewayOpcodes } from 'discord.js'
import type { WebSocket } from 'ws'

/** Something that happens, and who gets to know. */
export interface GatewayEvent {
  type: string
  /** Undefined for what happens in direct messages: shard 0. */
  guildId: string | undefined
  /** Sent to sessions that asked for one of these; 0 for what everybody gets. */
  intents: number
  /** The payload, or one that depends on what a session may see. */
  data: unknown
  dataFor?: (intents: number) => unknown
}

/** One shard's session. It outlives its connection, so that it can be resumed. */
export interface Session {
  readonly id: string
  readonly shard: readonly [number, number]
  readonly intents: number
  readonly sequence: number
  readonly connected: boolean
  attach(send: Sender): void
  /** Without effect when the session has moved to another connection already. */
  detach(send: Sender): void
  /** Sends an event, or keeps it for the resumption. */
  push(type: string, data: unknown): void
  /** Sends again what came after a sequence number; false when that is no longer kept. */
  replay(after: number): boolean
}

/** Sends one payload in the encoding that the connection asked for. */
export type Sender = (payload: string) => void

/** Events kept for a resumption. Discord keeps a few minutes' worth. */
const KEPT = 2000

/** The shard that an event of a guild belongs to. https://docs.discord.com/developers/events/gateway#sharding */
export const shardOf = (guildId: string | undefined, count: number): number =>
  guildId === undefined ? 0 : Number((BigInt(guildId) >> 22n) % BigInt(count))

/** Makes a session without a connection. */
export const createSession = (id: string, shard: readonly [number, number], intents: number): Session => {
  let sequence = 0
  let send: Sender | undefined
  const kept: { sequence: number; payload: string }[] = []
  return {
    id,
    shard,
    intents,
    get sequence() {
      return sequence
    },
    get connected() {
      return send !== undefined
    },
    attach: (sender) => {
      send = sender
    },
    detach: (sender) => {
      if (send === sender) send = undefined
    },
    push: (type, data) => {
      sequence += 1
      const payload = JSON.stringify({ op: GatewayOpcodes.Dispatch, t: type, s: sequence, d: data })
      kept.push({ sequence, payload })
      if (kept.length > KEPT * 2) kept.splice(0, KEPT)
      send?.(payload)
    },
    replay: (after) => {
      const oldest = kept[0]?.sequence ?? sequence + 1
      if (after > sequence || after < oldest - 1) return false
      for (const event of kept) if (event.sequence > after) send?.(event.payload)
      return true
    },
  }
}

/** Every payload as text. */
export const plainSender =
  (socket: WebSocket): Sender =>
  (payload) =>
    socket.send(payload)

/** `compress: true` in the identification: every payload compressed by itself. */
export const payloadSender =
  (socket: WebSocket): Sender =>
  (payload) =>
    socket.send(deflateSync(payload))

/** `compress=zlib-stream` in the address: one stream for the whole connection, flushed after each payload. */
export const streamSender = (socket: WebSocket): Sender => {
  const deflate = createDeflate()
  const chunks: Buffer[] = []
  deflate.on('data', (chunk: Buffer) => chunks.push(chunk))
  socket.once('close', () => deflate.destroy())
  return (payload) => {
    deflate.write(payload)
    deflate.flush(constants.Z_SYNC_FLUSH, () => {
      if (chunks.length > 0) socket.send(Buffer.concat(chunks.splice(0)))
    })
  }
}
