import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SelectQueryNode,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import Libsql from 'libsql'
import { makeFolder } from './make-folder.ts'
import { StoreError } from './store-error.ts'

/** Within a call libsql waits without letting anything else run, so it waits briefly. Milliseconds. */
const blockingWait = 20
/** In all, while other processes write. Milliseconds. */
const longestWait = 15_000

/** The embedded database: the file `careers.db` in the folder, both made when they are not there. */
export function openEmbedded(folder: string): Dialect {
  return {
    createDriver: () => createDriver(folder),
    createAdapter: () => new EmbeddedAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  }
}

/** Migrations run in a transaction, which lets one process at a time through. */
class EmbeddedAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

function createDriver(folder: string): Driver {
  let database: Libsql.Database | undefined
  let connection: DatabaseConnection | undefined
  // There is one connection: whoever has it keeps it to the end of a transaction.
  let turn = Promise.resolve()
  let release = (): void => {}
  const opened = (): Libsql.Database => {
    if (database === undefined) throw new StoreError('the database is closed', false)
    return database
  }
  return {
    async init() {
      database = await openFile(folder)
      connection = createSession(database)
    },
    async acquireConnection() {
      const before = turn
      let done = (): void => {}
      turn = new Promise((resolve) => {
        done = resolve
      })
      await before
      release = done
      return connection as DatabaseConnection
    },
    beginTransaction: () => begin(opened()),
    commitTransaction: async () => void opened().exec('commit'),
    async rollbackTransaction() {
      // A full disk, for one, has ended it already.
      if (opened().inTransaction) opened().exec('rollback')
    },
    releaseConnection: async () => release(),
    async destroy() {
      try {
        // So that the file alone is the whole database. Where other processes use it, the last of them does it.
        database?.exec('pragma wal_checkpoint(truncate)')
      } catch {
        // Nothing is lost: the next process that opens it finds all in the file beside it.
      }
      database?.close()
      database = undefined
    },
  }
}

async function openFile(folder: string): Promise<Libsql.Database> {
  try {
    makeFolder(folder)
    const database = new Libsql(join(folder, 'careers.db'), { timeout: blockingWait })
    try {
      // Readers and one writer at once. What was acknowledged outlives the process; a power failure may take the last
      // seconds, because waiting for the disk at each write would hold up every answer.
      await patiently(() => database.exec('pragma journal_mode = wal; pragma synchronous = normal'))
    } catch (error) {
      database.close()
      throw error
    }
    return database
  } catch (error) {
    throw embeddedFault(error, folder)
  }
}

/**
 * A transaction that begins by reading cannot always go on to writing, so each takes the right to write first. Only
 * `exec` may meet a busy database: it lets go of its statement, while one from `prepare` stays half done, and then the
 * next write of the connection says that it is done, never commits and locks everybody else out (libsql 0.5.29).
 */
function begin(database: Libsql.Database): Promise<void> {
  return patiently(() => void database.exec('begin immediate'))
}

/** Runs it again while other processes are writing. */
async function patiently<T>(work: () => T): Promise<T> {
  const end = Date.now() + longestWait
  for (let wait = 1; ; wait = Math.min(wait * 2, 50)) {
    try {
      return work()
    } catch (error) {
      if (!codeOf(error).startsWith('SQLITE_BUSY') || Date.now() > end) throw error
      // Not all at the same moment again.
      await sleep(wait * (0.5 + Math.random()))
    }
  }
}

function createSession(database: Libsql.Database): DatabaseConnection {
  return {
    async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
      if (SelectQueryNode.is(query.query) || database.inTransaction) return execute<Row>(database, query)
      await begin(database)
      try {
        const result = execute<Row>(database, query)
        database.exec('commit')
        return result
      } catch (error) {
        if (database.inTransaction) database.exec('rollback')
        throw error
      }
    },
    // biome-ignore lint/correctness/useYield: nothing of ours asks for it
    async *streamQuery() {
      throw new Error('the embedded database reads whole pages')
    },
  }
}

function execute<Row>(database: Libsql.Database, { sql, parameters }: CompiledQuery): QueryResult<Row> {
  const statement = database.prepare(sql)
  if (statement.reader) return { rows: statement.all(...parameters) as Row[] }
  return { rows: [], numAffectedRows: BigInt(statement.run(...parameters).changes) }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

/** What is wrong with the embedded database and how to mend it. */
export function embeddedFault(error: unknown, folder: string): StoreError {
  if (error instanceof StoreError) return error
  const code = codeOf(error)
  const { message } = error as Error
  const file = join(folder, 'careers.db')
  const where = `DATA_DIR: the database ${file}`
  if (/^SQLITE_(?:NOTADB|CORRUPT)/.test(code))
    return new StoreError(`${where} is damaged or no database; put a copy in its place, or move it away`)
  if (/^SQLITE_(?:FULL|IOERR)|ENOSPC/.test(code))
    return new StoreError(`${where} cannot be written (${code}); make room on the disk`)
  if (code.startsWith('SQLITE_BUSY'))
    return new StoreError(`${where} is held by another program; end it, or let it finish`)
  if (/^(?:SQLITE_(?:READONLY|CANTOPEN|PERM)|E[A-Z]+$)/.test(code) || message.includes('Unable to open'))
    return new StoreError(
      `DATA_DIR: the folder ${folder} cannot be used (${code || 'it does not open'}); name a folder that this user may write to`,
    )
  return new StoreError(`${where} refuses: ${message}`, !code.startsWith('SQLITE_'))
}
