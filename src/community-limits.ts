import type { CommunityLimits } from './event.ts'
import type { RateLimit } from './rate-limit.ts'

/** So many communities with limits of their own are counted at once; the ones that came first go first. */
const mostCommunities = 2_000

/** Counts for each community by itself, in memory: each of several processes counts its own. */
export function createCommunityLimits() {
  const limiters = new Map<string, { key: string; limit: RateLimit }>()
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
      limiters.delete(community)
      limiters.set(community, known)
      for (const oldest of limiters.keys()) {
        if (limiters.size <= mostCommunities) break
        limiters.delete(oldest)
      }
    }
    return known.limit(member, place)
  }
}
