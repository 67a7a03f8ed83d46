import { Recent } from '../recent.ts'
import type { Members } from '../store/store.ts'
import { within } from '../within.ts'

/** What a member told about themselves, and how far they are in the tour. */
export type Profile = Parameters<Members['set']>[1]

/** Somebody who wanted something of theirs waits at most so long for the database. Milliseconds. */
const patience = 1_000
/** An answer waits at most so long for a profile. Milliseconds. */
const glance = 25
/** What is remembered is looked up again after this time: another process may have changed it. Milliseconds. */
const freshFor = 60_000
/** After a lookup that failed, answers do without for so long. Milliseconds. */
const pauseAfterFailure = 10_000
/** So many members are remembered at once; the ones that came first go first. About 0.3 kB each. */
const mostMembers = 10_000

/** Profiles of members: from the database, or from memory while it is away. */
export interface Profiles {
  /** `isKept` is false when the database is away, and what was told since is in memory only. */
  read(member: string): Promise<{ profile: Profile | undefined; isKept: boolean }>
  /** @returns false when it is in memory only, because the database is away */
  write(member: string, profile: Profile): Promise<boolean>
  /** For an answer that goes on without: never waits longer than a glance. */
  peek(member: string): Promise<Profile | undefined>
  /** Rejects when the database is away: then only memory is empty. */
  forget(member: string): Promise<void>
}

interface Known {
  profile: Profile | undefined
  at: number
  isKept: boolean
}

/** @param now the time in milliseconds */
export function createProfiles(members: Members, now: () => number): Profiles {
  const known = new Recent<string, Known>(mostMembers)
  const lookups = new Map<string, Promise<Profile | undefined>>()
  let failedAt = Number.NEGATIVE_INFINITY

  function note(member: string, profile: Profile | undefined, isKept: boolean): void {
    known.set(member, { profile, at: now(), isKept })
  }

  async function lookUp(member: string): Promise<Profile | undefined> {
    try {
      const profile = await within(members.get(member), patience)
      note(member, profile, true)
      return profile
    } catch (error) {
      failedAt = now()
      throw error
    } finally {
      lookups.delete(member)
    }
  }

  function lookUpOnce(member: string): Promise<Profile | undefined> {
    const underway = lookups.get(member) ?? lookUp(member)
    lookups.set(member, underway)
    return underway
  }

  return {
    async read(member) {
      const before = known.get(member)
      // What the database never got is newer than what it has.
      if (before?.isKept === false) return before
      try {
        return { profile: await lookUpOnce(member), isKept: true }
      } catch {
        return { profile: before?.profile, isKept: false }
      }
    },
    async write(member, profile) {
      try {
        await within(members.set(member, profile), patience)
        note(member, profile, true)
        return true
      } catch {
        failedAt = now()
        note(member, profile, false)
        return false
      }
    },
    async peek(member) {
      const before = known.get(member)
      if (before !== undefined && (!before.isKept || now() - before.at < freshFor)) return before.profile
      if (now() - failedAt < pauseAfterFailure) return before?.profile
      return within(lookUpOnce(member), glance).catch(() => before?.profile)
    },
    async forget(member) {
      known.delete(member)
      // A lookup that is underway would bring it back.
      await lookups.get(member)?.catch(() => undefined)
      known.delete(member)
      await within(members.forget(member), patience)
      known.delete(member)
    },
  }
}
