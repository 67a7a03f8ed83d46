import { type Dialect, type Kysely, PostgresDialect, type PostgresPool, sql } from 'kysely'
import pg from 'pg'
import { StoreError } from './store-error.ts'
import type { Tables } from './tables.ts'

/** Milliseconds: longer than any query of ours, so that one that hangs does not hold what comes after it for ever. */
const longestQuery = 30_000
/** Milliseconds. */
const longestConnect = 5_000
/** Each process has its own: enough for what a bot stores, and many processes fit the usual 100 of a server. */
const mostConnections = 4

/** Counts and sums come as texts, because they might not fit a number; ours do. */
const numbers = new Set<number>([pg.types.builtins.INT8, pg.types.builtins.NUMERIC])

export function openPostgres(url: string): Dialect {
  return new PostgresDialect({ pool: async () => createPool(url) })
}

function createPool(url: string): PostgresPool {
  const pool = new pg.Pool({
    connectionString: url,
    max: mostConnections,
    connectionTimeoutMillis: longestConnect,
    query_timeout: longestQuery,
    keepAlive: true,
    application_name: 'ai-career-bot',
    types: {
      getTypeParser: ((oid: number, format?: 'text') =>
        numbers.has(oid) ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
    },
  })
  // A connection that breaks is replaced when it is needed. The pool listens to idle ones only, and an error to which
  // nobody listens ends the program.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return {
    async connect() {
      const client = await pool.connect()
      let broken = false
      const query = async (...args: Parameters<typeof client.query>) => {
        try {
          return await client.query(...args)
        } catch (error) {
          // Only the server's own complaints leave the connection usable.
          broken ||= !(error instanceof pg.DatabaseError)
          throw error
        }
      }
      return { query: query as never, release: () => client.release(broken) }
    },
    end: () => pool.end(),
  }
}

/** The schema in which new tables are made. */
export async function currentSchema(db: Kysely<Tables>): Promise<string> {
  const { rows } = await sql<{ name: string | null }>`select current_schema() as name`.execute(db)
  const name = rows[0]?.name
  if (name) return name
  throw new StoreError(
    'DATABASE_URL: the schema of its search_path is not there; create it, or leave search_path out',
  )
}

/** What is wrong with PostgreSQL and how to mend it. */
export function postgresFault(error: unknown, url: string): StoreError {
  if (error instanceof StoreError) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const { server, user, database, secrets } = describe(url)
  // Nothing that a driver says may carry the password into a log.
  const said = secrets.reduce((text, secret) => text.replaceAll(secret, '…'), (error as Error).message)
  switch (code) {
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ETIMEDOUT':
    case 'ECONNRESET':
    case 'ENOENT':
      return new StoreError(
        `DATABASE_URL: there is no PostgreSQL at ${server} (${code}); start it, or correct host and port`,
      )
    case '28P01':
    case '28000':
      return new StoreError(
        `DATABASE_URL: PostgreSQL at ${server} does not let "${user}" in; correct user and password`,
      )
    case '3D000':
      return new StoreError(
        `DATABASE_URL: PostgreSQL at ${server} has no database "${database}"; create it: createdb ${database}`,
      )
    case '42501':
      return new StoreError(
        `DATABASE_URL: "${user}" may not do that in "${database}" (${said}); grant CREATE on the schema to it`,
      )
    case '53300':
      return new StoreError(
        `DATABASE_URL: PostgreSQL at ${server} has no connection left; raise max_connections, or run fewer processes`,
      )
  }
  const isAboutTls = /SSL|TLS|certificate/i.test(said)
  if (isAboutTls)
    return new StoreError(
      `DATABASE_URL: no safe connection to ${server}: ${said}; set sslmode at its end as your provider says`,
    )
  const isData = /^(?:22|23)/.test(code)
  return new StoreError(
    `DATABASE_URL: PostgreSQL at ${server}: ${said || code || 'the connection ended'}`,
    !isData,
  )
}

/** The parts of a URL that may be told, and those that may not. */
function describe(url: string) {
  try {
    const { host, username, password, pathname, searchParams } = new URL(url)
    const secrets = [password, decodeURIComponent(password), searchParams.get('password') ?? '']
    return {
      server: host || searchParams.get('host') || 'localhost',
      user: decodeURIComponent(username),
      database: decodeURIComponent(pathname.slice(1)),
      secrets: secrets.filter((secret) => secret !== ''),
    }
  } catch {
    return { server: 'the server', user: '', database: '', secrets: [url] }
  }
}
