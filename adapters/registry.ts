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

interface Entry {
  /** True when the settings turn this platform on. */
  isConfigured(environment: Record<string, string | undefined>): boolean
  /** Platform SDKs are slow to load, so each is loaded only when it is used. */
  load(): Promise<{ createAdapter(context: AdapterContext): Adapter }>
}

/** Name → how to load it, a line each. */
const platforms: Record<string, Entry> = {
  discord: {
    isConfigured: ({ DISCORD_TOKEN }) => !!DISCORD_TOKEN?.trim(),
    load: () => import('./discord/index.ts'),
  },
  slack: {
    // Any of them, so that whoever forgot one is told which.
    isConfigured: ({ SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_SIGNING_SECRET, SLACK_CLIENT_ID }) =>
      [SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_SIGNING_SECRET, SLACK_CLIENT_ID].some((value) =>
        value?.trim(),
      ),
    load: () => import('./slack/index.ts'),
  },
}

/** True when somebody set up a platform that needs an account. */
export function hasPlatform(environment: Record<string, string | undefined>): boolean {
  return Object.values(platforms).some((entry) => entry.isConfigured(environment))
}

export const registry: Record<string, Entry> = {
  ...platforms,
  // It needs no account, so it is what runs when nothing else does.
  web: {
    isConfigured: (environment) =>
      /^(?:1|true|yes|on)$/i.test(environment.WEB_PAGE?.trim() ?? '') || !hasPlatform(environment),
    load: () => import('./web/index.ts'),
  },
}
