import { type Context, Hono } from 'hono'
import type { z } from 'zod'
import { type Answered, answerJson, isAnswered } from '../../src/index.ts'
import { apiPage, describeApi } from './openapi.ts'
import type { Pages } from './pages.ts'
import { type Asked, turn } from './render.ts'
import { askRequest, feedbackRequest, openRequest } from './schemas.ts'
import { allowOrigins, type Env, isForeign, limitBody, setHeader } from './security.ts'
import type { WebSettings } from './settings.ts'
import type { Visitors } from './visitor.ts'

/** Bytes; the longest question in the longest writing fits. */
const bodyMost = 32 * 1024

interface ApiDeps {
  settings: WebSettings
  visitors: Visitors
  pages: Pages
}

/** The JSON API below `/api`. */
export function createApi({ settings, visitors, pages }: ApiDeps): Hono<Env> {
  const { origins } = settings
  const api = new Hono<Env>()
  const description = describeApi(settings.title)
  api.get('/', (c) => c.html(pages.page('API', apiPage(description))))
  api.get('/openapi.json', (c) => c.json(description))

  api.use(allowOrigins(origins))
  api.use(async (c, next) => {
    if (c.req.method !== 'POST') {
      c.header('allow', 'POST')
      return fail(c, 405, 'send a POST; GET /api describes what there is')
    }
    if (isForeign(c, origins)) return fail(c, 403, 'this site is not listed in WEB_ORIGINS')
    setHeader(c, 'cross-origin-resource-policy', 'cross-origin')
    return next()
  })
  api.use(limitBody(bodyMost, (c) => fail(c, 413, `at most ${bodyMost} bytes`)))

  function answered(c: Context<Env>, asked: Asked, found: Answered, began: number, withHtml = false) {
    const { reply } = found
    const body = {
      ...answerJson(asked.q ?? '', found, performance.now() - began),
      reference: isAnswered(reply) ? reply.reference : null,
      ...(withHtml && { html: turn(reply, asked).text }),
    }
    if (reply.kind !== 'limited') return c.json(body)
    c.header('retry-after', String(reply.retryAfter))
    return c.json(body, 429)
  }

  api.post('/ask', async (c) => {
    const given = await read(c, askRequest)
    if (given instanceof Response) return given
    const began = performance.now()
    const { question: q, html } = given
    // A program may pass on the null that it got.
    const asked = {
      q,
      role: given.role ?? undefined,
      level: given.level ?? undefined,
      after: given.after ?? undefined,
    }
    return answered(c, asked, await visitors.ask(c.env.incoming, asked), began, html)
  })

  api.post('/open', async (c) => {
    const given = await read(c, openRequest)
    if (given instanceof Response) return given
    const began = performance.now()
    const reply = await visitors.open(c.env.incoming, given.reference)
    return answered(c, { open: given.reference }, { reply, sections: [] }, began, given.html)
  })

  api.post('/feedback', async (c) => {
    const given = await read(c, feedbackRequest)
    if (given instanceof Response) return given
    const reply = await visitors.judge(c.env.incoming, given)
    if (typeof reply === 'number') {
      c.header('retry-after', String(reply))
      return fail(c, 429, `too many at once; wait ${reply} seconds`)
    }
    return c.json({ text: 'text' in reply ? reply.text : '' })
  })
  return api
}

function fail(c: Context, status: 400 | 403 | 405 | 413 | 415 | 429, error: string): Response {
  return c.json({ error }, status)
}

/** @returns what the schema makes of the request, or the response that says what is wrong with it */
async function read<T extends z.ZodType>(c: Context<Env>, schema: T): Promise<z.infer<T> | Response> {
  // Another site's form cannot send this type, so nothing comes from one without the browser asking first.
  if (!/^application\/json\s*(?:;|$)/i.test(c.req.header('content-type') ?? ''))
    return fail(c, 415, 'send JSON with the header content-type: application/json')
  let given: unknown
  try {
    given = await c.req.json()
  } catch {
    return fail(c, 400, 'this is no JSON')
  }
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map(
    ({ path, message }) => `${path.join('.') || 'request'}: ${message}`,
  )
  return fail(c, 400, problems.slice(0, 5).join('; '))
}
