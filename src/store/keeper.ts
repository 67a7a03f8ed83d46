import { randomBytes } from 'node:crypto'
import type { Feedback, Question } from '../event.ts'
import type { Logger } from '../logger.ts'
import type { Greetings } from '../onboarding/greeter.ts'
import type { SharedCounts } from '../rate-limit.ts'
import type { Reply } from '../reply.ts'
import { hashMember } from './cipher.ts'
import { createStore, type StoreConfig } from './create-store.ts'
import { claimOf } from './members.ts'
import { createOutbox } from './outbox.ts'
import { knownKey, ownKey } from './own-key.ts'
import { createPostgresCounts, type PostgresCounts } from './shared-counts.ts'
import type { Members, Store } from './store.ts'

export interface KeeperConfig extends StoreConfig {
  /** Questions are kept for so many days; 0 or nothing: not at all. */
  questionLogDays?: number | undefined
}

/** Keeps what happens, without anybody waiting for it. */
export interface Keeper {
  readonly store: Store
  feedback(feedback: Feedback): void
  /** What members picked, by their platform's ids: they are hashed here. */
  readonly members: Members
  /** Who is greeted in a community. */
  readonly greetings: Greetings
  /** Only there when questions are kept. */
  question?(question: Question, reply: Reply, section: string | undefined): void
  /** Rate limits over all processes; only there when they share a PostgreSQL. */
  readonly counts?: SharedCounts
  /** Entries that wait to be written. */
  waiting(): number
  /** Opens the database in the background, again and again until it is there. */
  open(): void
  /** Writes what is still to be written. */
  close(): Promise<void>
}

/** So much of a text is kept. Characters. */
const longest = { reason: 1_000, question: 2_000, caveat: 500 }
const day = 24 * 60 * 60 * 1000
/** Whoever comes back to a community later is greeted again. Milliseconds. */
const greetedFor = 30 * day
/** Milliseconds. */
const [shortestPause, longestPause] = [1_000, 30_000]

/** @param now the time in milliseconds */
export function createKeeper(config: KeeperConfig, logger: Logger, now: () => number): Keeper {
  const store = createStore(config, now)
  const outbox = createOutbox(store.records, logger)
  const keyed = createHash(store, config.encryptionKey)
  const members = hashed(store, keyed)
  const days = config.questionLogDays ?? 0
  const counts = sharedCounts(config, store, logger)
  let timer: NodeJS.Timeout | undefined
  let isClosed = false

  /** @param failures how often it failed before */
  async function open(failures: number): Promise<void> {
    try {
      await store.open?.()
      await counts?.open().catch(() => {
        // Whoever asks first sees it, and looks for it again.
      })
      if (failures > 0) logger.info({}, 'the database is there now')
      // Nothing said is no reason to remove anything; 0 is.
      if (config.questionLogDays !== undefined) await store.records.questions.removeBefore(now() - days * day)
      later(() => open(0), day)
    } catch (error) {
      if (isClosed) return
      if (failures === 0)
        logger.error(
          { error: (error as Error).message },
          'the database cannot be used; the bot answers all the same and tries again',
        )
      later(() => open(failures + 1), Math.min(shortestPause * 2 ** failures, longestPause))
    }
  }

  /** Before ENCRYPTION_KEY was set, members were known under the database's own key. */
  async function forgetBefore(member: string): Promise<number> {
    if (config.encryptionKey === undefined) return 0
    const before = await knownKey(store.communities)
    return before === undefined ? 0 : store.members.forget(hashMember(member, before))
  }

  function later(work: () => Promise<void>, time: number): void {
    if (isClosed) return
    timer = setTimeout(work, time)
    // What runs here is no reason for a process to go on.
    timer.unref()
  }

  return {
    store,
    feedback({ click, reference, helpful, reason, platform }) {
      const at = now()
      const id = click ?? createId(at)
      outbox.feedback({ id, reference, helpful, reason: reason?.slice(0, longest.reason), platform, at })
    },
    ...(counts && { counts }),
    waiting: outbox.size,
    members: {
      ...members,
      async forget(member) {
        const hash = await keyed(member)
        // A question that still waits to be written would come after.
        await outbox.removeOf(hash)
        return (await store.members.forget(hash)) + (await forgetBefore(member))
      },
    },
    greetings: {
      claim: async (member, community) =>
        store.communities.claim(claimOf(await keyed(member), `greeted:${community}`), greetedFor),
      release: async (member, community) =>
        store.communities.hold(claimOf(await keyed(member), `greeted:${community}`), 0),
    },
    ...(days > 0 && {
      question({ text, member, platform }, reply, section) {
        const at = now()
        const key = config.encryptionKey
        outbox.question({
          id: createId(at),
          text: text.slice(0, longest.question),
          kind: reply.kind,
          section,
          caveat: 'caveat' in reply ? reply.caveat?.slice(0, longest.caveat) : undefined,
          platform,
          // Without a key nobody could be told apart from anybody who tries all ids.
          member: member === undefined || key === undefined ? undefined : hashMember(member, key),
          at,
        })
      },
    }),
    open: () => void open(0),
    async close() {
      isClosed = true
      clearTimeout(timer)
      await outbox.close()
      await counts?.close()
      await store.close()
    },
  }
}

function sharedCounts(
  { databaseUrl, encryptionKey }: KeeperConfig,
  { communities }: Store,
  logger: Logger,
): PostgresCounts | undefined {
  // One process alone uses the embedded file, and counts in memory.
  if (databaseUrl === undefined) return undefined
  return createPostgresCounts({ databaseUrl, key: async () => encryptionKey ?? ownKey(communities) }, logger)
}

/**
 * Without ENCRYPTION_KEY the hashes of members are made with a key of the database's own: whoever has one without the
 * other learns nothing.
 */
function createHash({ communities }: Store, encryptionKey: string | undefined) {
  let key: Promise<string> | undefined
  return async (member: string): Promise<string> => {
    key ??= encryptionKey === undefined ? ownKey(communities) : Promise.resolve(encryptionKey)
    try {
      return hashMember(member, await key)
    } catch (error) {
      key = undefined
      throw error
    }
  }
}

function hashed({ members }: Store, keyed: (member: string) => Promise<string>): Members {
  return {
    get: async (member) => members.get(await keyed(member)),
    set: async (member, profile) => members.set(await keyed(member), profile),
    remove: async (member) => members.remove(await keyed(member)),
    forget: async (member) => members.forget(await keyed(member)),
  }
}

let made = 0

/** Ids of one process are in the order in which they were made, also within a millisecond. */
function createId(at: number): string {
  made = (made + 1) % 0x1000000
  return [
    at.toString(16).padStart(12, '0'),
    made.toString(16).padStart(6, '0'),
    randomBytes(8).toString('hex'),
  ].join('')
}
