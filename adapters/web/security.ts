import type { HttpBindings } from '@hono/node-server'
import type { Context, MiddlewareHandler } from 'hono'

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

/** Headers of every response; a route may say something else later. */
export const secureHeaders: MiddlewareHandler<Env> = (c, next) => {
  for (const [name, value] of Object.entries(always)) c.header(name, value)
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
