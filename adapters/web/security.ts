import type { HttpBindings } from '@hono/node-server'
import type { Context, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'

export type Env = { Bindings: HttpBindings }

/** Nothing but our own files runs, and no other site frames a page. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

const always = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'content-security-policy': policy,
  'cache-control': 'no-store',
}

/** On node's own response: with hono's headers a response takes longer than finding the answer. */
export function setHeader(c: Context<Env>, name: string, value: string): void {
  c.env.outgoing.setHeader(name, value)
}

/** Headers of every response; a route may say something else later. */
export const secureHeaders: MiddlewareHandler<Env> = (c, next) => {
  for (const [name, value] of Object.entries(always)) setHeader(c, name, value)
  return next()
}

/** True when a page of another site sends this and the operator did not list it. Programs send no origin. */
export function isForeign(c: Context<Env>, origins: readonly string[]): boolean {
  const origin = c.req.header('origin')
  if (origin !== undefined && origins.includes(origin)) return false
  // Browsers tell it themselves, and no page can change what they say.
  const site = c.req.header('sec-fetch-site')
  if (site !== undefined) return site !== 'same-origin' && site !== 'none'
  if (origin === undefined) return false
  return !URL.canParse(origin) || new URL(origin).host !== c.req.header('host')?.toLowerCase()
}

/**
 * Refuses bodies of more bytes. Most say how long they are, and node:http holds them to it; hono's own limit makes a
 * whole Request for each, which takes longer than answering a question.
 */
export function limitBody(most: number, refuse: (c: Context<Env>) => Response): MiddlewareHandler<Env> {
  const counting = bodyLimit({ maxSize: most, onError: (c) => refuse(c as Context<Env>) })
  return (c, next) => {
    const length = c.req.header('content-length')
    if (length === undefined) return c.req.method === 'GET' ? next() : counting(c, next)
    return Number(length) <= most ? next() : Promise.resolve(refuse(c))
  }
}

/** Seconds for which a browser need not ask again whether it may ask. */
const preflightKept = '600'

/** Lets pages of listed sites ask and read answers; to all others it says nothing, so that their browsers refuse. */
export function allowOrigins(origins: readonly string[]): MiddlewareHandler<Env> {
  return async (c, next) => {
    setHeader(c, 'vary', 'origin')
    const origin = c.req.header('origin')
    const isListed = origin !== undefined && origins.includes(origin)
    if (isListed) setHeader(c, 'access-control-allow-origin', origin)
    if (c.req.method !== 'OPTIONS') return next()
    if (isListed) {
      c.header('access-control-allow-methods', 'POST')
      c.header('access-control-allow-headers', 'content-type')
      c.header('access-control-max-age', preflightKept)
    }
    return c.body(null, 204)
  }
}
