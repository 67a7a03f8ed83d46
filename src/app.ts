import { type Bot, createBot } from './bot.ts'
import { ContentError } from './content/files.ts'
import { type Compiled, indexKey, loadContent } from './content/load.ts'
import { formatProblem, type Problem } from './content/section.ts'
import { createEngine, type Engine } from './engine.ts'
import type { Insights } from './insights/insights.ts'
import type { Logger } from './logger.ts'
import type { RateLimit } from './rate-limit.ts'
import { createKeeper } from './store/keeper.ts'
import type { Store } from './store/store.ts'

export interface AppConfig {
  /** Folder of the documents. */
  contentDir: string
  /** Folder of the embedded database, made when it is first needed. */
  dataDir: string
  /** `postgres://…` instead of the embedded database. */
  databaseUrl?: string | undefined
  /** 64 hexadecimal digits: the key for what is kept encrypted, and for the hashes of members. */
  encryptionKey?: string | undefined
  /** Questions are kept for so many days; 0 or nothing: not at all. */
  questionLogDays?: number | undefined
  /** True: a changed document is read again while the bot runs. */
  watch?: boolean
}

export interface AppDeps {
  logger: Logger
  /** The time in milliseconds. */
  now?: () => number
  /** What was made of the files before, so that it need not be made again. */
  compiled?: Compiled
  onProgress?: (step: 'reading' | 'indexing', done: number, total: number) => void
}

/** content → index → engine → bot */
export interface App {
  bot: Bot
  /** The engine of the present content. */
  engine(): Engine
  /** What is remembered over a restart. */
  store: Store
  /**
   * What people asked and what became of it.
   *
   * @param since milliseconds since 1970; all that is kept without it
   * @throws StoreError when the database is away
   */
  insights(since?: number): Promise<Insights>
  /** How many entries wait for the database. */
  waiting(): number
  /** Opens the database in the background, so that what is wrong with it is seen at the start. */
  openStore(): void
  /** What was wrong with the files at the first reading. */
  problems: readonly Problem[]
  close(): Promise<void>
}

/** A problem that was there before moves when lines are added above it; it is no reason to refuse a new version. */
function withoutLine({ file, message }: Problem): string {
  return `${file}: ${message}`
}

/** @throws ContentError when there is nothing to answer from */
export async function createApp(config: AppConfig, deps: AppDeps): Promise<App> {
  const { logger, onProgress, now = Date.now } = deps
  // Files that did not change are taken from here, so a reload reads and parses only what did.
  const compiled: Compiled = deps.compiled ?? new Map()
  const load = async (): Promise<Engine> => {
    const content = await loadContent(config.contentDir, {
      compiled,
      onProgress: (done, total) => onProgress?.('reading', done, total),
    })
    const engine = await createEngine(content, {
      compiled,
      onProgress: (done, total) => onProgress?.('indexing', done, total),
    })
    // The engine has made its own of the index, and it is as large again.
    compiled.delete(indexKey(content.fingerprint))
    return engine
  }
  let engine = await load()

  let loading = Promise.resolve()
  const reload = async (): Promise<void> => {
    try {
      const next = await load()
      const { problems, sections } = next.content
      const before = new Set(engine.content.problems.map(withoutLine))
      if (problems.some((problem) => !before.has(withoutLine(problem)))) {
        logger.warn(
          { problems: problems.map(formatProblem) },
          'the changed documents have problems; the last good version keeps answering',
        )
        return
      }
      engine = next
      logger.info({ sections: sections.length }, 'the changed documents are in use')
    } catch (error) {
      if (!(error instanceof ContentError)) throw error
      logger.warn(
        { problems: [error.message, ...error.problems.map(formatProblem)] },
        'the changed documents cannot be read; the last good version keeps answering',
      )
    }
  }
  let stopWatching = async (): Promise<void> => {}
  if (config.watch) {
    // Watching needs a library that takes time to load; a single question does without.
    const { watchFolder } = await import('./content/watch.ts')
    stopWatching = await watchFolder(
      config.contentDir,
      () => {
        // One reload at a time, in order, so that an older version never overtakes a newer one.
        loading = loading
          .then(reload)
          .catch((error: Error) => logger.error({ error: error.message }, 'reloading failed'))
      },
      (error) =>
        logger.warn(
          { error: error.message },
          'changes of the documents are not noticed; restart after a change',
        ),
    )
  }

  let limiter: Promise<RateLimit> | undefined
  const keeper = createKeeper(config, logger, now)
  return {
    bot: createBot({
      engine: () => engine,
      now,
      // A single question on the command line does without, so it is loaded with the first event.
      limit: async (member, place) => {
        limiter ??= import('./rate-limit.ts').then(({ createRateLimit, usualLimits }) =>
          createRateLimit(usualLimits, keeper.counts),
        )
        return (await limiter)(member, place)
      },
      keepFeedback: keeper.feedback,
      members: keeper.members,
      questionLogDays: config.questionLogDays,
      greetings: keeper.greetings,
      ...(keeper.question && { keepQuestion: keeper.question }),
    }),
    store: keeper.store,
    waiting: keeper.waiting,
    openStore: keeper.open,
    async insights(since) {
      const { computeInsights } = await import('./insights/insights.ts')
      const { feedback, questions } = keeper.store.records
      return computeInsights(
        { questions: questions.since(since ?? 0), feedback: feedback.since(since ?? 0) },
        engine,
        { since, until: now(), questionsAreKept: (config.questionLogDays ?? 0) > 0 },
      )
    },
    engine: () => engine,
    problems: engine.content.problems,
    async close() {
      await stopWatching()
      await keeper.close()
    },
  }
}
