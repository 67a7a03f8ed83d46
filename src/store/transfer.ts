import type { Kysely } from 'kysely'
import { chooseDatabase, createConnection, type DatabaseConfig } from './connection.ts'
import { memberKey } from './own-key.ts'
import { StoreError } from './store-error.ts'
import type { Tables } from './tables.ts'
import { createReader, header, keys, type Row, type Table } from './transfer-format.ts'

/** Takes everything out of a database as JSON Lines, and into another one, of whichever kind. */
export interface Transfer {
  /** The lines, without their ends: what it is, then a row of a table each. What is encrypted stays so. */
  export(): AsyncIterable<string>
  /**
   * Adds what is not there yet, all of it or nothing.
   *
   * @returns how many rows were added, and how many were there before
   * @throws StoreError with the number of the line that is wrong
   */
  import(lines: AsyncIterable<string>): Promise<{ added: number; known: number }>
  close(): Promise<void>
}

/** Rows read or written at once. */
const page = 200

export function createTransfer(config: DatabaseConfig): Transfer {
  const connection = createConnection(() => chooseDatabase(config))
  return {
    async *export() {
      // Without a database there is not even a first line.
      await connection.use(async () => {})
      yield JSON.stringify(header)
      for (const table of Object.keys(keys) as Table[]) {
        for (let after: Row | undefined, more = true; more; ) {
          const rows: Row[] = await connection.use((db) => readPage(db, table, after))
          for (const row of rows) yield JSON.stringify({ table, row })
          after = rows.at(-1)
          more = rows.length === page
        }
      }
    },
    import: (lines) => connection.use((db) => db.transaction().execute((all) => readIn(all, lines))),
    close: connection.close,
  }
}

/** The tables differ in type only, and a query over any of them has none. */
function untyped(db: Kysely<Tables>): Kysely<Record<string, Row>> {
  return db as unknown as Kysely<Record<string, Row>>
}

function readPage(db: Kysely<Tables>, table: Table, after: Row | undefined): Promise<Row[]> {
  const [first, second] = keys[table] as readonly string[]
  let query = untyped(db).selectFrom(table).selectAll().limit(page)
  if (first === undefined) return Promise.resolve([])
  query = query.orderBy(first)
  if (second !== undefined) query = query.orderBy(second)
  if (after === undefined) return query.execute()
  return query
    .where((by) => {
      const beyond = by(first, '>', after[first] ?? '')
      if (second === undefined) return beyond
      return by.or([beyond, by(first, '=', after[first] ?? '').and(second, '>', after[second] ?? '')])
    })
    .execute()
}

function isMemberKey({ table, row }: { table: Table; row: Row }): boolean {
  return table === 'settings' && row.community === memberKey.community && row.key === memberKey.key
}

async function valueOfMemberKey(db: Kysely<Tables>): Promise<string | undefined> {
  const { community, key } = memberKey
  const found = await db
    .selectFrom('settings')
    .select('value')
    .where('community', '=', community)
    .where('key', '=', key)
    .executeTakeFirst()
  return found?.value
}

/**
 * Takes the key under which the members of a file are known. A bot that was started before made one of its own; beside
 * it nobody from the file would ever be found again, nor be forgotten.
 *
 * @returns what to do with each row of it: how many rows were added
 */
async function createMemberKeyTaker(db: Kysely<Tables>): Promise<(row: Row) => Promise<number>> {
  const before = await valueOfMemberKey(db)
  const members = await db.selectFrom('profiles').select('member').limit(1).execute()
  return async (row) => {
    if (row.value === before) return 0
    if (before !== undefined && members.length > 0)
      throw new StoreError(
        'members are known in this database under another key than in the file; import into an empty database',
        false,
      )
    await untyped(db)
      .insertInto('settings')
      .values(row)
      .onConflict((conflict) => conflict.columns(['community', 'key']).doUpdateSet(row))
      .execute()
    return 1
  }
}

async function readIn(db: Kysely<Tables>, lines: AsyncIterable<string>) {
  const readLine = await createReader()
  const takeMemberKey = await createMemberKeyTaker(db)
  let number = 0
  let added = 0
  let rows: Row[] = []
  let table: Table | undefined
  const flush = async (): Promise<void> => {
    if (table === undefined || rows.length === 0) return
    const { numInsertedOrUpdatedRows } = await untyped(db)
      .insertInto(table)
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow()
    added += Number(numInsertedOrUpdatedRows)
    rows = []
  }
  let total = 0
  for await (const line of lines) {
    number++
    if (line.trim() === '') continue
    const read = readLine(line, number)
    if (read === undefined) continue
    if (read.table !== table || rows.length === page) await flush()
    table = read.table
    if (isMemberKey(read)) added += await takeMemberKey(read.row)
    else rows.push(read.row)
    total++
  }
  await flush()
  if (number === 0) throw new StoreError('the file is empty; name one that data:export wrote', false)
  return { added, known: total - added }
}
