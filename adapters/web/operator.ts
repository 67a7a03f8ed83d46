import { type Context, Hono } from 'hono'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { StoreError } from '../../src/index.ts'
import type { AdapterContext } from '../registry.ts'
import { type Clients, isSame } from './clients.ts'
import { insightsPage, ranges } from './insights.ts'
import type { Pages } from './pages.ts'
import type { Env } from './security.ts'
import type { WebSettings } from './settings.ts'

/** Wrong tokens that one client may try in a minute. */
const mostTries = 10

/** Milliseconds. */
const day = 24 * 60 * 60 * 1000
/** Days that are shown first. */
const usualRange = '30'

/** Who may see what is for operators: `ask` them for the token, `wait` so many seconds, or it is not there for them. */
type Access = 'granted' | 'ask' | 'none' | { wait: number }

/** Whoever has the token. That somebody is on this machine says nothing: all that a proxy here passes on is. */
function createAccess({ token }: WebSettings, clients: Clients): (c: Context<Env>) => Promise<Access> {
  const tries = new RateLimiterMemory({ points: mostTries, duration: 60 })
  return async (c) => {
    const { incoming } = c.env
    if (token === undefined) return 'none'
    const given = givenToken(c.req.header('authorization'))
    if (given === undefined) return 'ask'
    const client = clients.nameOf(incoming)
    const before = await tries.get(client)
    if (before !== null && before.remainingPoints <= 0) return { wait: Math.ceil(before.msBeforeNext / 1000) }
    if (isSame(given, token)) return 'granted'
    await tries.consume(client).catch(() => {
      // The next try is told to wait.
    })
    return 'ask'
  }
}

/** The pages for operators. */
export function createOperatorPages(
  insights: NonNullable<AdapterContext['insights']>,
  pages: Pages,
  settings: WebSettings,
  clients: Clients,
): Hono<Env> {
  const access = createAccess(settings, clients)
  const site = new Hono<Env>()
  site.use('/insights', async (c, next) => {
    const allowed = await access(c)
    if (allowed === 'granted') return next()
    if (allowed === 'none') return c.notFound()
    if (allowed === 'ask') {
      c.header('www-authenticate', 'Basic realm="any name, and WEB_TOKEN as the password", charset="UTF-8"')
      return c.html(pages.message('For operators', 'The password is what WEB_TOKEN is set to.'), 401)
    }
    c.header('retry-after', String(allowed.wait))
    return c.html(pages.message('One moment', `Please wait ${allowed.wait} seconds.`), 429)
  })
  site.get('/insights', async (c) => {
    const asked = c.req.query('days') ?? usualRange
    const range = ranges.find((days) => String(days) === asked)
    try {
      const figures = await insights(range === undefined ? undefined : Date.now() - range * day)
      return c.html(pages.page('What people ask', insightsPage(figures, range), { sheets: ['insights.css'] }))
    } catch (error) {
      if (!(error instanceof StoreError)) throw error
      const text = 'The log of the bot says why. Please try again in a minute.'
      return c.html(pages.message('The database is away', text), 503)
    }
  })
  return site
}

/** `Bearer <token>`, or what a browser sends for any name and the token as the password. */
function givenToken(header: string | undefined): string | undefined {
  const [, scheme, value = ''] = /^(bearer|basic) ([\w+/=.~-]{1,1000})$/i.exec(header ?? '') ?? []
  if (scheme === undefined) return undefined
  if (scheme.toLowerCase() === 'bearer') return value
  const pair = Buffer.from(value, 'base64').toString('utf8')
  return pair.slice(pair.indexOf(':') + 1)
}
