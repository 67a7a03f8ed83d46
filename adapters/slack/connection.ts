import { setTimeout as wait } from 'node:timers/promises'
import type { webApi } from '@slack/bolt'
import { lostToken } from './faults.ts'

type Fetch = NonNullable<webApi.WebClientOptions['fetch']>

/** Milliseconds: the pause after the first failure, the longest one, and the most that one attempt takes. */
const [shortestPause, longestPause, timeout] = [300, 10_000, 10_000]

/** Slack's client takes them for something that passes. */
const wrongToken = ['missing_scope', 'not_allowed_token_type']

const never = new Promise<never>(() => {})

/**
 * For `apps.connections.open` alone. Slack's client plans no further attempt once that call has failed for a while, so
 * from the first connection on it never fails: it goes on until there is an address to connect to.
 *
 * @param lost called with Slack's error when only the operator can mend it
 * @param stopping ends the attempts
 */
export function createPatientFetch(lost: (code: string) => void, stopping: AbortSignal): Fetch {
  let wasConnected = false

  return async (url, init) => {
    if (!wasConnected) {
      const response = await fetch(url, init)
      const { isOpen, code } = await read(response)
      wasConnected = isOpen
      if (isOpen || !wrongToken.includes(code)) return response
      lost(code)
      return never
    }
    for (let pause = shortestPause; !stopping.aborted; pause = Math.min(2 * pause, longestPause)) {
      const signal = AbortSignal.any([stopping, AbortSignal.timeout(timeout)])
      const response = await fetch(url, { ...init, signal }).catch(() => undefined)
      const { isOpen, code, retryAfter } = await read(response)
      if (response !== undefined && isOpen) return response
      if (lostToken.includes(code) || wrongToken.includes(code)) {
        lost(code)
        break
      }
      await wait(Math.max(pause, retryAfter), undefined, { signal: stopping }).catch(() => {})
    }
    // The process ends, and nobody waits.
    return never
  }
}

async function read(response: Response | undefined) {
  const body = (await response
    ?.clone()
    .json()
    .catch(() => undefined)) as { ok?: unknown; error?: unknown } | undefined
  return {
    isOpen: body?.ok === true,
    code: String(body?.error),
    retryAfter: Number(response?.headers.get('retry-after') ?? 0) * 1000 || 0,
  }
}
