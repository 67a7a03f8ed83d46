/** A newcomer waits a little, so that those who come at the same time are greeted together. Milliseconds. */
const usualWait = 3_000
/** After a greeting the next ones wait longer: there is a wave. Milliseconds. */
const waitInWave = 10_000
/** So long after a greeting it still counts as a wave. Milliseconds. */
const waveLasts = 30_000
/** Between two full greetings. Milliseconds. */
const pause = 1_000

export interface Waves {
  add(community: string, member: string): void
  /** Greets everybody who still waits. */
  close(): Promise<void>
}

interface Queue {
  waiting: Set<string>
  greetedAt: number
  timer?: NodeJS.Timeout | undefined
}

/**
 * Gathers newcomers of each community into few greetings.
 *
 * @param most members in one greeting
 * @param greet never rejects; one call after the other for a community
 * @param now the time in milliseconds
 */
export function createWaves(
  most: number,
  greet: (community: string, members: string[]) => Promise<void>,
  now: () => number,
): Waves {
  const queues = new Map<string, Queue>()
  const underway = new Set<Promise<void>>()

  function queueOf(community: string): Queue {
    const known = queues.get(community)
    if (known !== undefined) return known
    const made: Queue = { waiting: new Set(), greetedAt: Number.NEGATIVE_INFINITY }
    queues.set(community, made)
    return made
  }

  function plan(community: string, queue: Queue, wait: number): void {
    queue.timer ??= setTimeout(() => {
      const greeting = flush(community, queue).finally(() => underway.delete(greeting))
      underway.add(greeting)
    }, wait)
  }

  async function flush(community: string, queue: Queue): Promise<void> {
    const members = [...queue.waiting].slice(0, most)
    for (const member of members) queue.waiting.delete(member)
    if (members.length > 0) await greet(community, members)
    queue.greetedAt = now()
    queue.timer = undefined
    if (queue.waiting.size > 0) plan(community, queue, queue.waiting.size >= most ? pause : waitInWave)
    else setTimeout(() => forget(community, queue), waveLasts).unref()
  }

  /** A quiet community takes no room. */
  function forget(community: string, queue: Queue): void {
    if (queue.timer === undefined && queue.waiting.size === 0) queues.delete(community)
  }

  return {
    add(community, member) {
      const queue = queueOf(community)
      queue.waiting.add(member)
      plan(community, queue, now() - queue.greetedAt < waveLasts ? waitInWave : usualWait)
    },
    async close() {
      await Promise.all(underway)
      for (const [community, queue] of queues) {
        clearTimeout(queue.timer)
        while (queue.waiting.size > 0) {
          const members = [...queue.waiting].slice(0, most)
          for (const member of members) queue.waiting.delete(member)
          await greet(community, members)
        }
      }
      queues.clear()
    },
  }
}
