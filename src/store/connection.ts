import type { Dialect, Kysely } from 'kysely'
import { StoreError } from './store-error.ts'
import type { Tables } from './tables.ts'

export interface DatabaseConfig {
  /** Folder of the embedded database, used when there is no `databaseUrl`. */
  dataDir: string
  /** `postgres://…` */
  databaseUrl?: string | undefined
}

/** One of the databases, not opened yet. */
export interface Database {
  dialect: Dialect
  /** Where the tables are made: without it, PostgreSQL would take a table of another schema for ours. */
  schemaOf?(db: Kysely<Tables>): Promise<string>
  /** What is wrong and how to mend it. */
  fault(error: unknown): StoreError
}

/** A database that is opened and brought up to date when it is first used, and again after that failed. */
export interface Connection {
  /** @throws StoreError */
  use<T>(work: (db: Kysely<Tables>) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** The libraries of a database take time to load, so they come when it is opened. */
export async function chooseDatabase({ dataDir, databaseUrl }: DatabaseConfig): Promise<Database> {
  if (databaseUrl === undefined) {
    const { embeddedFault, openEmbedded } = await import('./embedded.ts')
    return { dialect: openEmbedded(dataDir), fault: (error) => embeddedFault(error, dataDir) }
  }
  const { currentSchema, openPostgres, postgresFault } = await import('./postgres.ts')
  return {
    dialect: openPostgres(databaseUrl),
    schemaOf: currentSchema,
    fault: (error) => postgresFault(error, databaseUrl),
  }
}

/** @param choose gives a new one for each attempt to open it */
export function createConnection(choose: () => Promise<Database>): Connection {
  let opened: Promise<Kysely<Tables>> | undefined
  let isClosed = false
  // What went wrong is told in the terms of the database it went wrong with.
  let fault: Database['fault'] | undefined

  async function open(): Promise<Kysely<Tables>> {
    const database = await choose()
    fault = database.fault
    const { openTables } = await import('./open-tables.ts')
    return openTables(database)
  }

  return {
    async use(work) {
      if (isClosed) throw new StoreError('the database is closed', false)
      try {
        opened ??= open()
        const attempt = opened
        attempt.catch(() => {
          if (opened === attempt) opened = undefined
        })
        return await work(await attempt)
      } catch (error) {
        if (error instanceof StoreError || fault === undefined) throw error
        throw fault(error)
      }
    },
    async close() {
      isClosed = true
      const db = await opened?.catch(() => undefined)
      await db?.destroy()
    },
  }
}
