import { randomUUID } from 'node:crypto'
import type { Server } from 'node:http'
import { performance } from 'node:perf_hooks'
import { type RawData, WebSocket, WebSocketServer } from 'ws'
import type { Core } from './core.ts'
import { isJson, type Json, text } from './problem.ts'
import type { Answer, Outgoing, Transport } from './transport.ts'

/** The Socket Mode side of the peer. */
export interface SocketTransport extends Transport {
  waitForConnection(ms: number): Promise<void>
  refresh(reason: string): void
  drop(terminate: boolean): void
  counts(): { open: number; opened: number }
  close(): Promise<void>
}

interface Pending {
  sentAt: number
  accepts: boolean
  kind: Outgoing['kind']
  settle: (answer: Answer) => void
}

const envelope = ({ kind, payload, retry }: Outgoing, id: string, accepts: boolean): Json => ({
  envelope_id: id,
  type: kind,
  accepts_response_payload: accepts,
  payload,
  ...(kind === 'events_api' ? { retry_attempt: retry?.num ?? 0, retry_reason: retry?.reason ?? '' } : {}),
})

// Slack takes content with these acknowledgements alone.
const acceptsPayload = ({ kind, payload }: Outgoing): boolean =>
  kind === 'slash_commands' || ['view_submission', 'block_suggestion'].includes(text(payload.type))

const createConnectionWaiters = () => {
  const waiters = new Set<{ resolve: () => void; timer: NodeJS.Timeout }>()
  return {
    wait: (ms: number): Promise<void> =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiters.delete(waiter)
          reject(new Error(`no Socket Mode connection within ${ms} ms`))
        }, ms)
        const waiter = { resolve, timer }
        waiters.add(waiter)
      }),
    end: (): void => {
      for (const { resolve, timer } of waiters) {
        clearTimeout(timer)
        resolve()
      }
      waiters.clear()
    },
  }
}

const createEnvelopes = (core: Core) => {
  const pending = new Map<string, Pending>()
  const settled = new Set<string>()
  const acknowledge = (raw: RawData): void => {
    const message: unknown = JSON.parse(raw.toString())
    const id = isJson(message) ? text(message.envelope_id) : ''
    const found = pending.get(id)
    if (!found) {
      if (!settled.has(id))
        core.violations.push({ where: 'socket', body: message, problem: 'unknown envelope_id' })
      return
    }
    const payload = isJson(message) && isJson(message.payload) ? message.payload : {}
    const body = Object.keys(payload).length === 0 ? undefined : payload
    if (body !== undefined && !found.accepts) {
      const where = `ack of ${found.kind}`
      core.violations.push({ where, body, problem: 'this acknowledgement takes no content' })
    }
    found.settle({ status: 200, headers: {}, body, sentAt: found.sentAt, at: performance.now() })
  }
  const send = (socket: WebSocket, outgoing: Outgoing, timeout: number): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const id = randomUUID()
      const accepts = acceptsPayload(outgoing)
      const end = (): void => {
        clearTimeout(timer)
        pending.delete(id)
        settled.add(id)
      }
      const timer = setTimeout(() => {
        end()
        reject(new Error(`no acknowledgement within ${timeout} ms`))
      }, timeout)
      const settle = (answer: Answer): void => {
        end()
        resolve(answer)
      }
      pending.set(id, { sentAt: performance.now(), accepts, kind: outgoing.kind, settle })
      socket.send(JSON.stringify(envelope(outgoing, id, accepts)))
    })
  return { acknowledge, send }
}

/** Milliseconds. */
const CLOSING_TIME = 500

// A client whose closing frame is never answered keeps its process alive for 30 seconds.
const closeGently = (socket: WebSocket): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => socket.terminate(), CLOSING_TIME)
    socket.once('close', () => {
      clearTimeout(timer)
      resolve()
    })
    socket.close(1001)
  })

const attach = (server: Server, core: Core, sockets: WebSocketServer): void => {
  server.on('upgrade', (request, socket, head) => {
    const url = new URL(request.url ?? '/', core.url)
    const allowed = url.pathname === '/link/' && core.tickets.useSocket(url.searchParams.get('ticket') ?? '')
    if (allowed) {
      sockets.handleUpgrade(request, socket, head, (client) => sockets.emit('connection', client))
    } else {
      socket.end('HTTP/1.1 401 Unauthorized\r\nconnection: close\r\n\r\n')
    }
  })
}

/** Serves Socket Mode on a server. */
export const createSocketTransport = (server: Server, core: Core, pingInterval: number): SocketTransport => {
  const sockets = new WebSocketServer({ noServer: true })
  const waiters = createConnectionWaiters()
  const envelopes = createEnvelopes(core)
  let opened = 0
  const openSockets = (): WebSocket[] =>
    [...sockets.clients].filter((client) => client.readyState === WebSocket.OPEN)

  attach(server, core, sockets)
  sockets.on('connection', (socket: WebSocket) => {
    opened += 1
    socket.on('error', () => socket.terminate())
    socket.on('message', envelopes.acknowledge)
    const info = { num_connections: sockets.clients.size, connection_info: { app_id: core.app.appId } }
    socket.send(
      JSON.stringify({ type: 'hello', ...info, debug_info: { approximate_connection_time: 18_060 } }),
    )
    socket.ping()
    waiters.end()
  })
  const pings = setInterval(() => {
    for (const socket of openSockets()) socket.ping()
  }, pingInterval)

  const waitForConnection = async (ms: number): Promise<void> => {
    if (openSockets().length === 0) await waiters.wait(ms)
  }

  return {
    waitForConnection,
    send: async (outgoing, timeout) => {
      await waitForConnection(timeout)
      const socket = openSockets().at(-1)
      if (!socket) throw new Error('the Socket Mode connection is gone')
      return envelopes.send(socket, outgoing, timeout)
    },
    refresh: (reason) => {
      for (const socket of openSockets()) socket.send(JSON.stringify({ type: 'disconnect', reason }))
    },
    drop: (terminate) => {
      for (const socket of openSockets()) terminate ? socket.terminate() : socket.close(1001)
    },
    counts: () => ({ open: openSockets().length, opened }),
    close: async () => {
      clearInterval(pings)
      waiters.end()
      await Promise.all([...sockets.clients].map(closeGently))
      await new Promise<void>((resolve) => sockets.close(() => resolve()))
    },
  }
}
