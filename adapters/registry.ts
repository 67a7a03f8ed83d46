import type { RequestListener } from 'node:http'
import type { Adapter, Bot, Logger, Store } from '../src/index.ts'
import type { Insights } from './web/insights.ts'

/** What every adapter is given. Its own settings it reads from `environment`. */
export interface AdapterContext {
  bot: Bot
  /** For what a platform has to remember itself, such as installations. */
  store: Store
  logger: Logger
  environment: Record<string, string | undefined>
  /** What people asked from a time on, in milliseconds since 1970. Rejects with a StoreError when the database is away. */
  insights?: ((since?: number) => Promise<Insights>) | undefined
  /** Puts a listener below a path of the process's one HTTP server. */
  mount(path: string, listener: RequestListener): void
  /** For what cannot go on and nobody but the operator can mend: the process says so and ends. */
  fatal(problem: string): void
}

type Environment = Record<string, string | undefined>

interface Entry {
  /** The names of its settings, without `DISCORD_` and the like. */
  settings: readonly string[]
  /** What turns it on. */
  needs: string
  /** True when the settings turn this platform on. */
  isConfigured(environment: Environment): boolean
  /** Platform SDKs are slow to load, so each is loaded only when it is used. */
  load(): Promise<{ createAdapter(context: AdapterContext): Adapter }>
}

/** Name → how to load it, a line each. */
const platforms: Record<string, Entry> = {
  discord: {
    settings: ['TOKEN', 'API_URL', 'GUILD_ID', 'SHARDS', 'ANSWER_CHANNELS', 'WELCOME', 'READ_POSTS'],
    needs: 'DISCORD_TOKEN',
    isConfigured: ({ DISCORD_TOKEN }) => !!DISCORD_TOKEN?.trim(),
    load: () => import('./discord/index.ts'),
  },
  slack: {
    settings: [
      'BOT_TOKEN',
      'APP_TOKEN',
      'SIGNING_SECRET',
      'CLIENT_ID',
      'CLIENT_SECRET',
      'STATE_SECRET',
      'WELCOME',
      'API_URL',
    ],
    needs: 'SLACK_BOT_TOKEN or SLACK_CLIENT_ID',
    // Any of them, so that whoever forgot one is told which.
    isConfigured: ({ SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_SIGNING_SECRET, SLACK_CLIENT_ID }) =>
      [SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_SIGNING_SECRET, SLACK_CLIENT_ID].some((value) =>
        value?.trim(),
      ),
    load: () => import('./slack/index.ts'),
  },
}

/** True when somebody set up a platform that needs an account. */
export function hasPlatform(environment: Environment): boolean {
  return Object.values(platforms).some((entry) => entry.isConfigured(environment))
}

export const registry: Record<string, Entry> = {
  ...platforms,
  // It needs no account, so it is what runs when nothing else does.
  web: {
    // Where all of it listens, WEB_HOST, is for the other platforms, too.
    settings: ['PAGE', 'TITLE', 'ORIGINS', 'TRUST_PROXY', 'TOKEN'],
    needs: 'WEB_PAGE=1',
    isConfigured: (environment) => isOn(environment.WEB_PAGE) || !hasPlatform(environment),
    load: () => import('./web/index.ts'),
  },
}

function isOn(setting = ''): boolean {
  return /^(?:1|true|yes|on)$/i.test(setting.trim())
}

/** What is set and does nothing, a line each: mistyped names, and settings of a platform that is off. */
export function idleSettings(environment: Environment): string[] {
  const lines: string[] = []
  for (const [name, value] of Object.entries(environment)) {
    const [, prefix = '', own = ''] = /^(DISCORD|SLACK|WEB)_(.+)$/.exec(name) ?? []
    const entry = registry[prefix.toLowerCase()]
    if (entry === undefined || !value?.trim() || name === 'WEB_HOST') continue
    if (!entry.settings.includes(own))
      lines.push(`${name} is no setting of this bot and does nothing; .env.example has all of them`)
    else if (!entry.isConfigured(environment) && !isOff(value))
      lines.push(`${name} does nothing without ${entry.needs}`)
  }
  return lines
}

function isOff(setting: string): boolean {
  return /^(?:0|false|no|off)$/i.test(setting.trim())
}
