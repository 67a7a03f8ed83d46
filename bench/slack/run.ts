// npm run bench:slack [-- --seconds 30 --rate 200]     writes the section "Slack" of bench/README.md
import { parseArgs } from 'node:util'
import { createProgress } from '../progress.ts'
import { build, transports } from './apps.ts'
import { type Load, measureLoad } from './load.ts'
import { type Loads, writeReport } from './report.ts'

const usage = 'npm run bench:slack [-- --seconds 30 --rate 200]'
/** Each app in turn, because what else the machine does changes by the minute; the middle one counts. */
const rounds = 3

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
const began = performance.now()
build()
const loads: Loads = { http: { echo: [], ours: [] }, socket: { echo: [], ours: [] } }
const steps = rounds * transports.length
for (let step = 0; step < steps; step++) {
  const transport = transports[step % transports.length] ?? 'http'
  progress.report(step, steps, transport)
  loads[transport].echo.push(await measureLoad('echo', transport, load))
  loads[transport].ours.push(await measureLoad('ours', transport, load))
}
progress.clear()
const seconds = Math.round((performance.now() - began) / 1000)
process.stdout.write(writeReport({ load, loads, rounds, seconds }))
