import type { Handler } from './api-call.ts'
import { type Core, SlackError } from './core.ts'
import { type Json, text } from './problem.ts'

const authTest: Handler = ({ team }) => ({
  url: `https://${team.domain}.slack.com/`,
  team: team.name,
  team_id: team.id,
  user: team.users.get(team.botUserId)?.name,
  user_id: team.botUserId,
  bot_id: team.botId,
  is_enterprise_install: false,
})

/** auth.* */
export const accessMethods: Readonly<Record<string, Handler>> = { 'auth.test': authTest }

/** apps.connections.open, which has no workspace. */
export const openConnection = (core: Core): Json => ({
  url: `${core.url.replace('http', 'ws')}/link/?ticket=${core.tickets.socket()}&app_id=${core.app.appId}`,
})

/** oauth.v2.access, which has no token: installs the app in the workspace that the code stands for. */
export const exchangeCode = ({ app, tickets }: Core, args: Json): Json => {
  if (args.client_id !== app.clientId) throw new SlackError('invalid_client_id')
  if (args.client_secret !== app.clientSecret) throw new SlackError('bad_client_secret')
  const { team, user, scopes, redirectUri } = tickets.exchangeGrant(text(args.code))
  if (args.redirect_uri !== redirectUri) throw new SlackError('bad_redirect_uri')
  team.installed = true
  team.scopes = scopes
  return {
    app_id: app.appId,
    authed_user: { id: user.id },
    scope: scopes.join(','),
    token_type: 'bot',
    access_token: team.botToken,
    bot_user_id: team.botUserId,
    team: { id: team.id, name: team.name },
    enterprise: null,
    is_enterprise_install: false,
  }
}
