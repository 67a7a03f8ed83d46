import { setTimeout as wait } from 'node:timers/promises'
import { StoreError } from '../../src/index.ts'

/** Longer no answer waits for the database. Milliseconds. */
const patience = 500

/**
 * @param time milliseconds
 * @throws StoreError when the database is late
 */
export async function soon<T>(value: Promise<T>, time = patience): Promise<T> {
  const found = await inTime(
    value.then((found) => ({ found })),
    time,
  )
  if (found === undefined) throw new StoreError('the database is late')
  return found.found
}

/**
 * @param time milliseconds
 * @returns undefined when the time is over
 */
export async function inTime<T>(value: Promise<T>, time: number): Promise<T | undefined> {
  const over = new AbortController()
  try {
    return await Promise.race([value, wait(time, undefined, { signal: over.signal })])
  } finally {
    over.abort()
  }
}
