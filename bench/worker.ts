// A process of its own for each measurement, so that one library's memory and garbage do not disturb another's.
// It gets one job as a message and answers with one result.
import { loadContent } from '../src/content/load.ts'
import { growContent } from './grow.ts'
import { type Latency, latencyOf, usedMemory } from './measure.ts'
import { judge, type LabelledQuestion, type Quality, readLines } from './questions.ts'
import { type Found, type SystemName, systems } from './systems.ts'

export interface SystemJob {
  kind: 'system'
  system: SystemName
  content: string
  /** So many sections made from the content; without it, the content itself. */
  grownTo?: number
  questions: string
  /** Ask only so many of the answerable questions, spread over the file. */
  take?: number
  /** Milliseconds for repeating the questions. */
  budget: number
}

export interface LoadJob {
  kind: 'load'
  content: string
}

export interface SystemResult extends Latency {
  sections: number
  /** Milliseconds from the sections to being able to answer, in a fresh process. */
  build: number
  /** MiB beside the sections themselves: after building, and after all questions. */
  memory: number
  memoryAfter: number
  quality: Quality
}

export interface LoadResult {
  sections: number
  /** Milliseconds from Markdown files to sections, in a fresh process. */
  load: number
}

/** The compiler is warm after so many questions, or after so long (milliseconds). */
const warmUp = { questions: 40, time: 500 }
const mebibyte = 2 ** 20

async function measureSystem(job: SystemJob): Promise<SystemResult> {
  const loaded = await loadContent(job.content)
  const content = job.grownTo === undefined ? loaded : growContent(loaded, job.grownTo)
  const questions = pick(readLines<LabelledQuestion>(job.questions), job.take)
  const before = usedMemory()
  const began = performance.now()
  const ask = await systems[job.system](content)
  const build = performance.now() - began
  const memory = (usedMemory() - before) / mebibyte

  const warmUntil = performance.now() + warmUp.time
  for (const question of questions.slice(0, warmUp.questions))
    if (performance.now() < warmUntil) await ask(question)()
  const ready = questions.map((question) => ask(question))
  const found: Found[] = []
  const record = (i: number, it: Found): void => {
    found[i] = it
  }
  const recording = ready.map((run, i) => () => {
    const result = run()
    return result instanceof Promise ? result.then((it) => record(i, it)) : record(i, result)
  })
  const latency = await latencyOf(recording, job.budget)
  const quality = judge(questions, found)
  found.length = 0
  const memoryAfter = (usedMemory() - before) / mebibyte
  return { sections: content.sections.length, build, memory, memoryAfter, quality, ...latency }
}

function pick(questions: readonly LabelledQuestion[], take: number | undefined): LabelledQuestion[] {
  if (take === undefined) return [...questions]
  const answerable = questions.filter(
    (question) => question.expect === 'answer' && question.context === undefined,
  )
  return Array.from({ length: take }, (_, i) => answerable[Math.floor((i * answerable.length) / take)]!)
}

async function measureLoad(job: LoadJob): Promise<LoadResult> {
  const began = performance.now()
  const { sections } = await loadContent(job.content)
  return { sections: sections.length, load: performance.now() - began }
}

process.once('message', async (job: SystemJob | LoadJob) => {
  const result = job.kind === 'system' ? await measureSystem(job) : await measureLoad(job)
  process.send?.(result, () => process.disconnect())
})
