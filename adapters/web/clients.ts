import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'

/** Who asks, as far as has to be known. */
export interface Clients {
  /** A name for limits: made with a key that is forgotten when the process ends, so no address leaves this file. */
  nameOf(request: IncomingMessage): string
  /** The same for one thing that a client did. */
  stampOf(request: IncomingMessage, what: string): string
}

/** @param proxies so many reverse proxies in front are believed what they say about who asks */
export function createClients(proxies: number): Clients {
  const key = randomBytes(32)
  const hash = (text: string): string =>
    createHmac('sha256', key).update(text).digest('base64url').slice(0, 22)
  return {
    nameOf: (request) => `web:${hash(network(addressOf(request, proxies)))}`,
    stampOf: (request, what) => `web:${hash(`${network(addressOf(request, proxies))} ${what}`)}`,
  }
}

/** Each proxy adds at the end whom it spoke with; what stands before, anybody may have written. */
function addressOf({ headers, socket }: IncomingMessage, proxies: number): string {
  const direct = socket.remoteAddress ?? ''
  if (proxies === 0) return direct
  const forwarded = String(headers['x-forwarded-for'] ?? '').split(',')
  const claimed = forwarded.at(-proxies)?.trim() ?? ''
  return isIP(claimed) === 0 ? direct : claimed
}

/** Whoever has one IPv6 address has 2^64 of them, so the network counts. */
function network(address: string): string {
  const mapped = address.replace(/^::ffff:(?=\d+\.)/i, '')
  if (isIP(mapped) !== 6) return mapped
  const [head = '', tail] = mapped.split('%', 1)[0]?.toLowerCase().split('::') ?? []
  const before = head === '' ? [] : head.split(':')
  const missing = tail === undefined ? 0 : 8 - before.length - tail.split(':').filter(Boolean).length
  return [...before, ...new Array<string>(Math.max(missing, 0)).fill('0'), ...(tail?.split(':') ?? [])]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')
}

/** Takes as long for a wrong secret as for the right one. */
export function isSame(given: string, secret: string): boolean {
  const key = randomBytes(32)
  const digest = (text: string): Buffer => createHmac('sha256', key).update(text).digest()
  return timingSafeEqual(digest(given), digest(secret))
}
