import { setTimeout as wait } from 'node:timers/promises'
import type { RawCall, Repeat } from './calls.ts'
import type { HttpTransport } from './http-transport.ts'
import type { SocketTransport } from './socket-transport.ts'
import type { Answer, Outgoing } from './transport.ts'
import type { Delivery, Unanswered } from './types.ts'

/** Sends to the app and keeps the book of what got no answer. */
export interface Deliveries {
  useHttp(...urls: string[]): void
  useSocket(ms: number): Promise<void>
  /** `name` is what the list of unanswered requests calls it. */
  send(outgoing: Outgoing, name: string): Promise<Delivery>
  repeat(delivery: Delivery, repeat: Repeat): Promise<Delivery>
  raw(call: RawCall): Promise<Delivery>
  readonly unanswered: Unanswered[]
  close(): void
}

/** What deliveries need to know. */
export interface DeliverySettings {
  http: HttpTransport
  socket: SocketTransport
  ackTimeout: number
  retryDelays: readonly number[]
  setTargets(urls: readonly string[]): void
}

const succeeded = ({ status }: Answer): boolean => status >= 200 && status < 300

const report = (outgoing: Outgoing, { status, body, sentAt, at }: Answer, attempts: number): Delivery => ({
  status,
  body,
  sentAt,
  at,
  ackMs: at - sentAt,
  attempts,
  kind: outgoing.kind,
  payload: outgoing.payload,
})

/** Makes the way to the app. */
export const createDeliveries = (settings: DeliverySettings): Deliveries => {
  const { http, socket, ackTimeout, retryDelays } = settings
  const unanswered: Unanswered[] = []
  const ending = new AbortController()
  let transport: HttpTransport | SocketTransport | undefined

  const attempt = async (outgoing: Outgoing, name: string): Promise<Answer> => {
    if (!transport) throw new Error('call connectHttp or connectSocket first')
    const sentAt = performance.now()
    const missed = (): void => {
      if (ending.signal.aborted) return
      unanswered.push({ kind: outgoing.kind, name, payload: outgoing.payload, sentAt })
    }
    try {
      const answer = await transport.send(outgoing, ackTimeout)
      if (!succeeded(answer)) missed()
      return answer
    } catch (error) {
      missed()
      throw new Error(`${name} was not acknowledged: ${error instanceof Error ? error.message : error}`)
    }
  }

  const again = (answer: Answer | undefined): boolean =>
    answer === undefined || (!succeeded(answer) && answer.headers['x-slack-no-retry'] !== '1')

  const sendEvent = async (outgoing: Outgoing, name: string): Promise<Delivery> => {
    let last: Promise<Answer> = attempt(outgoing, name)
    let attempts = 1
    for (const delay of retryDelays) {
      const answer = await last.catch(() => undefined)
      if (!again(answer)) break
      await wait(delay, undefined, { signal: ending.signal })
      const timeout = transport === socket ? 'timeout' : 'http_timeout'
      const reason = answer === undefined ? timeout : 'http_error'
      last = attempt({ ...outgoing, retry: { num: attempts, reason } }, name)
      attempts += 1
    }
    return report(outgoing, await last, attempts)
  }

  const send = async (outgoing: Outgoing, name: string): Promise<Delivery> =>
    outgoing.kind === 'events_api'
      ? sendEvent(outgoing, name)
      : report(outgoing, await attempt(outgoing, name), 1)

  return {
    unanswered,
    send,
    useHttp: (...urls) => {
      settings.setTargets(urls)
      transport = http
    },
    useSocket: async (ms) => {
      transport = socket
      await socket.waitForConnection(ms)
    },
    repeat: async ({ kind, payload }, { num = 1, reason = 'http_timeout' }) => {
      if (kind === 'raw') throw new Error('a raw request cannot be repeated')
      const outgoing = { kind, payload, retry: { num, reason } }
      return report(outgoing, await attempt(outgoing, 'repeat'), 1)
    },
    raw: async (call) => {
      const { status, body, sentAt, at } = await http.raw(call, ackTimeout)
      return { status, body, sentAt, at, ackMs: at - sentAt, attempts: 1, kind: 'raw', payload: {} }
    },
    close: () => ending.abort(),
  }
}
