import { z } from 'zod'
import type { Store } from '../../src/index.ts'

const snowflake = z.string().regex(/^\d{15,22}$/)
const hour = z.number().int().min(0).max(23)

const schema = z.object({
  welcome: z
    .object({ mode: z.enum(['off', 'channel', 'dm']), channel: snowflake.optional() })
    .default({ mode: 'off' }),
  /** `role:` or `level:` and a name → the server's own role. */
  roles: z.record(z.string(), snowflake).default({}),
  /** Channels and forums in which new posts are answered unasked. */
  answerChannels: z.array(snowflake).max(50).default([]),
  /** Answers a minute. */
  limits: z
    .object({
      perMember: z.number().int().positive().optional(),
      perPlace: z.number().int().positive().optional(),
    })
    .default({}),
  /** Hours in which the bot says nothing unasked. */
  quiet: z.object({ from: hour, to: hour, zone: z.string() }).optional(),
})

/** What a server's managers chose with /career-admin. */
export type CommunitySettings = z.infer<typeof schema>

const none = schema.parse({})
/** Another process may have changed it. Milliseconds. */
const freshFor = 60_000
/** After a look-up that failed. Milliseconds. */
const triedAgainAfter = 5_000
/** A message waits at most so long for the settings of its server. Milliseconds. */
const patience = 1_000

export interface Community {
  /** The last known ones when the database is away. */
  get(guild: string): Promise<CommunitySettings>
  /** As they are kept, to be changed. Rejects when the database is away, and when what is kept makes no sense. */
  load(guild: string): Promise<CommunitySettings>
  /** What is known without waiting; it is looked up for the next time. */
  peek(guild: string): CommunitySettings
  /** Rejects when the database is away. */
  set(guild: string, settings: CommunitySettings): Promise<void>
}

interface Known {
  settings: CommunitySettings
  freshUntil: number
  /** How often they were changed here. */
  changes: number
}

export function createCommunity({ settings }: Store['communities'], now: () => number): Community {
  const known = new Map<string, Known>()
  const keyOf = (guild: string): string => `discord:${guild}`

  async function load(guild: string): Promise<CommunitySettings> {
    const changes = known.get(guild)?.changes ?? 0
    const found = schema.parse((await within(settings.get(keyOf(guild), 'discord'))) ?? {})
    const present = known.get(guild)
    // Somebody has changed them meanwhile; what was read is older than that.
    if (present !== undefined && present.changes !== changes) return present.settings
    known.set(guild, { settings: found, freshUntil: now() + freshFor, changes })
    return found
  }

  const community: Community = {
    peek(guild) {
      const before = known.get(guild)
      if (before === undefined || now() >= before.freshUntil) void community.get(guild)
      return before?.settings ?? none
    },
    async get(guild) {
      const before = known.get(guild)
      if (before !== undefined && now() < before.freshUntil) return before.settings
      try {
        return await load(guild)
      } catch {
        const { settings, changes } = known.get(guild) ?? { settings: none, changes: 0 }
        known.set(guild, { settings, changes, freshUntil: now() + triedAgainAfter })
        return settings
      }
    },
    load,
    async set(guild, changed) {
      await within(settings.set(keyOf(guild), 'discord', changed))
      const changes = (known.get(guild)?.changes ?? 0) + 1
      known.set(guild, { settings: changed, changes, freshUntil: now() + freshFor })
    },
  }
  return community
}

async function within<T>(value: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the database is late')), patience)
  })
  return Promise.race([value, late]).finally(() => clearTimeout(timer))
}

/** @returns undefined for a name that is no time zone */
export function hourIn(zone: string, at: number): number | undefined {
  try {
    return Number(new Intl.DateTimeFormat('en-GB', { hour: '2-digit', timeZone: zone }).format(at)) % 24
  } catch {
    return undefined
  }
}

/** @param at milliseconds since 1970 */
export function isQuiet({ quiet }: CommunitySettings, at: number): boolean {
  const present = quiet && hourIn(quiet.zone, at)
  if (quiet === undefined || present === undefined) return false
  const { from, to } = quiet
  // From 22 to 7 goes over midnight.
  return from <= to ? present >= from && present < to : present >= from || present < to
}

/** What an event carries, when a server has limits of its own. */
export function limitsOf(community: Community, guild: string | null | undefined) {
  if (guild === null || guild === undefined) return {}
  const { perMember, perPlace } = community.peek(guild).limits
  if (perMember === undefined && perPlace === undefined) return {}
  return { limits: { community: `discord:${guild}`, perMember, perPlace } }
}
