import { randomBytes } from 'node:crypto'
import type { Adapter, App, Bot } from '../src/index.ts'
import { SettingsError } from '../src/index.ts'
import { createLogger } from './logger.ts'
import { createQuiet, type Quiet } from './quiet.ts'
import { hasPlatform, idleSettings, registry } from './registry.ts'
import { createServer, type WebServer } from './server.ts'

/**
 * Runs every platform that is set up; without one, the page to try it on.
 *
 * @returns what is wrong with the settings, a line each; undefined when all platforms are connected
 */
export async function runPlatforms(
  app: App,
  env: Record<string, string | undefined>,
): Promise<string[] | undefined> {
  const isTryOut = !hasPlatform(env)
  for (const line of idleSettings(env)) process.stderr.write(`${line}\n`)
  const entries = Object.entries(registry).filter(([, entry]) => entry.isConfigured(env))
  app.openStore()
  const logger = createLogger(env.LOG_LEVEL?.trim().toLowerCase() || (isTryOut ? 'warn' : 'info'))
  const port = Number(env.PORT || 3000)
  // Whoever only tries it out shows it to nobody else.
  const host = env.WEB_HOST?.trim() || (isTryOut ? '127.0.0.1' : undefined)
  const missing = new Set(entries.map(([name]) => name))
  const server = createServer(port, host, logger, {
    missing: () => [...missing].map((name) => `${name} is not connected yet`),
    notes: () => (app.waiting() > 0 ? [`${app.waiting()} entries wait for the database`] : []),
  })
  // Numbers are for those who ask for a port: a process without one listens to nobody.
  const bot = env.PORT && !isTryOut ? await measured(app, server) : app.bot
  // What people ask is for those who started it; a proxy on this machine may pass on what anybody asks.
  const password = env.WEB_TOKEN?.trim() || randomBytes(12).toString('base64url')
  const quiet = createQuiet()
  const warming = app.bot.warmUp()
  const adapters: Adapter[] = []
  let stopping: Promise<void> | undefined
  const stop = (): Promise<void> => {
    stopping ??= server
      .stop()
      .then(() => Promise.all(adapters.map((adapter) => adapter.stop())))
      .then(() => app.close())
    return stopping
  }
  const context = {
    logger,
    environment: isTryOut ? { ...env, WEB_TOKEN: password } : env,
    mount: server.mount,
    store: app.store,
    insights: app.insights,
    fatal: (problem: string): void => {
      process.stderr.write(`${problem}\n`)
      process.exitCode = 1
      void stop().finally(() => process.exit())
    },
  }
  // One fault must not take the answers from everybody else.
  process.on('unhandledRejection', (reason) =>
    logger.error(
      { error: reason instanceof Error ? reason.message : 'unknown' },
      'a fault of the bot itself',
    ),
  )
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  try {
    for (const [name, entry] of entries) {
      const { createAdapter } = await entry.load()
      adapters.push(createAdapter({ ...context, bot: onPlatform(bot, name, quiet) }))
    }
    warming.next()
    await server.start()
    await Promise.all(
      adapters.map((adapter, i) => adapter.start().then(() => missing.delete(entries[i]?.[0] ?? ''))),
    )
    await server.ready()
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error
    return ['The bot cannot start:', ...error.problems.map((line) => `  ${line}`)]
  }
  if (isTryOut) greet(app, port, env.WEB_TOKEN?.trim() ? 'WEB_TOKEN' : password, !env.QUESTION_LOG_DAYS)
  void quiet.settle(warming)
}

/** For somebody who started it without any account. */
function greet({ engine }: App, port: number, password: string, keepsNone: boolean): void {
  const { sections, documents } = engine().content
  process.stdout.write(`
  Ask at http://localhost:${port}     (${sections.length} sections in ${documents} documents)
  What people ask${keepsNone ? ', once QUESTION_LOG_DAYS is set' : ''}: http://localhost:${port}/insights (password: ${password})

  In this terminal instead:  npm run chat
  To connect Discord, set DISCORD_TOKEN in .env (docs/discord.md); for Slack, SLACK_BOT_TOKEN (docs/slack.md).
  Ctrl+C stops it.
`)
}

async function measured(app: App, server: WebServer): Promise<Bot> {
  const { createMetrics } = await import('./metrics.ts')
  const { bot, listener } = createMetrics(app)
  server.mount('/metrics', listener)
  return bot
}

/** Every event tells where it came from, whatever the adapter says of it. */
function onPlatform(bot: Bot, platform: string, quiet: Quiet): Bot {
  const complete: Bot['complete'] = {
    questions: (typed, limit) => quiet.during(() => bot.complete.questions(typed, limit)),
    roles: (typed, limit) => quiet.during(() => bot.complete.roles(typed, limit)),
    levels: (typed, limit) => quiet.during(() => bot.complete.levels(typed, limit)),
  }
  return {
    ...bot,
    complete,
    handle: (event) => quiet.during(() => bot.handle({ ...event, platform })),
    ask: (question) => quiet.during(() => bot.ask({ ...question, platform })),
  }
}
