import { type Cipher, makeKey } from './cipher.ts'
import type { Connection } from './connection.ts'
import { keyOf } from './storable.ts'
import type { Communities, CommunitySettings, Installations } from './store.ts'
import { StoreError } from './store-error.ts'

/** Claims that are over are removed no more often than this. Milliseconds. */
const tidyEvery = 60_000

/**
 * @param cipher without it nothing secret is kept
 * @param now the time in milliseconds
 */
export function createCommunities(
  connection: Connection,
  cipher: Cipher | undefined,
  now: () => number,
): Communities {
  let tidied = Number.NEGATIVE_INFINITY
  return {
    installations: createInstallations(connection, cipher, now),
    settings: createSettings(connection, now),
    claim: (id, ttl) =>
      connection.use(async (db) => {
        const at = now()
        if (at - tidied >= tidyEvery) {
          tidied = at
          await db.deleteFrom('events').where('until', '<=', at).execute()
        }
        const until = at + ttl
        // One statement decides, so two processes never both claim it.
        const claimed = await db
          .insertInto('events')
          .values({ id: keyOf(id), until })
          .onConflict((conflict) =>
            conflict.column('id').doUpdateSet({ until }).where('events.until', '<=', at),
          )
          .executeTakeFirstOrThrow()
        return claimed.numInsertedOrUpdatedRows === 1n
      }),
    hold: (id, ttl) =>
      connection.use(async (db) => {
        await db
          .updateTable('events')
          .set({ until: now() + ttl })
          .where('id', '=', keyOf(id))
          .execute()
      }),
    heldFor: (id) =>
      connection.use(async (db) => {
        const row = await db
          .selectFrom('events')
          .select('until')
          .where('id', '=', keyOf(id))
          .executeTakeFirst()
        return row === undefined ? 0 : Math.max(0, row.until - now())
      }),
  }
}

function createInstallations(
  connection: Connection,
  cipher: Cipher | undefined,
  now: () => number,
): Installations {
  const needed = (): Cipher => {
    if (cipher !== undefined) return cipher
    throw new StoreError(
      `ENCRYPTION_KEY is not set, and installations are kept encrypted only; ${makeKey}`,
      false,
    )
  }
  return {
    async save(key, value) {
      const row = { value: needed().encrypt(value, placeOf(key)), at: now() }
      await connection.use((db) =>
        db
          .insertInto('installations')
          .values({ key: keyOf(key), ...row })
          .onConflict((conflict) => conflict.column('key').doUpdateSet(row))
          .execute(),
      )
    },
    async find(key) {
      const cipher = needed()
      const row = await connection.use((db) =>
        db.selectFrom('installations').select('value').where('key', '=', keyOf(key)).executeTakeFirst(),
      )
      return row && cipher.decrypt(row.value, placeOf(key))
    },
    remove: (key) =>
      connection.use(async (db) => {
        await db.deleteFrom('installations').where('key', '=', keyOf(key)).execute()
      }),
  }
}

/** What an encrypted text belongs to, so that it cannot be put into another row. */
function placeOf(key: string): string {
  return `installations ${keyOf(key)}`
}

function createSettings(connection: Connection, now: () => number): CommunitySettings {
  return {
    get: (community, key) =>
      connection.use(async (db) => {
        const row = await db
          .selectFrom('settings')
          .select('value')
          .where('community', '=', keyOf(community))
          .where('key', '=', keyOf(key))
          .executeTakeFirst()
        return row && JSON.parse(row.value)
      }),
    set: (community, key, value) =>
      connection.use(async (db) => {
        const row = { value: JSON.stringify(value ?? null), at: now() }
        await db
          .insertInto('settings')
          .values({ community: keyOf(community), key: keyOf(key), ...row })
          .onConflict((conflict) => conflict.columns(['community', 'key']).doUpdateSet(row))
          .execute()
      }),
  }
}
