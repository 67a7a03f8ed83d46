import { type RateLimiterAbstract, RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible'

/** So many questions may be asked in so many seconds. */
export interface Limits {
  perMember: number
  perPlace: number
  /** Seconds. */
  window: number
}

/** More than anybody reads, and less than a flood. */
export const usualLimits: Limits = { perMember: 30, perPlace: 120, window: 60 }

/** @returns undefined when there is room, or how long to wait and whether that was said before */
export type RateLimit = (
  member: string | undefined,
  place: string | undefined,
) => Promise<{ retryAfter: number; again: boolean } | undefined>

/** One of the limits: so many points in so many seconds for each key below the prefix. */
export interface Rule {
  keyPrefix: string
  points: number
  /** Seconds. */
  duration: number
}

/** How far a limit is used up. */
interface Count {
  points: number
  /** Milliseconds until it begins anew. */
  msBeforeNext: number
}

/** Counts where all processes see it, so that a limit holds for all of them together. */
export interface SharedCounts {
  /** @returns undefined when that is not possible soon: then this process counts by itself. Never throws. */
  take(rule: Rule, id: string): Promise<Count | undefined>
}

/** @param shared without it, or while it is away, this process counts by itself */
export function createRateLimit({ perMember, perPlace, window }: Limits, shared?: SharedCounts): RateLimit {
  const limiter = (keyPrefix: string, points: number) => {
    const rule = { keyPrefix, points, duration: window }
    const memory = new RateLimiterMemory(rule)
    return async (id: string) => {
      const count = (await shared?.take(rule, id)) ?? (await takeFrom(memory, id))
      if (count.points <= points) return undefined
      return {
        retryAfter: Math.max(1, Math.ceil(count.msBeforeNext / 1000)),
        again: count.points > points + 1,
      }
    }
  }
  const ofMember = limiter('member', perMember)
  const ofPlace = limiter('place', perPlace)

  return async (member, place) => {
    const overMember = member === undefined ? undefined : await ofMember(member)
    return overMember ?? (place === undefined ? undefined : await ofPlace(place))
  }
}

/** Whether the limit is exceeded or not, which the library throws. @throws when the database does not count */
export async function takeFrom(limiter: RateLimiterAbstract, id: string): Promise<Count> {
  let result: RateLimiterRes
  try {
    result = await limiter.consume(id)
  } catch (error) {
    if (error instanceof Error) throw error
    result = error as RateLimiterRes
  }
  return { points: result.consumedPoints, msBeforeNext: result.msBeforeNext }
}
