// npm run bench:discord [-- --seconds 30 --rate 200]     writes the section "Discord" of bench/README.md
/// <reference path="../../tests/peers/discord/discord-api-spec.d.ts" />
import { parseArgs } from 'node:util'
import { createProgress } from '../progress.ts'
import { build } from './bots.ts'
import { measureIdle, measureRecovery, measureStarts } from './lifecycle.ts'
import { type Load, type LoadResult, measureLoad } from './load.ts'
import { type Pair, writeReport } from './report.ts'

const usage = 'npm run bench:discord [-- --seconds 30 --rate 200]'
/** Each bot in turn, because what else the machine does changes by the minute. */
const rounds = 2
const starts = 5
/** Milliseconds from READY. */
const idleAfter = 10_000
const guildCounts = [1, 500]
/** Seconds. */
const recoveryLoad = 8

function readLoad(): Load {
  const texts = {
    seconds: { type: 'string', default: '30' },
    rate: { type: 'string', default: '200' },
  } as const
  try {
    const { seconds, rate } = parseArgs({ options: texts }).values
    const load = { seconds: Number(seconds), rate: Number(rate) }
    if (!(load.seconds > 0 && load.rate > 0)) throw new Error('--seconds and --rate take numbers above 0')
    return load
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n${usage}\n`)
    process.exit(2)
  }
}

const load = readLoad()
const progress = createProgress(process.stderr)
const steps = rounds + 1 + guildCounts.length + 1
let done = 0
const step = (what: string): void => progress.report(done++, steps, what)

const began = performance.now()
build()
const loads: Pair<LoadResult[]> = { echo: [], ours: [] }
for (let round = 0; round < rounds; round++) {
  step('load')
  loads.echo.push(await measureLoad('echo', load))
  loads.ours.push(await measureLoad('ours', load))
}
step('starts')
const started = { echo: await measureStarts('echo', starts), ours: await measureStarts('ours', starts) }
const idle: { guilds: number; memory: Pair<number> }[] = []
for (const guilds of guildCounts) {
  step(`idle with ${guilds} servers`)
  const [echo, ours] = await Promise.all([
    measureIdle('echo', guilds, idleAfter),
    measureIdle('ours', guilds, idleAfter),
  ])
  idle.push({ guilds, memory: { echo, ours } })
}
step('recovery')
const recovery = await measureRecovery({ ...load, seconds: recoveryLoad })
progress.clear()
const seconds = Math.round((performance.now() - began) / 1000)
process.stdout.write(writeReport({ load, loads, started, idle, recovery, seconds }))
