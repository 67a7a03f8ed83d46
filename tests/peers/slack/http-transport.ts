import { createHmac } from 'node:crypto'
import { Agent, type IncomingMessage, request } from 'node:http'
import { performance } from 'node:perf_hooks'
import type { RawCall } from './calls.ts'
import { type Answer, type Outgoing, readBody, type Transport } from './transport.ts'

const FORM = 'application/x-www-form-urlencoded'
const JSON_TYPE = 'application/json'

/** Signed requests to an address. */
export interface HttpTransport extends Transport {
  /** Over a connection of its own: a server that refuses a body may leave the rest of it unread. */
  raw(call: RawCall, timeout: number): Promise<Answer>
  close(): void
}

const encode = ({ kind, payload }: Outgoing): { body: string; contentType: string } => {
  if (kind === 'events_api') return { body: JSON.stringify(payload), contentType: JSON_TYPE }
  const fields =
    kind === 'interactive'
      ? { payload: JSON.stringify(payload) }
      : Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, String(value)]))
  return { body: new URLSearchParams(fields).toString(), contentType: FORM }
}

/** https://docs.slack.dev/authentication/verifying-requests-from-slack */
const sign = (secret: string, timestamp: number, body: string | Buffer): string =>
  `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex')}`

const signatureHeaders = (secret: string, { body, signature = 'valid', age = 0 }: RawCall) => {
  if (signature === 'missing') return {}
  const timestamp = Math.floor(Date.now() / 1000) - age
  return {
    'x-slack-request-timestamp': String(timestamp),
    'x-slack-signature': sign(signature === 'valid' ? secret : `not ${secret}`, timestamp, body),
  }
}

const readText = async (response: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

/** Makes the transport. `target` tells where to send what names no address of its own. */
export const createHttpTransport = (secret: string, target: () => string): HttpTransport => {
  const lasting = new Agent({ keepAlive: true })
  const open = new Set<() => void>()

  const exchange = (call: RawCall, timeout: number, agent: Agent | false): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const sentAt = performance.now()
      const headers = {
        'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
        accept: '*/*',
        'content-type': call.contentType ?? JSON_TYPE,
        'content-length': Buffer.byteLength(call.body),
        ...signatureHeaders(secret, call),
        ...call.headers,
      }
      const outgoing = request(call.url ?? target(), { agent, method: call.method ?? 'POST', headers })
      const stop = (): void => {
        outgoing.destroy(new Error(`no answer within ${timeout} ms`))
      }
      const timer = setTimeout(stop, timeout)
      open.add(stop)
      const end = (): void => {
        clearTimeout(timer)
        open.delete(stop)
      }
      outgoing.on('error', (error) => {
        end()
        reject(error)
      })
      outgoing.on('response', (response) => {
        const at = performance.now()
        readText(response)
          .then((body) =>
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              body: readBody(body),
              sentAt,
              at,
            }),
          )
          .catch(reject)
          .finally(end)
      })
      outgoing.end(call.body)
    })

  return {
    raw: (call, timeout) => exchange(call, timeout, false),
    send: (outgoing, timeout) => {
      const { retry } = outgoing
      const headers: Record<string, string> = retry
        ? { 'x-slack-retry-num': String(retry.num), 'x-slack-retry-reason': retry.reason }
        : {}
      return exchange({ ...encode(outgoing), headers }, timeout, lasting)
    },
    close: () => {
      for (const stop of [...open]) stop()
      lasting.destroy()
    },
  }
}
