import type { Logger } from '../logger.ts'
import type { FeedbackEntry, QuestionEntry, Records } from './store.ts'
import { StoreError } from './store-error.ts'

/** So many entries wait at most, about 1 kB each. */
const mostWaiting = 10_000
/** Written in one transaction. */
const batchSize = 100
/** From the first failure to the longest time between attempts. Milliseconds. */
const [shortestPause, longestPause] = [250, 30_000]
/** So long the end waits for the database. Milliseconds. */
const longestGoodbye = 5_000

/** Takes entries at once and writes them when the database can, so that no answer waits for it. */
export interface Outbox {
  feedback(entry: FeedbackEntry): void
  question(entry: QuestionEntry): void
  /** How many entries wait to be written. */
  size(): number
  /** Drops what waits of a member; resolves when nothing of theirs is on its way to the database any more. */
  removeOf(member: string): Promise<void>
  /** Takes nothing any more; resolves when all is written, or is lost because the database stays away. */
  close(): Promise<void>
}

export interface OutboxOptions {
  mostWaiting?: number
  /** Milliseconds. */
  longestPause?: number
  /** Milliseconds. */
  longestGoodbye?: number
}

/** Entries that wait to be written, oldest first. */
interface Queue<Entry> {
  waiting: Entry[]
  /** The oldest of them while they are being written; they still stand in `waiting`. */
  underway: number
  write(entries: readonly Entry[]): Promise<void>
}

export function createOutbox(records: Records, logger: Logger, options: OutboxOptions = {}): Outbox {
  const most = options.mostWaiting ?? mostWaiting
  const feedback: Queue<FeedbackEntry> = { waiting: [], underway: 0, write: records.feedback.append }
  const questions: Queue<QuestionEntry> = { waiting: [], underway: 0, write: records.questions.append }
  let isClosed = false
  let lost = 0
  let failures = 0
  let writing: Promise<void> | undefined
  let wake = (): void => {}

  const size = (): number => feedback.waiting.length + questions.waiting.length

  /** Of the log first, the oldest first; what people said of answers goes last. */
  function makeRoom(): void {
    while (size() > most) {
      const queue = questions.waiting.length > questions.underway ? questions : feedback
      const [gone] = queue.waiting.splice(queue.underway, 1)
      if (gone === undefined) return
      if (lost++ === 0)
        logger.warn({ waiting: most }, 'the database is away for too long: the oldest entries are dropped')
    }
  }

  /** The transaction that is underway, if any; it never rejects. */
  let current: Promise<unknown> = Promise.resolve()

  function dropOf(member: string): void {
    const { waiting, underway } = questions
    questions.waiting = [
      ...waiting.slice(0, underway),
      ...waiting.slice(underway).filter((entry) => entry.member !== member),
    ]
  }

  async function writeAll(): Promise<void> {
    while (size() > 0) {
      try {
        const some = feedback.waiting.length > 0 ? writeSome(feedback) : writeSome(questions)
        current = some.catch(() => {})
        await some
        if (failures > 0) logger.info({ waiting: size(), lost }, 'the database is back')
        failures = 0
        lost = 0
      } catch (error) {
        if (failures++ === 0)
          logger.error(
            { error: (error as Error).message, waiting: size() },
            'the database cannot be written; the bot goes on and tries again',
          )
        await pause(failures)
      }
    }
  }

  async function writeSome<Entry>(queue: Queue<Entry>): Promise<void> {
    const entries = queue.waiting.slice(0, batchSize)
    queue.underway = entries.length
    try {
      await queue.write(entries)
      queue.waiting.splice(0, entries.length)
    } catch (error) {
      if (!(error instanceof StoreError) || error.mayPass) throw error
      // One of them is the reason, and must not hold up the others.
      for (const entry of entries) await writeOne(queue, entry)
    } finally {
      queue.underway = 0
    }
  }

  async function writeOne<Entry>(queue: Queue<Entry>, entry: Entry): Promise<void> {
    try {
      await queue.write([entry])
    } catch (error) {
      if (!(error instanceof StoreError) || error.mayPass) throw error
      logger.error({ error: error.message }, 'the database refuses an entry; it is left out')
    }
    queue.waiting.shift()
    queue.underway--
  }

  function pause(attempt: number): Promise<void> {
    const usual = Math.min(shortestPause * 2 ** (attempt - 1), options.longestPause ?? longestPause)
    // At the end there is no time for long pauses.
    const time = isClosed ? shortestPause : usual
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, time * (0.5 + Math.random() / 2))
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  function add<Entry>(queue: Queue<Entry>, entry: Entry): void {
    if (isClosed) return
    queue.waiting.push(entry)
    makeRoom()
    writing ??= writeAll().finally(() => {
      writing = undefined
    })
  }

  return {
    feedback: (entry) => add(feedback, entry),
    question: (entry) => add(questions, entry),
    size,
    async removeOf(member) {
      dropOf(member)
      await current
      // What could not be written waits again.
      dropOf(member)
    },
    async close() {
      isClosed = true
      wake()
      let timer: NodeJS.Timeout | undefined
      const timeOver = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, options.longestGoodbye ?? longestGoodbye)
      })
      await Promise.race([writing, timeOver])
      clearTimeout(timer)
      if (size() === 0) return
      logger.error({ lost: size() }, 'the database stayed away to the end; these entries are lost')
      feedback.waiting.length = 0
      questions.waiting.length = 0
      wake()
    },
  }
}
