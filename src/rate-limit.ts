import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible'

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

export function createRateLimit({ perMember, perPlace, window }: Limits): RateLimit {
  const members = new RateLimiterMemory({ keyPrefix: 'member', points: perMember, duration: window })
  const places = new RateLimiterMemory({ keyPrefix: 'place', points: perPlace, duration: window })

  return async (member, place) => {
    const overMember = member === undefined ? undefined : await consume(members, member)
    return overMember ?? (place === undefined ? undefined : await consume(places, place))
  }
}

async function consume(limiter: RateLimiterMemory, key: string) {
  try {
    await limiter.consume(key)
    return undefined
  } catch (error) {
    const { msBeforeNext, consumedPoints } = error as RateLimiterRes
    return { retryAfter: Math.ceil(msBeforeNext / 1000), again: consumedPoints > limiter.points + 1 }
  }
}
