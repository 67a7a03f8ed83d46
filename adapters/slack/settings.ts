import { z } from 'zod'
import { readSettingsOf } from '../../src/index.ts'

const schema = z
  .object({
    SLACK_BOT_TOKEN: z.string().startsWith('xoxb-', 'a bot token begins with xoxb-').optional(),
    SLACK_APP_TOKEN: z.string().startsWith('xapp-', 'an app-level token begins with xapp-').optional(),
    SLACK_SIGNING_SECRET: z
      .string()
      .min(16, 'copy it anew from Basic Information → App Credentials: it is longer')
      .optional(),
    SLACK_CLIENT_ID: z.string().optional(),
    SLACK_CLIENT_SECRET: z.string().optional(),
    SLACK_STATE_SECRET: z.string().min(16, 'it has at least 16 characters').optional(),
    // The core reads it; here it matters only that it is there.
    ENCRYPTION_KEY: z.string().optional(),
    SLACK_WELCOME: z
      .string()
      .regex(
        /^(?:off|team|[CG][A-Z0-9]{5,20}(?: *, *[CG][A-Z0-9]{5,20})*)$/,
        'write off, team, or the ids of channels with commas between them',
      )
      .default('off'),
    SLACK_API_URL: z.url({ protocol: /^https?$/ }).default('https://slack.com/api/'),
  })
  .superRefine((set, context) => {
    const need = (name: keyof typeof set, reason: string): void => {
      if (set[name] === undefined) context.addIssue({ code: 'custom', path: [name], message: reason })
    }
    if (set.SLACK_CLIENT_ID !== undefined) {
      need('SLACK_CLIENT_SECRET', 'installation in many workspaces needs it beside SLACK_CLIENT_ID')
      need('SLACK_STATE_SECRET', 'installation in many workspaces needs it: any random text of yours')
      need('SLACK_SIGNING_SECRET', 'installation in many workspaces works over HTTP only, which needs it')
      need(
        'ENCRYPTION_KEY',
        'tokens of workspaces are kept encrypted only; make one with: openssl rand -hex 32',
      )
      return
    }
    need('SLACK_BOT_TOKEN', 'it is missing; OAuth & Permissions → Bot User OAuth Token')
    if (set.SLACK_SIGNING_SECRET === undefined)
      need(
        'SLACK_APP_TOKEN',
        'Socket Mode needs it (Basic Information → App-Level Tokens), HTTP needs SLACK_SIGNING_SECRET',
      )
  })

/** Secrets stay in here and in Bolt; they are never logged. */
export interface SlackSettings {
  apiUrl: string
  /** Who gets one direct message: whoever joins the workspace, or one of these channels. */
  welcome: { team: boolean; channels: ReadonlySet<string> }
  transport:
    | { kind: 'socket'; botToken: string; appToken: string }
    | { kind: 'http'; botToken: string; signingSecret: string }
    | { kind: 'oauth'; signingSecret: string; clientId: string; clientSecret: string; stateSecret: string }
}

/** @returns the settings, or what is wrong with them, a line each */
export function readSlackSettings(
  environment: Record<string, string | undefined>,
): SlackSettings | { problems: string[] } {
  const read = readSettingsOf(
    schema,
    environment,
    (name) => name.startsWith('SLACK_') || name === 'ENCRYPTION_KEY',
  )
  if ('problems' in read) return read
  const { data } = read
  const ids = ['off', 'team'].includes(data.SLACK_WELCOME) ? [] : data.SLACK_WELCOME.split(/ *, */)
  const welcome = { team: data.SLACK_WELCOME === 'team', channels: new Set(ids) }
  const apiUrl = data.SLACK_API_URL.replace(/\/*$/, '/')
  const { SLACK_BOT_TOKEN: botToken = '', SLACK_SIGNING_SECRET: signingSecret = '' } = data
  if (data.SLACK_CLIENT_ID !== undefined) {
    const {
      SLACK_CLIENT_ID: clientId,
      SLACK_CLIENT_SECRET: clientSecret = '',
      SLACK_STATE_SECRET: stateSecret = '',
    } = data
    return {
      apiUrl,
      welcome,
      transport: { kind: 'oauth', signingSecret, clientId, clientSecret, stateSecret },
    }
  }
  // Where both are set, Socket Mode is meant: it needs no public address.
  if (data.SLACK_APP_TOKEN !== undefined)
    return { apiUrl, welcome, transport: { kind: 'socket', botToken, appToken: data.SLACK_APP_TOKEN } }
  return { apiUrl, welcome, transport: { kind: 'http', botToken, signingSecret } }
}
