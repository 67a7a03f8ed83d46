import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { compress } from 'hono/compress'
import { z } from 'zod'
import type { Bot, Logger } from '../../src/index.ts'
import { isAnswered, type Reply } from '../../src/index.ts'
import { createApi } from './api.ts'
import { type Asset, readAssets } from './assets.ts'
import { html } from './html.ts'
import { looks } from './looks.ts'
import { createPages, longestQuestion } from './pages.ts'
import { type Asked, addressOf, reasonForm, turn } from './render.ts'
import { type Env, isForeign, secureHeaders } from './security.ts'
import type { WebSettings } from './settings.ts'
import type { Visitors } from './visitor.ts'

/** Bytes of a form. */
const formMost = 32 * 1024

interface SiteDeps {
  bot: Bot
  logger: Logger
  settings: WebSettings
  visitors: Visitors
}

const words = (most: number) =>
  z
    .string()
    .transform((text) => text.slice(0, most))
    .optional()
    .catch(undefined)

/** Anything may stand in an address or a form; what is no text is not there. */
const askedForm = z.object({
  q: words(longestQuestion),
  role: words(100),
  level: words(100),
  after: words(200),
  open: words(200),
})

const opinionForm = z.object({
  reference: z.string().min(1).max(200),
  helpful: z.enum(['yes', 'no']).transform((said) => said === 'yes'),
  reason: words(500),
})

/** All pages and the API. */
export function createSite({ bot, logger, settings, visitors }: SiteDeps): Hono<Env> {
  const assets = readAssets()
  const pages = createPages(settings, assets, bot.complete)
  const site = new Hono<Env>()
  site.use(secureHeaders)

  site.get('/assets/:name', (c) => {
    const asset = assets.get(c.req.param('name'))
    return asset === undefined ? c.notFound() : send(c, asset)
  })
  site.get('/widget.js', (c) => {
    c.header('cross-origin-resource-policy', 'cross-origin')
    const asset = assets.get('widget.js')
    return asset === undefined ? c.notFound() : send(c, asset)
  })
  site.route('/api', createApi({ settings, visitors, pages }))

  site.use(compress())
  site.use(
    bodyLimit({
      maxSize: formMost,
      onError: (c) => c.html(message('That is too much', 'Ask in fewer words.'), 413),
    }),
  )
  site.post('*', async (c, next) => {
    if (isForeign(c, [])) return c.html(message('Not from there', 'This form belongs to another site.'), 403)
    return next()
  })

  function message(title: string, text: string): string {
    return pages.page(title, html`<h1>${title}</h1><p>${text}</p><p><a href="/">Ask a question</a></p>`)
  }

  /** What somebody asked or picked, or where to begin. */
  async function replyTo(c: Context<Env>, asked: Asked): Promise<Reply> {
    if (asked.q !== undefined && asked.q.trim() !== '')
      return (await visitors.ask(c.env.incoming, asked)).reply
    if (asked.open) return visitors.open(c.env.incoming, asked.open)
    return visitors.show('help')
  }

  async function chat(c: Context<Env>, asked: Asked) {
    const reply = await replyTo(c, asked)
    const after = isAnswered(reply) ? reply.reference : asked.after
    if (reply.kind === 'limited') c.header('retry-after', String(reply.retryAfter))
    return c.html(pages.chat(turn(reply, asked), asked, after), reply.kind === 'limited' ? 429 : 200)
  }

  site.get('/', (c) => chat(c, askedForm.parse(c.req.query())))
  site.post('/', async (c) => chat(c, askedForm.parse(await form(c))))
  site.get('/about', async (c) => {
    const about = await visitors.show('about')
    return c.html(pages.page('About', html`<h1 class="unseen">About</h1>${turn(about, {})}`))
  })
  site.get('/preview', async (c) => {
    const asked = askedForm.parse(c.req.query())
    const reply = await replyTo(c, asked)
    const main = html`<h1>The same answer in Discord and Slack</h1>
<p><a href="${addressOf('/', asked)}">Back to the answer</a></p>${looks(reply, settings.title)}`
    return c.html(pages.page('In Discord and Slack', main, { sheets: ['looks.css'] }))
  })
  site.post('/feedback', async (c) => {
    const given = opinionForm.safeParse(await form(c))
    if (!given.success) return c.html(message('That did not work', 'Please go back and try again.'), 400)
    const { data: opinion } = given
    const reply = await visitors.judge(c.env.incoming, opinion)
    if (typeof reply === 'number') return c.html(message('One moment', `Please wait ${reply} seconds.`), 429)
    const more = !opinion.helpful && !opinion.reason && reasonForm(opinion.reference)
    const main = html`<h1>Thank you</h1>${turn(reply, {})}${more}
<p><a href="${addressOf('/', { open: opinion.reference })}">Back to the answer</a></p>`
    return c.html(pages.page('Thank you', main))
  })
  site.notFound((c) => c.html(message('There is nothing here', 'This page does not exist.'), 404))
  site.onError((error, c) => {
    logger.error({ platform: 'web', error: error.name }, 'a request was not answered')
    return c.html(message('That did not work', 'Please try again in a minute.'), 500)
  })
  return site
}

/** What is no form is an empty one. */
async function form(c: Context<Env>): Promise<Record<string, unknown>> {
  try {
    return await c.req.parseBody()
  } catch {
    return {}
  }
}

function send(c: Context<Env>, { type, body, gzip, version }: Asset): Response {
  const tag = `"${version}"`
  c.header('etag', tag)
  c.header('content-type', type)
  c.header('vary', 'accept-encoding')
  // Pages name a file with its version, so that it never has to be asked for again.
  const isLasting = c.req.query('v') === version
  c.header('cache-control', isLasting ? 'public, max-age=31536000, immutable' : 'public, max-age=3600')
  if (c.req.header('if-none-match') === tag) return c.body(null, 304)
  if (!/\bgzip\b/.test(c.req.header('accept-encoding') ?? '')) return c.body(body)
  c.header('content-encoding', 'gzip')
  return c.body(gzip)
}
