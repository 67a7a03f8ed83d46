import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type App, isAnswered } from '../../src/index.ts'

const file = join(import.meta.dirname, '../../tests/eval/questions.jsonl')
const questions = readFileSync(file, 'utf8')
  .trim()
  .split('\n')
  .map((line) => (JSON.parse(line) as { q: string }).q)

/** Every so many questions, somebody says what they think of the answer. */
const feedbackEvery = 4
/** More than ask in a minute, so that nobody meets a limit. */
const members = 2_000

export interface Phase {
  asked: number
  answered: number
  withKnowledge: number
  /** Milliseconds from the moment at which the question was due. */
  p50: number
  p99: number
  slowest: number
  /** Ids of the feedback that was given. */
  clicks: string[]
}

/** So many questions a second, whether the ones before are answered or not. */
export async function load(app: App, name: string, rate: number, seconds: number): Promise<Phase> {
  const times: number[] = []
  const clicks: string[] = []
  const underway: Promise<void>[] = []
  let withKnowledge = 0
  const ask = async (i: number, due: number): Promise<void> => {
    // Timers may be early by a fraction of a millisecond, and never make up for a late one.
    const from = Math.min(due, performance.now())
    const reply = await app.bot.handle({
      kind: 'question',
      text: questions[i % questions.length] ?? '',
      conversation: `${name}-${i}`,
      member: `member-${i % members}`,
      platform: 'bench',
    })
    if (reply.kind === 'limited') return
    times.push(performance.now() - from)
    if (!isAnswered(reply)) return
    withKnowledge++
    if (i % feedbackEvery > 0) return
    const click = `${name}-${i}`
    clicks.push(click)
    await app.bot.handle({ kind: 'feedback', reference: reply.reference, helpful: i % 3 === 0, click })
  }
  const began = performance.now()
  const asked = rate * seconds
  for (let i = 0; i < asked; i++) {
    const due = began + (i * 1_000) / rate
    const wait = due - performance.now()
    if (wait > 0) await sleep(wait)
    underway.push(ask(i, due))
  }
  await Promise.all(underway)
  times.sort((a, b) => a - b)
  const at = (share: number): number =>
    times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  return {
    asked,
    answered: times.length,
    withKnowledge,
    p50: at(0.5),
    p99: at(0.99),
    slowest: times.at(-1) ?? 0,
    clicks,
  }
}
