import type { Kysely } from 'kysely'
import type { Connection } from './connection.ts'
import { keyOf } from './storable.ts'
import type { FeedbackEntry, QuestionEntry, Records } from './store.ts'
import type { Tables } from './tables.ts'

/** Rows read at once. */
const page = 500
/** Rows in one statement; with their columns far below what a statement may carry in any database. */
const rowsAtOnce = 200

export function createRecords(connection: Connection): Records {
  return {
    feedback: {
      append: (entries) => inTransaction(connection, (db) => writeFeedback(db, entries)),
      since: (at) => inOrder(at, (from) => connection.use((db) => readFeedback(db, from))),
    },
    questions: {
      append: (entries) => inTransaction(connection, (db) => writeQuestions(db, entries)),
      since: (at) => inOrder(at, (from) => connection.use((db) => readQuestions(db, from))),
      removeBefore: (at) =>
        connection.use(async (db) => {
          const gone = await db.deleteFrom('questions').where('at', '<', at).executeTakeFirstOrThrow()
          return Number(gone.numDeletedRows)
        }),
      removeOf: (member) => connection.use((db) => removeQuestionsOf(db, member)),
    },
  }
}

function inTransaction(connection: Connection, work: (db: Kysely<Tables>) => Promise<void>): Promise<void> {
  return connection.use((db) => db.transaction().execute(work))
}

/** @returns how many rows are gone */
export async function removeQuestionsOf(db: Kysely<Tables>, member: string): Promise<number> {
  const gone = await db.deleteFrom('questions').where('member', '=', keyOf(member)).executeTakeFirstOrThrow()
  return Number(gone.numDeletedRows)
}

// One by one: PostgreSQL does not amend a row twice in one statement, and a click and its reason may come together.
async function writeFeedback(db: Kysely<Tables>, entries: readonly FeedbackEntry[]): Promise<void> {
  for (const { id, reference, helpful, reason, platform, at } of entries) {
    const amended = { helpful: Number(helpful), ...(reason !== undefined && { reason }) }
    const row = { id: keyOf(id), reference, platform: platform ?? null, at, reason: reason ?? null }
    await db
      .insertInto('feedback')
      .values({ ...row, helpful: amended.helpful })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(amended))
      .execute()
  }
}

async function writeQuestions(db: Kysely<Tables>, entries: readonly QuestionEntry[]): Promise<void> {
  const rows = entries.map(({ id, text, kind, section, caveat, platform, member, at }) => ({
    id: keyOf(id),
    text,
    kind,
    section: section ?? null,
    caveat: caveat ?? null,
    platform: platform ?? null,
    member: member === undefined ? null : keyOf(member),
    at,
  }))
  for (let i = 0; i < rows.length; i += rowsAtOnce) {
    await db
      .insertInto('questions')
      .values(rows.slice(i, i + rowsAtOnce))
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute()
  }
}

/** A place in the order of time. */
interface Place {
  at: number
  /** Entries of the same time are ordered by it; undefined: from the first of them on. */
  id?: string
}

async function* inOrder<Entry extends Place>(
  at: number,
  read: (from: Place) => Promise<Entry[]>,
): AsyncGenerator<Entry> {
  for (let from: Place | undefined = { at }; from !== undefined; ) {
    const entries: Entry[] = await read(from)
    yield* entries
    from = entries.length < page ? undefined : entries.at(-1)
  }
}

async function readFeedback(db: Kysely<Tables>, { at, id }: Place): Promise<FeedbackEntry[]> {
  const query = db.selectFrom('feedback').selectAll().orderBy('at').orderBy('id').limit(page)
  const rows = await query
    .where((by) =>
      id === undefined
        ? by('at', '>=', at)
        : by.or([by('at', '>', at), by('at', '=', at).and('id', '>', id)]),
    )
    .execute()
  return rows.map(({ reason, platform, helpful, ...row }) => ({
    ...row,
    helpful: helpful === 1,
    ...(reason !== null && { reason }),
    ...(platform !== null && { platform }),
  }))
}

async function readQuestions(db: Kysely<Tables>, { at, id }: Place): Promise<QuestionEntry[]> {
  const query = db.selectFrom('questions').selectAll().orderBy('at').orderBy('id').limit(page)
  const rows = await query
    .where((by) =>
      id === undefined
        ? by('at', '>=', at)
        : by.or([by('at', '>', at), by('at', '=', at).and('id', '>', id)]),
    )
    .execute()
  return rows.map(({ section, caveat, platform, member, ...row }) => ({
    ...row,
    ...(section !== null && { section }),
    ...(caveat !== null && { caveat }),
    ...(platform !== null && { platform }),
    ...(member !== null && { member }),
  }))
}
