/** The middle value; of an even number of values, the upper of the two in the middle. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5)
}

/** @param share 0.99 for the value that 99 % of all values do not exceed */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** Bytes of JavaScript values alive; the process has to run with `--expose-gc`. */
export function usedMemory(): number {
  for (let i = 0; i < 2; i++) globalThis.gc?.()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

export interface Latency {
  /** Milliseconds per question. */
  p50: number
  p99: number
}

/**
 * Asks all questions again and again for a while (at least once) and takes the medians over the rounds, so that a
 * disturbance from outside counts little.
 *
 * @param budget milliseconds
 */
export async function latencyOf(questions: readonly (() => unknown)[], budget: number): Promise<Latency> {
  const rounds: Latency[] = []
  const began = performance.now()
  do {
    const times: number[] = []
    for (const ask of questions) {
      const asked = performance.now()
      const result = ask()
      if (result instanceof Promise) await result
      times.push(performance.now() - asked)
    }
    rounds.push({ p50: percentile(times, 0.5), p99: percentile(times, 0.99) })
  } while (performance.now() - began < budget)
  return { p50: median(rounds.map((round) => round.p50)), p99: median(rounds.map((round) => round.p99)) }
}
