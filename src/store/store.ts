/**
 * What the bot remembers, in one database. Every text may hold anything; what no database can keep (NUL, halves of
 * surrogate pairs) comes back as U+FFFD. Times are milliseconds since 1970. Everything rejects with a `StoreError` when
 * the database is away or not usable.
 */
export interface Store {
  readonly records: Records
  readonly members: Members
  readonly communities: Communities
  /** Lets go of the database; nothing can be stored afterwards. */
  close(): Promise<void>
  /** Opens the database now; without it the first use does. */
  open?(): Promise<void>
}

/** What happened, one entry after the other. */
export interface Records {
  readonly feedback: FeedbackRecords
  readonly questions: QuestionRecords
}

/** What somebody thought of an answer; never who. */
export interface FeedbackEntry {
  /** Of the click: an entry with the same id amends the one before, so a reason given later does not count twice. */
  id: string
  reference: string
  helpful: boolean
  /** In words of their own. */
  reason?: string | undefined
  platform?: string | undefined
  at: number
}

interface FeedbackRecords {
  /** All of them or none. */
  append(entries: readonly FeedbackEntry[]): Promise<void>
  /** From that time on, in the order of time. */
  since(at: number): AsyncIterable<FeedbackEntry>
}

/** A question that was asked. */
export interface QuestionEntry {
  /** Appending an id again changes nothing. */
  id: string
  text: string
  /** What kind of reply it got. */
  kind: string
  /** The id of the section that answered it. */
  section?: string | undefined
  /** What the answer did not cover of it, as it was told. */
  caveat?: string | undefined
  platform?: string | undefined
  /** Who asked, as a keyed hash. */
  member?: string | undefined
  at: number
}

interface QuestionRecords {
  /** All of them or none. */
  append(entries: readonly QuestionEntry[]): Promise<void>
  /** From that time on, in the order of time. */
  since(at: number): AsyncIterable<QuestionEntry>
  /** @returns how many were older than that time and are gone */
  removeBefore(at: number): Promise<number>
  /** @returns how many of that member's are gone */
  removeOf(member: string): Promise<number>
}

/** What a member told about themselves and how far they are. */
interface Profile {
  /** The job they are interested in. */
  role?: string | undefined
  level?: string | undefined
  /** Any JSON. */
  progress: unknown
}

/** Members are named by a keyed hash that is made outside. */
export interface Members {
  get(member: string): Promise<Profile | undefined>
  set(member: string, profile: Profile): Promise<void>
  remove(member: string): Promise<void>
  /** Removes everything of a member, wherever it is kept. @returns how many rows are gone */
  forget(member: string): Promise<number>
}

export interface Communities {
  readonly installations: Installations
  readonly settings: CommunitySettings
  /**
   * True for the first process that claims an id, false for every other one until the time is over; for events that a
   * platform sends more than once.
   *
   * @param ttl milliseconds
   */
  claim(id: string, ttl: number): Promise<boolean>
  /**
   * Whoever claimed an id holds it from now on for that time.
   *
   * @param ttl milliseconds; 0 lets go of it
   */
  hold(id: string, ttl: number): Promise<void>
  /** @returns for how many milliseconds an id is still claimed; 0: it is not */
  heldFor(id: string): Promise<number>
}

/** What a workspace gave us when the bot was installed there: encrypted at rest. Needs ENCRYPTION_KEY. */
export interface Installations {
  /** @param value an opaque text, tokens and all */
  save(key: string, value: string): Promise<void>
  find(key: string): Promise<string | undefined>
  remove(key: string): Promise<void>
}

export interface CommunitySettings {
  get(community: string, key: string): Promise<unknown>
  /** @param value any JSON */
  set(community: string, key: string, value: unknown): Promise<void>
}
