import type pg from 'pg'
import type { RateLimiterPostgres } from 'rate-limiter-flexible'
import type { Logger } from '../logger.ts'
import type { Rule, SharedCounts } from '../rate-limit.ts'
import { within } from '../within.ts'
import { hashMember } from './cipher.ts'

/** Longer no question waits for the database. Milliseconds. */
const patience = 200
/** Pauses between attempts to find it again. Milliseconds. */
const [shortestPause, longestPause] = [250, 5_000]
/** Counts that are over are removed so often. Milliseconds. */
const tidyEvery = 60_000
/** Of each process, beside those of the store: a long write must not hold up who asks. */
const mostConnections = 3

export interface SharedCountsConfig {
  databaseUrl: string
  /** The key for the hashes of whom is counted, the same in all processes; rejects while the database is away. */
  key(): Promise<string>
}

/** Rate limits in PostgreSQL. While it is away nobody waits for it: it is looked for in the background. */
export interface PostgresCounts extends SharedCounts {
  /** Connects now: that takes longer than a question waits. */
  open(): Promise<void>
  close(): Promise<void>
}

export function createPostgresCounts(
  { databaseUrl, key }: SharedCountsConfig,
  logger: Logger,
): PostgresCounts {
  const limiters = new Map<string, RateLimiterPostgres>()
  let opened: Promise<Counter> | undefined
  let isAway = false
  let isClosed = false
  let timer: NodeJS.Timeout | undefined
  let tidying: NodeJS.Timeout | undefined

  async function open(): Promise<Counter> {
    const [{ default: postgres }, library, secret] = await Promise.all([
      import('pg'),
      import('rate-limiter-flexible'),
      key(),
    ])
    const pool = createPool(postgres, databaseUrl)
    const limiterOf = (rule: Rule): RateLimiterPostgres => {
      const known = limiters.get(rule.keyPrefix)
      if (known !== undefined) return known
      const made = new library.RateLimiterPostgres({
        ...rule,
        storeClient: pool,
        storeType: 'pool',
        tableName: 'rate_limits',
        // The migrations make it; and they remove what is over only after an hour, which is long for what is about people.
        tableCreated: true,
        clearExpiredByTimeout: false,
      })
      limiters.set(rule.keyPrefix, made)
      return made
    }
    tidying = setInterval(() => tidy(pool), tidyEvery).unref()
    return { pool, limiterOf, secret }
  }

  /** Opens it now, and again after that failed. */
  function present(): Promise<Counter> {
    opened ??= open()
    const attempt = opened
    attempt.catch(() => {
      if (opened === attempt) opened = undefined
    })
    return attempt
  }

  async function count(rule: Rule, id: string) {
    const [{ limiterOf, secret }, { takeFrom }] = await Promise.all([present(), import('../rate-limit.ts')])
    // Not the hash under which other tables know the member.
    return takeFrom(limiterOf(rule), hashMember(`limit ${id}`, secret))
  }

  async function find(): Promise<void> {
    await (await present()).pool.query('select 1 from rate_limits limit 1')
  }

  function leave(error: unknown): void {
    if (isAway || isClosed) return
    isAway = true
    logger.warn(
      { error: error instanceof Error ? error.name : 'unknown' },
      'rate limits are counted by each process alone while the database is away',
    )
    lookAgain(shortestPause)
  }

  function lookAgain(pause: number): void {
    timer = setTimeout(async () => {
      try {
        await find()
        isAway = false
        logger.info({}, 'rate limits are counted for all processes together again')
      } catch {
        if (!isClosed) lookAgain(Math.min(pause * 2, longestPause))
      }
    }, pause).unref()
  }

  return {
    open: find,
    async take(rule, id) {
      if (isAway || isClosed) return undefined
      try {
        return await within(count(rule, id), patience)
      } catch (error) {
        leave(error)
        return undefined
      }
    },
    async close() {
      isClosed = true
      clearTimeout(timer)
      clearInterval(tidying)
      const ended = opened?.then(({ pool }) => pool.end())
      // A database that does not answer does not take leave either.
      await within(Promise.resolve(ended), patience).catch(() => {})
    },
  }
}

/** What is over is of no use, and is about people. */
function tidy(pool: pg.Pool): void {
  pool.query('delete from rate_limits where expire < $1', [Date.now()]).catch(() => {
    // The next time does it.
  })
}

interface Counter {
  pool: pg.Pool
  limiterOf(rule: Rule): RateLimiterPostgres
  secret: string
}

function createPool(postgres: typeof pg, connectionString: string): pg.Pool {
  const pool = new postgres.Pool({
    connectionString,
    max: mostConnections,
    // Whoever waited has long been answered by then.
    connectionTimeoutMillis: 2 * patience,
    query_timeout: 2 * patience,
    keepAlive: true,
    application_name: 'ai-career-bot limits',
  })
  // A connection that breaks is replaced when it is needed; an error to which nobody listens ends the program.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}
