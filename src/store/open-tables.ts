import { Kysely, Migrator } from 'kysely'
import type { Database } from './connection.ts'
import { createGuard } from './guard.ts'
import { migrations } from './migrations.ts'
import { StoreError } from './store-error.ts'
import type { Tables } from './tables.ts'

/** Opens a database and brings its tables up to date; of many processes that do so at once, one does the work. */
export async function openTables({ dialect, schemaOf }: Database): Promise<Kysely<Tables>> {
  const db = new Kysely<Tables>({ dialect, plugins: [createGuard()] })
  try {
    await migrate(db, await schemaOf?.(db))
    return db
  } catch (error) {
    await db.destroy()
    throw error
  }
}

async function migrate(db: Kysely<Tables>, schema: string | undefined): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
    // Other programs may keep tables in the same database.
    migrationTableName: 'careers_migration',
    migrationLockTableName: 'careers_migration_lock',
    ...(schema !== undefined && { migrationTableSchema: schema }),
  })
  const { error } = await migrator.migrateToLatest()
  if (error === undefined) return
  if (error instanceof Error && /previously executed migration/.test(error.message))
    throw new StoreError(
      'DATABASE_URL, DATA_DIR: the database was last used by a newer version of this program; install that version, or name another database',
    )
  throw error
}
