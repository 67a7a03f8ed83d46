import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { isAnswered, type Reply } from '../../src/index.ts'
import { html } from './html.ts'
import { looks } from './looks.ts'
import { longestQuestion, type Pages } from './pages.ts'
import { type Asked, addressOf, reasonForm, turn } from './render.ts'
import type { Env } from './security.ts'
import type { Visitors } from './visitor.ts'

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

/** The pages for visitors. All of them work without JavaScript. */
export function createChat(visitors: Visitors, pages: Pages, name: string): Hono<Env> {
  const site = new Hono<Env>()

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
<p><a href="${addressOf('/', asked)}">Back to the answer</a></p>${looks(reply, name)}`
    return c.html(pages.page('In Discord and Slack', main, { sheets: ['looks.css'] }))
  })
  site.post('/feedback', async (c) => {
    const given = opinionForm.safeParse(await form(c))
    if (!given.success)
      return c.html(pages.message('That did not work', 'Please go back and try again.'), 400)
    const { data: opinion } = given
    const reply = await visitors.judge(c.env.incoming, opinion)
    if (typeof reply === 'number')
      return c.html(pages.message('One moment', `Please wait ${reply} seconds.`), 429)
    const more = !opinion.helpful && !opinion.reason && reasonForm(opinion.reference)
    const main = html`<h1>Thank you</h1>${turn(reply, {})}${more}
<p><a href="${addressOf('/', { open: opinion.reference })}">Back to the answer</a></p>`
    return c.html(pages.page('Thank you', main))
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
