import type { AnyMiddlewareArgs, Middleware } from '@slack/bolt'

/** Slack sends an event again for up to an hour; afterwards its id is forgotten. Milliseconds. */
const rememberFor = 60 * 60 * 1000
const mostEvents = 50_000

/**
 * Slack repeats an event that it got no answer to in time, also when the answer was only late. An event that is
 * being answered, or was, is dropped.
 *
 * @param now the time in milliseconds
 */
export function onceOnly(now: () => number): Middleware<AnyMiddlewareArgs> {
  const seen = new Map<string, number>()
  return async ({ body, next }) => {
    const id = 'event_id' in body ? String(body.event_id) : undefined
    if (id !== undefined) {
      const before = seen.get(id)
      if (before !== undefined && now() - before < rememberFor) return
      seen.set(id, now())
      for (const oldest of seen.keys()) {
        if (seen.size <= mostEvents) break
        seen.delete(oldest)
      }
    }
    await next()
  }
}
