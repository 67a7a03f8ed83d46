import { Hono } from 'hono'
import { compress } from 'hono/compress'
import type { AdapterContext } from '../registry.ts'
import { createApi } from './api.ts'
import { readAssets, serveAssets } from './assets.ts'
import { createChat } from './chat.ts'
import { createClients } from './clients.ts'
import { createOperatorPages } from './operator.ts'
import { createPages } from './pages.ts'
import { type Env, isForeign, limitBody, secureHeaders } from './security.ts'
import type { WebSettings } from './settings.ts'
import { createVisitors } from './visitor.ts'

/** Bytes of a form. */
const formMost = 32 * 1024

type Context = Pick<AdapterContext, 'bot' | 'logger' | 'insights'>

/** All pages, the files they need, and the API. */
export function createSite({ bot, logger, insights }: Context, settings: WebSettings): Hono<Env> {
  const assets = readAssets()
  const pages = createPages(settings, assets, bot.complete)
  const clients = createClients(settings.proxies)
  const visitors = createVisitors(bot, clients)
  const site = new Hono<Env>()
  site.use(secureHeaders)
  serveAssets(site, assets)
  site.route('/api', createApi({ settings, visitors, pages }))

  site.use(compress())
  site.use(limitBody(formMost, (c) => c.html(pages.message('That is too much', 'Ask in fewer words.'), 413)))
  site.post('*', async (c, next) => {
    if (!isForeign(c, [])) return next()
    return c.html(pages.message('Not from there', 'This form belongs to another site.'), 403)
  })
  site.route('/', createChat(visitors, pages, settings.title))
  if (insights !== undefined) site.route('/', createOperatorPages(insights, pages, settings, clients))

  site.notFound((c) => c.html(pages.message('There is nothing here', 'This page does not exist.'), 404))
  site.onError((error, c) => {
    logger.error({ platform: 'web', error: error.name }, 'a request was not answered')
    return c.html(pages.message('That did not work', 'Please try again in a minute.'), 500)
  })
  return site
}
