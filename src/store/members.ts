import { createHash } from 'node:crypto'
import type { Connection } from './connection.ts'
import { removeQuestionsOf } from './records.ts'
import { keyOf } from './storable.ts'
import type { Members } from './store.ts'

/**
 * The id of a claim that concerns a member, found again when the member is forgotten.
 *
 * @param member a keyed hash
 */
export function claimOf(member: string, what: string): string {
  // Whatever a member is called, the beginning stays a text that `like` takes literally.
  return `member:${createHash('sha256').update(member).digest('hex')}:${what}`
}

/** @param now the time in milliseconds */
export function createMembers(connection: Connection, now: () => number): Members {
  return {
    get: (member) =>
      connection.use(async (db) => {
        const row = await db
          .selectFrom('profiles')
          .select(['role', 'level', 'progress'])
          .where('member', '=', keyOf(member))
          .executeTakeFirst()
        if (row === undefined) return undefined
        const { role, level, progress } = row
        return {
          ...(role !== null && { role }),
          ...(level !== null && { level }),
          progress: JSON.parse(progress),
        }
      }),
    set: (member, { role, level, progress }) =>
      connection.use(async (db) => {
        const told = {
          role: role ?? null,
          level: level ?? null,
          progress: JSON.stringify(progress ?? null),
          at: now(),
        }
        await db
          .insertInto('profiles')
          .values({ member: keyOf(member), ...told })
          .onConflict((conflict) => conflict.column('member').doUpdateSet(told))
          .execute()
      }),
    remove: (member) =>
      connection.use(async (db) => {
        await db.deleteFrom('profiles').where('member', '=', keyOf(member)).execute()
      }),
    forget: (member) =>
      connection.use((db) =>
        db.transaction().execute(async (all) => {
          const profiles = await all
            .deleteFrom('profiles')
            .where('member', '=', keyOf(member))
            .executeTakeFirstOrThrow()
          const claims = await all
            .deleteFrom('events')
            .where('id', 'like', `${claimOf(member, '')}%`)
            .executeTakeFirstOrThrow()
          const rows = Number(profiles.numDeletedRows) + Number(claims.numDeletedRows)
          return rows + (await removeQuestionsOf(all, member))
        }),
      ),
  }
}
