import { setTimeout as wait } from 'node:timers/promises'
import type { Payload } from './render.ts'

/** Bolt's own `respond` gives up at once. */
const attempts = 3
/** Milliseconds: of one attempt, before the next, and the most that is waited when Slack asks for it. */
const [timeout, pause, longestPause] = [5_000, 500, 30_000]

interface Answer extends Payload {
  response_type: 'ephemeral' | 'in_channel'
  /** The thread it belongs to. */
  thread_ts?: string | undefined
}

/**
 * Answers an interaction by its `response_url`, which works also where the bot is no member. Never in the place of what
 * was there.
 *
 * @throws Error with Slack's `data.error`, as its client does, when Slack does not take it
 */
export async function respondTo(url: string, answer: Answer): Promise<void> {
  const body = JSON.stringify({ replace_original: false, ...answer })
  for (let attempt = 1; ; attempt++) {
    const { status, error, retryAfter } = await post(url, body)
    if (status >= 200 && status < 300) return
    const mayPass = status === 0 || status === 429 || status >= 500
    const time = retryAfter ?? pause * 2 ** (attempt - 1)
    if (!mayPass || attempt === attempts || time > longestPause)
      throw Object.assign(new Error(`Slack answered with ${status}`), { data: { error } })
    await wait(time)
  }
}

async function post(url: string, body: string) {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      signal: AbortSignal.timeout(timeout),
    })
    const text = await response.text()
    const seconds = response.status === 429 ? Number(response.headers.get('retry-after')) : Number.NaN
    return {
      status: response.status,
      error: errorIn(text) ?? `status_${response.status}`,
      ...(seconds > 0 && { retryAfter: seconds * 1000 }),
    }
  } catch {
    return { status: 0, error: 'request_error' }
  }
}

/** Slack answers with JSON or with the bare name of the error. */
function errorIn(text: string): string | undefined {
  return /"error"\s*:\s*"(\w+)"/.exec(text)?.[1] ?? /^\w{3,50}$/.exec(text.trim())?.[0]
}
