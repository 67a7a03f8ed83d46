import type { Adapter, Bot, Logger } from '../src/index.ts'

/** What every adapter is given. Its own settings it reads from `environment`. */
export interface AdapterContext {
  bot: Bot
  logger: Logger
  environment: Record<string, string | undefined>
}

interface Entry {
  /** True when the settings turn this platform on. */
  isConfigured(environment: Record<string, string | undefined>): boolean
  /** Platform SDKs are slow to load, so each is loaded only when it is used. */
  load(): Promise<{ createAdapter(context: AdapterContext): Adapter }>
}

/** Name → how to load it, a line each. */
export const registry: Record<string, Entry> = {}

/** What runs when no platform is set: it needs no account. */
export const withoutPlatform: Entry = {
  isConfigured: () => true,
  load: () => import('./console/chat.ts'),
}
