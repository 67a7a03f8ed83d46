/**
 * What people notice when the database is away: 100 questions a second while it runs, while it is stopped and while it
 * does not answer. A PostgreSQL of its own is made for it and removed.
 *
 * `npm run bench:store [seconds of each phase, 60]`
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type App, createApp, type Logger } from '../../src/index.ts'
import { wayTo } from '../../tests/store/way.ts'
import { createCluster } from './cluster.ts'
import { load, type Phase } from './load.ts'

const rate = 100
const seconds = Number(process.argv[2] || 60)
/** For each of the rates that show how much one process can do. */
const rateSeconds = 15
/** So long the waiting entries may take to be written. Milliseconds. */
const patience = 90_000
/** Longer than the longest pause between attempts to find the database. Milliseconds. */
const recovery = 7_000

const silent: Logger = { info() {}, warn() {}, error() {} }
const contentDir = join(import.meta.dirname, '../../content')
const dataDir = mkdtempSync(join(tmpdir(), 'career-bench-'))
const cluster = await createCluster()
const way = await wayTo(cluster.url)

async function kept(app: App): Promise<{ feedback: Set<string>; questions: number }> {
  const feedback = new Set<string>()
  for await (const { id } of app.store.records.feedback.since(0)) feedback.add(id)
  let questions = 0
  for await (const _ of app.store.records.questions.since(0)) questions++
  return { feedback, questions }
}

async function drained(app: App): Promise<number> {
  const began = performance.now()
  while (app.waiting() > 0) {
    if (performance.now() - began > patience) throw new Error(`${app.waiting()} entries are still waiting`)
    await sleep(50)
  }
  return (performance.now() - began) / 1_000
}

function row(name: string, { asked, answered, p50, p99, slowest }: Phase, before?: Phase): string {
  const ratio = before === undefined ? '1.0×' : `${(p99 / before.p99).toFixed(2)}×`
  const times = [p50, p99].map((time) => `${time.toFixed(2)} ms`)
  return `| ${[name, asked, asked - answered, ...times, ratio, `${slowest.toFixed(0)} ms`].join(' | ')} |`
}

const lines = [
  '| database | questions | unanswered | p50 | p99 | p99 beside running | slowest |',
  '| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
]
try {
  const app = await createApp(
    { contentDir, dataDir, databaseUrl: way.url, questionLogDays: 1 },
    { logger: silent },
  )
  app.openStore()
  app.bot.warmUp().next()
  await load(app, 'warm', rate, Math.min(seconds, 10))
  const clicks: string[] = []
  let asked = (await kept(app)).questions
  const measured = async (name: string): Promise<Phase> => {
    const phase = await load(app, name, rate, seconds)
    clicks.push(...phase.clicks)
    asked += phase.answered
    return phase
  }
  const running = await measured('running')
  lines.push(row('runs', running))

  cluster.stop()
  const stopped = await measured('stopped')
  const waitedStopped = app.waiting()
  cluster.start()
  const tookStopped = await drained(app)
  lines.push(row(`stopped for ${seconds} s`, stopped, running))
  // By then limits are counted in the database again, so that somebody finds it silent.
  await sleep(recovery)

  way.stick()
  const stuck = await measured('stuck')
  const waitedStuck = app.waiting()
  await way.mend()
  const tookStuck = await drained(app)
  lines.push(row(`does not answer for ${seconds} s`, stuck, running))

  await sleep(recovery)
  const rates = ['| questions a second | p50 | p99 | CPU | memory |', '| ---: | ---: | ---: | ---: | ---: |']
  for (const each of [50, 100, 200, 400]) {
    const before = process.cpuUsage()
    const { p50, p99, answered, clicks: given } = await load(app, `rate-${each}`, each, rateSeconds)
    const { user, system } = process.cpuUsage(before)
    const cpu = (user + system) / 10_000 / rateSeconds
    const memory = process.memoryUsage().rss / 2 ** 20
    const cells = [each, `${p50.toFixed(2)} ms`, `${p99.toFixed(2)} ms`, `${cpu.toFixed(0)} %`]
    rates.push(`| ${[...cells, `${memory.toFixed(0)} MiB`].join(' | ')} |`)
    asked += answered
    clicks.push(...given)
    await drained(app)
  }

  const { feedback, questions } = await kept(app)
  const missing = clicks.filter((click) => !feedback.has(click)).length
  process.stdout.write(`${rates.join('\n')}\n\n`)
  process.stdout.write(
    `${lines.join('\n')}\n\nFeedback: ${clicks.length} given, ${missing} missing afterwards. Questions: ${asked} at least asked, ${questions} kept.\n` +
      `Waiting at the end of the outage: ${waitedStopped} entries, written ${tookStopped.toFixed(1)} s after it; ${waitedStuck} entries, ${tookStuck.toFixed(1)} s.\n`,
  )
  await app.close()
} finally {
  await way.cut()
  cluster.close()
  rmSync(dataDir, { recursive: true, force: true })
}
