import type { InstallCall } from './calls.ts'
import type { Core } from './core.ts'
import { actorOf } from './drive.ts'
import type { Installed } from './types.ts'

const AUTHORIZE = /https?:\/\/[^"'\s<>]+\/oauth\/v2\/authorize\?[^"'\s<>]+/

// The page offers the address as a link, or the answer redirects to it.
const authorizeUrl = async (page: Response): Promise<URL> => {
  const found = page.headers.get('location') ?? AUTHORIZE.exec(await page.text())?.[0]
  if (found === undefined) throw new Error(`${page.url} (${page.status}) leads to no authorize page`)
  return new URL(found.replaceAll('&amp;', '&'))
}

const cookiesOf = (page: Response): string =>
  page.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')

const consent = (core: Core, call: InstallCall, asked: URLSearchParams): URLSearchParams => {
  const state = call.forgeState ? 'forged' : (asked.get('state') ?? '')
  if (call.deny) return new URLSearchParams({ error: 'access_denied', state })
  const scopes = (asked.get('scope') ?? '').split(',').filter((scope) => scope !== '')
  if (scopes.length === 0) throw new Error('invalid_scope: the authorize address asks for no scope')
  if (asked.get('client_id') !== core.app.clientId)
    throw new Error('invalid_client_id in the authorize address')
  const redirectUri = asked.get('redirect_uri')
  const grant = { ...actorOf(core, call), scopes, ...(redirectUri === null ? {} : { redirectUri }) }
  return new URLSearchParams({ code: core.tickets.grant(grant), state })
}

/** Plays the browser of a member who installs the app: from the app's page to Slack's and back. */
export const install = async (core: Core, call: InstallCall): Promise<Installed> => {
  const page = await fetch(call.url, { redirect: 'manual' })
  const authorize = await authorizeUrl(page)
  const back = new URL(authorize.searchParams.get('redirect_uri') ?? '/slack/oauth_redirect', call.url)
  back.search = consent(core, call, authorize.searchParams).toString()
  const headers = call.dropCookies ? {} : { cookie: cookiesOf(page) }
  const landed = await fetch(back, { redirect: 'manual', headers })
  return {
    status: landed.status,
    body: await landed.text(),
    authorizeUrl: authorize,
    team: core.world.team(call.team),
  }
}
