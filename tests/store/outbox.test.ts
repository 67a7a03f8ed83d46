import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Logger } from '../../src/index.ts'
import { createOutbox, type OutboxOptions } from '../../src/store/outbox.ts'
import type { FeedbackEntry, QuestionEntry, Records } from '../../src/store/store.ts'
import { StoreError } from '../../src/store/store-error.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** An outbox before a database that a test switches off and on. */
function given(options: OutboxOptions = {}) {
  const written = { feedback: [] as string[], questions: [] as string[] }
  const lines: string[] = []
  const database = { isAway: false, attempts: 0, refused: '' }
  const append =
    (table: keyof typeof written) =>
    async (entries: readonly { id: string }[]): Promise<void> => {
      database.attempts++
      await Promise.resolve()
      if (database.isAway) throw new StoreError('DATABASE_URL: it is away')
      if (entries.some(({ id }) => id === database.refused)) throw new StoreError('no such thing', false)
      written[table].push(...entries.map(({ id }) => id))
    }
  const records = {
    feedback: { append: append('feedback') },
    questions: { append: append('questions') },
  } as unknown as Records
  const log = (level: string) => (fields: object, message: string) =>
    void lines.push(`${level} ${message} ${JSON.stringify(fields)}`)
  const logger: Logger = { info: log('info'), warn: log('warn'), error: log('error') }
  return { written, lines, database, outbox: createOutbox(records, logger, options) }
}

const feedback = (id: string): FeedbackEntry => ({ id, reference: 's.a', helpful: true, at: 1 })
const question = (id: string): QuestionEntry => ({ id, text: 'Why?', kind: 'answer', at: 1 })
const ids = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}${i}`)

describe('the outbox', () => {
  it('writes in order, without making anybody wait', async () => {
    const { outbox, written } = given()
    for (const id of ids('f', 250)) outbox.feedback(feedback(id))
    for (const id of ids('q', 250)) outbox.question(question(id))
    expect(written).toEqual({ feedback: [], questions: [] })
    await outbox.close()
    expect(written).toEqual({ feedback: ids('f', 250), questions: ids('q', 250) })
  })

  it('tries again ever more slowly while the database is away, and says so once', async () => {
    const { outbox, written, database, lines } = given({ longestPause: 8_000 })
    database.isAway = true
    for (const id of ids('f', 3)) outbox.feedback(feedback(id))
    await vi.advanceTimersByTimeAsync(60_000)
    expect(database.attempts).toBeGreaterThan(8)
    expect(database.attempts).toBeLessThan(30)
    expect(lines).toEqual([expect.stringMatching(/^error the database cannot be written.*it is away/)])
    database.isAway = false
    await vi.advanceTimersByTimeAsync(8_000)
    expect(written.feedback).toEqual(ids('f', 3))
    expect(lines.at(-1)).toMatch(/^info the database is back/)
  })

  it('is bounded: the oldest of the log goes first, feedback last', async () => {
    const { outbox, written, database, lines } = given({ mostWaiting: 100 })
    database.isAway = true
    for (const id of ids('q', 60)) outbox.question(question(id))
    for (const id of ids('f', 80)) outbox.feedback(feedback(id))
    await vi.advanceTimersByTimeAsync(1_000)
    for (const id of ids('late', 50)) outbox.feedback(feedback(id))
    outbox.question(question('q-last'))
    database.isAway = false
    await vi.advanceTimersByTimeAsync(60_000)
    expect(written.questions).toEqual([])
    expect(written.feedback).toEqual([...ids('f', 80).slice(30), ...ids('late', 50)])
    expect(lines.filter((line) => line.includes('dropped'))).toHaveLength(1)
  })

  it('leaves out what the database refuses, and nothing else', async () => {
    const { outbox, written, database, lines } = given()
    database.refused = 'f3'
    for (const id of ids('f', 6)) outbox.feedback(feedback(id))
    await outbox.close()
    expect(written.feedback).toEqual(['f0', 'f1', 'f2', 'f4', 'f5'])
    expect(lines).toEqual([expect.stringMatching(/^error the database refuses an entry/)])
  })

  it('writes everything at the end, also when the database comes back only then', async () => {
    const { outbox, written, database } = given()
    database.isAway = true
    outbox.feedback(feedback('f'))
    await vi.advanceTimersByTimeAsync(300_000)
    const closing = outbox.close()
    await vi.advanceTimersByTimeAsync(1_000)
    database.isAway = false
    await vi.advanceTimersByTimeAsync(1_000)
    await closing
    expect(written.feedback).toEqual(['f'])
    outbox.feedback(feedback('too late'))
    await vi.advanceTimersByTimeAsync(60_000)
    expect(written.feedback).toEqual(['f'])
  })

  it('ends in time when the database stays away, and says how much is lost', async () => {
    const { outbox, database, lines } = given({ longestGoodbye: 2_000 })
    database.isAway = true
    for (const id of ids('f', 3)) outbox.feedback(feedback(id))
    const closing = outbox.close()
    await vi.advanceTimersByTimeAsync(2_000)
    await closing
    expect(lines.at(-1)).toMatch(/entries are lost {"lost":3}$/)
    const { attempts } = database
    await vi.advanceTimersByTimeAsync(60_000)
    expect(database.attempts).toBe(attempts)
  })
})
