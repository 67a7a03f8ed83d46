import type { CommunityLimits } from './event.ts'
import type { RateLimit } from './rate-limit.ts'
import { Recent } from './recent.ts'

/** So many communities with limits of their own are counted at once; those set up longest ago go first. */
const mostCommunities = 2_000

/** Counts for each community by itself, in memory: each of several processes counts its own. */
export function createCommunityLimits() {
  const limiters = new Recent<string, { key: string; limit: RateLimit }>(mostCommunities)
  return async (
    { community, perMember, perPlace }: CommunityLimits,
    member: string | undefined,
    place: string | undefined,
  ): ReturnType<RateLimit> => {
    const key = `${perMember} ${perPlace}`
    let known = limiters.get(community)
    if (known?.key !== key) {
      const { createRateLimit, usualLimits } = await import('./rate-limit.ts')
      const limits = {
        ...usualLimits,
        ...(perMember !== undefined && { perMember }),
        ...(perPlace !== undefined && { perPlace }),
      }
      known = { key, limit: createRateLimit(limits) }
      limiters.set(community, known)
    }
    return known.limit(member, place)
  }
}
