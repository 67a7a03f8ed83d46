import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { parse } from 'node:querystring'
import { isValidSlackRequest } from '@slack/bolt'
import type { Logger } from '../../src/index.ts'
import { readJson } from './parse.ts'

/** Bigger requests are none of Slack's. Bytes. */
const bodyLimit = 1024 * 1024
/** A signature is valid for 5 minutes. Milliseconds. */
const rememberFor = 6 * 60 * 1000

const form = 'application/x-www-form-urlencoded'

/** Where Slack sends everything. */
export const eventsPath = '/slack/events'

interface IntakeOptions {
  signingSecret: string
  logger: Logger
  /** The time in milliseconds. */
  now(): number
}

/**
 * Stands before Bolt's listener, which a signed `null` would end, which takes a caught request twice and leaves the
 * connection of a request that is too large hanging: only what Slack may have sent, and only once, goes on to it.
 */
export function createIntake(
  bolt: RequestListener,
  { signingSecret, logger, now }: IntakeOptions,
): RequestListener {
  const isFirst = createReplayGuard(now)

  return (request, response) => {
    const [path] = (request.url ?? '').split('?', 1)
    if (request.method !== 'POST' || path !== eventsPath) return passOn(bolt, request, response)
    take(request, response).catch(() => {
      // Whoever sent it has gone.
      response.destroy()
    })
  }

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request)
    const status = body === undefined ? 413 : check(request, body.toString())
    if (status !== undefined) {
      if (status >= 400) logger.warn({ platform: 'slack', status }, 'a request was refused')
      // The rest of the body may still be on its way, so nothing else can come over this connection.
      response.writeHead(status, body === undefined ? { connection: 'close' } : {}).end()
      return
    }
    // Bolt takes this for the body, and checks the signature itself once more.
    bolt(Object.assign(request, { rawBody: body }), response)
  }

  /** @returns undefined when Bolt shall have it, or the status to answer with */
  function check(request: IncomingMessage, body: string): number | undefined {
    const isForm = request.headers['content-type'] === form
    // Slack looks whether the certificate is right, unsigned.
    if (isForm && parse(body).ssl_check === '1') return 200
    if (!isSigned(request, body, signingSecret)) return 401
    const read = readRequest(body, isForm)
    if (read === undefined) return 400
    if (read.type === 'app_rate_limited') {
      logger.warn({ platform: 'slack' }, 'Slack holds events back: there are too many of them')
      return 200
    }
    // An event that is sent again within the same second is signed the same; its id tells it apart from a new one.
    const attempt = isForm ? 0 : request.headers['x-slack-retry-num']
    return isFirst(`${request.headers['x-slack-signature']} ${attempt}`) ? undefined : 401
  }
}

function isSigned({ headers }: IncomingMessage, body: string, signingSecret: string): boolean {
  const timestamp = Number(headers['x-slack-request-timestamp'])
  if (!Number.isSafeInteger(timestamp)) return false
  const signature = String(headers['x-slack-signature'])
  const signed = { 'x-slack-signature': signature, 'x-slack-request-timestamp': timestamp }
  return isValidSlackRequest({ signingSecret, body, headers: signed })
}

/** Bolt throws for a path that it does not know. */
function passOn(bolt: RequestListener, request: IncomingMessage, response: ServerResponse): void {
  try {
    bolt(request, response)
  } catch {
    response.writeHead(404).end()
  }
}

/** @returns undefined when it is too large */
function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > bodyLimit) {
        chunks.length = 0
        resolve(undefined)
      } else chunks.push(chunk)
    })
    request.once('end', () => resolve(Buffer.concat(chunks)))
    request.once('error', reject)
    request.once('close', () => reject(new Error('the connection ended')))
  })
}

/** @returns true for a key that was not seen before */
function createReplayGuard(now: () => number): (key: string) => boolean {
  const seen = new Map<string, number>()
  return (key) => {
    const at = now()
    for (const [oldest, since] of seen) {
      if (at - since <= rememberFor) break
      seen.delete(oldest)
    }
    if (seen.has(key)) return false
    seen.set(key, at)
    return true
  }
}

/** @returns undefined for what Slack never sends */
function readRequest(body: string, isForm: boolean): Record<string, unknown> | undefined {
  const read = isForm ? readForm(body) : readJson(body)
  if (!isRecord(read)) return undefined
  return (isForm ? isInteraction(read) : isEvent(read)) ? read : undefined
}

function readForm(body: string): unknown {
  const fields = parse(body)
  return fields.payload === undefined ? fields : readJson(String(fields.payload))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isEvent({ type, event, event_id: id, challenge }: Record<string, unknown>): boolean {
  if (type === 'app_rate_limited') return true
  if (type === 'url_verification') return typeof challenge === 'string'
  return (
    type === 'event_callback' && typeof id === 'string' && isRecord(event) && typeof event.type === 'string'
  )
}

/** A command, or what somebody did with a button, a form or a shortcut. */
function isInteraction({ command, type, user }: Record<string, unknown>): boolean {
  return typeof command === 'string' || (typeof type === 'string' && isRecord(user))
}
