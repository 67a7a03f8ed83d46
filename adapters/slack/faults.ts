/** What went wrong with Slack, as far as somebody can mend it. */
export interface Fault {
  code: string
  /** For the log: what to do about it. */
  mend: string
  /** For the member who asked: who can do what. */
  tell: string
}

const again = 'That did not work. Please try again in a minute.'

const known: Record<string, { mend: string; tell?: string }> = {
  not_in_channel: {
    mend: 'invite the bot to the channel',
    tell: 'I am not in that channel yet. Invite me with `/invite` and ask again.',
  },
  channel_not_found: {
    mend: 'invite the bot to the channel; it may be private',
    tell: 'I cannot see that channel. If it is private, invite me with `/invite` and ask again.',
  },
  is_archived: {
    mend: 'nothing: the channel is archived',
    tell: 'That channel is archived, so I cannot write there.',
  },
  restricted_action: {
    mend: 'let apps post in this channel (channel settings → posting permissions)',
    tell: 'I am not allowed to post there. Somebody who manages the channel can change that.',
  },
  invalid_auth: { mend: 'the token is not valid any more; copy it anew or install the app again' },
  account_inactive: { mend: 'the app was removed from this workspace; install it again' },
  token_revoked: { mend: 'the token was revoked; install the app again' },
  missing_scope: {
    mend: 'the app lacks a scope of adapters/slack/manifest.yaml; update the manifest and install the app again',
    tell: 'I lack a permission for that. Whoever installed me can update the app and install it again.',
  },
  expired_trigger_id: {
    mend: 'nothing, unless it happens often: then the process is too slow for the 3 seconds',
    tell: 'That took me too long. Please try again.',
  },
  expired_url: { mend: 'nothing: the message was too old to be changed' },
  used_url: { mend: 'nothing: the message was changed too often' },
}

/** `trigger_expired` and the like are older names of the same. */
const aliases: Record<string, string> = {
  trigger_expired: 'expired_trigger_id',
  exchanged_trigger_id: 'expired_trigger_id',
}

export function faultOf(error: unknown): Fault {
  const code = codeOf(error)
  const fault = known[aliases[code] ?? code]
  if (fault !== undefined) return { code, tell: again, ...fault }
  const message = error instanceof Error ? error.message : String(error)
  return { code, mend: message.slice(0, 200), tell: again }
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'fault'
  const { data, code } = error as { data?: { error?: unknown }; code?: unknown }
  if (typeof data?.error === 'string') return data.error
  return typeof code === 'string' ? code : 'fault'
}

/** The app was taken away or its token was: no waiting helps. */
export const lostToken = ['invalid_auth', 'not_authed', 'account_inactive', 'token_revoked']

const site = 'https://api.slack.com/apps'

/** One line for whoever starts the bot. */
export function explainStart(error: unknown, apiUrl: string): string {
  const { code, mend } = faultOf(error)
  if (lostToken.includes(code))
    return `Slack does not know the token (${code}): copy SLACK_BOT_TOKEN from ${site} → your app → OAuth & Permissions, and SLACK_APP_TOKEN from Basic Information → App-Level Tokens`
  if (code === 'not_allowed_token_type')
    return 'SLACK_APP_TOKEN is not an app-level token with the scope connections:write'
  if (code === 'missing_scope')
    return `SLACK_APP_TOKEN lacks the scope connections:write; make a new one at ${site} → Basic Information → App-Level Tokens`
  return `Slack cannot be reached at ${apiUrl}: ${mend}`
}
