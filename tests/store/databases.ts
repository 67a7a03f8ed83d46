import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely'
import pg from 'pg'
import { createConnection } from '../../src/store/connection.ts'
import { createStore, type StoreConfig, storeOver } from '../../src/store/create-store.ts'
import { currentSchema, postgresFault } from '../../src/store/postgres.ts'
import type { StoreUnderTest } from '../contracts/store.ts'
import { dumpOf } from './dump.ts'

/** The PostgreSQL that tests may use; undefined: they do without. */
export const testDatabaseUrl = process.env.TEST_DATABASE_URL || undefined

/** A database for the processes of a test. */
export interface Place extends StoreUnderTest {
  config: StoreConfig
}

/** A folder of its own with the embedded database. */
export async function embeddedPlace(): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), 'career-store-'))
  const config = { dataDir: folder }
  return {
    config,
    open: ({ now, ...options } = {}) => createStore({ ...config, ...options }, now),
    dump: async () => dumpOf(folder).join('\n'),
    close: async () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** A schema of its own, so that tests do not meet, nor what is in the database already. */
export async function postgresPlace(url = testDatabaseUrl ?? ''): Promise<Place> {
  const schema = `careers_test_${randomBytes(6).toString('hex')}`
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`create schema ${schema}`)
  const own = new URL(url)
  own.searchParams.set('options', `-c search_path=${schema}`)
  const config = { dataDir: '/nowhere', databaseUrl: own.href }
  return {
    config,
    open: ({ now, ...options } = {}) => createStore({ ...config, ...options }, now),
    dump: async () => {
      const tables = await client.query('select tablename from pg_tables where schemaname = $1', [schema])
      const rows: string[] = []
      for (const { tablename } of tables.rows) {
        const found = await client.query(`select * from ${schema}."${tablename}"`)
        rows.push(...found.rows.map((row) => `${tablename} ${JSON.stringify(row)}`))
      }
      return rows.join('\n')
    },
    close: async () => {
      await client.query(`drop schema ${schema} cascade`)
      await client.end()
    },
  }
}

/** What processes can share, by name. */
export const places: [string, () => Promise<Place>][] = [
  ['the embedded database', embeddedPlace],
  ...(testDatabaseUrl ? ([['PostgreSQL', () => postgresPlace()]] as [string, () => Promise<Place>][]) : []),
]

/** PostgreSQL inside this process; what two stores share is one connection. */
export async function pglitePlace(): Promise<StoreUnderTest> {
  const database = await PGlite.create({ parsers: { 20: Number, 1700: Number } })
  return {
    open: ({ encryptionKey, now } = {}) =>
      storeOver(
        createConnection(async () => ({
          dialect: new PostgresDialect({ pool: poolOf(database) }),
          schemaOf: currentSchema,
          fault: (error) => postgresFault(error, 'postgres://pglite/test'),
        })),
        encryptionKey,
        now,
      ),
    dump: async () => {
      const tables = await database.query<{ name: string }>(
        "select tablename as name from pg_tables where schemaname = 'public'",
      )
      const rows = []
      for (const { name } of tables.rows) rows.push((await database.query(`select * from "${name}"`)).rows)
      return JSON.stringify(rows)
    },
    close: () => database.close(),
  }
}

const turns = new WeakMap<PGlite, Promise<void>>()

function poolOf(database: PGlite): PostgresPool {
  return {
    async connect() {
      // One connection for all: whoever has it keeps it to the end of a transaction.
      const before = turns.get(database)
      let release = (): void => {}
      turns.set(
        database,
        new Promise((resolve) => {
          release = resolve
        }),
      )
      await before
      const query = async (sql: string, parameters: unknown[]) => {
        const { rows, affectedRows } = await database.query(sql, parameters)
        return { rows, rowCount: affectedRows ?? 0, command: sql.trim().split(' ', 1)[0]?.toUpperCase() }
      }
      return { query, release } as unknown as PostgresPoolClient
    },
    end: async () => {},
  }
}
