import { setImmediate as next, setTimeout as wait } from 'node:timers/promises'

/** Nobody waits for an answer when nothing was asked for so long. Milliseconds. */
const quietAfter = 5_000
/** Milliseconds. */
const settleAfter = 500
/** Whoever asked within this time is followed by others, and their answers warm up just as well. Milliseconds. */
const busyFor = 100

/** Finds time for what would keep people waiting. */
export interface Quiet {
  /** Does what somebody waits for. */
  during<T>(work: () => T): T
  /** Takes step by step, answering in between, then tidies up once nobody has asked for a while. */
  settle(steps: Iterator<void>): Promise<void>
}

export function createQuiet(): Quiet {
  let last = performance.now()

  return {
    during(work) {
      last = performance.now()
      return work()
    },
    async settle(steps) {
      // Whoever waited for the bot to start comes first.
      await wait(settleAfter, undefined, { ref: false })
      do {
        await next()
        while (performance.now() - last < busyFor) await wait(busyFor, undefined, { ref: false })
      } while (!steps.next().done)
      last = performance.now()
      for (let left = quietAfter; left > 0; left = last + quietAfter - performance.now())
        await wait(left, undefined, { ref: false })
      await tidyUp()
    },
  }
}

/** Gives back what reading the documents left behind, which Node.js would keep. Nothing else runs meanwhile. */
async function tidyUp(): Promise<void> {
  const { Session } = await import('node:inspector/promises')
  const session = new Session()
  session.connect()
  await session.post('HeapProfiler.collectGarbage')
  session.disconnect()
}
