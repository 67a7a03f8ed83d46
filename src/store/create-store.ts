import { createCipher } from './cipher.ts'
import { createCommunities } from './communities.ts'
import { type Connection, chooseDatabase, createConnection, type DatabaseConfig } from './connection.ts'
import { createMembers } from './members.ts'
import { createRecords } from './records.ts'
import type { Store } from './store.ts'

export interface StoreConfig extends DatabaseConfig {
  /** 64 hexadecimal digits; without it nothing secret can be kept. */
  encryptionKey?: string | undefined
}

/**
 * Opens nothing yet: the first use does, so that a process starts while the database is away.
 *
 * @param now the time in milliseconds
 */
export function createStore(config: StoreConfig, now: () => number = Date.now): Store {
  return storeOver(
    createConnection(() => chooseDatabase(config)),
    config.encryptionKey,
    now,
  )
}

/** The store over any database. @throws StoreError when the key is none */
export function storeOver(
  connection: Connection,
  encryptionKey: string | undefined,
  now: () => number = Date.now,
): Store {
  const cipher = encryptionKey === undefined ? undefined : createCipher(encryptionKey)
  return {
    records: createRecords(connection),
    members: createMembers(connection, now),
    communities: createCommunities(connection, cipher, now),
    close: connection.close,
    open: () => connection.use(async () => {}),
  }
}
