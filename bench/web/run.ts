// npm run bench:web [-- --seconds 30 --rate 500]     writes the section "The page" of bench/README.md
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { median } from '../measure.ts'
import { compile, root } from '../processes.ts'
import { createProgress } from '../progress.ts'
import { type Load, type LoadResult, measureLoad, type ServerName, serverNames } from './load.ts'

const usage = 'npm run bench:web [-- --seconds 30 --rate 500]'
/** Each server in turn, because what else the machine does changes by the minute; the middle one counts. */
const rounds = 3
/** How many times as long as the echo server we may take at most. */
const most = 3

const begin = '<!-- web: written by npm run bench:web -->'
const end = '<!-- /web -->'

function readLoad(): Load {
  const texts = {
    seconds: { type: 'string', default: '30' },
    rate: { type: 'string', default: '500' },
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

function writeReport(load: Load, runs: Record<ServerName, LoadResult[]>): string {
  const report = [
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores (${cpus()[0]?.model ?? ''}), Node ${process.version}; ${load.rate} questions a second for ${load.seconds} s, ${rounds} times each.`,
    [
      '',
      '| | echo | ours | ratio | floor | |',
      '| --- | ---: | ---: | ---: | ---: | ---: |',
      ...rowsOf(runs),
    ].join('\n'),
  ].join('\n')
  const readme = join(root, 'bench', 'README.md')
  const page = readFileSync(readme, 'utf8')
  const [before, after] = [page.indexOf(begin), page.indexOf(end)]
  if (before < 0 || after < before)
    throw new Error(`${readme} lacks "${begin}" and "${end}" around the table; put them back`)
  writeFileSync(readme, `${page.slice(0, before + begin.length)}\n\n${report}\n\n${page.slice(after)}`)
  return `${report}\n`
}

function rowsOf(runs: Record<ServerName, LoadResult[]>): string[] {
  type Of = (result: LoadResult) => number
  const compared = (label: string, of: Of, isBound = false): string => {
    const [echo, ours] = [median(runs.echo.map(of)), median(runs.ours.map(of))]
    const floor = isBound ? `≤ ${most}× | ${ours / echo <= most ? 'kept' : 'missed'}` : '|'
    return `| ${label} | ${echo.toFixed(2)} ms | ${ours.toFixed(2)} ms | ${(ours / echo).toPrecision(3)}× | ${floor} |`
  }
  const counted = (label: string, of: Of, isBound = false): string => {
    const sum = (name: ServerName): number => runs[name].reduce((total, one) => total + of(one), 0)
    const floor = isBound ? `0 | ${sum('ours') === 0 ? 'kept' : 'missed'}` : '|'
    return `| ${label} | ${sum('echo')} | ${sum('ours')} | | ${floor} |`
  }
  return [
    compared('p50', (one) => one.p50),
    compared('p99', (one) => one.p99, true),
    compared('p99 of the first 5 s', (one) => one.cold),
    compared('slowest', (one) => one.max),
    compared('schedule late, p99', (one) => one.late),
    counted('answered', (one) => one.answered),
    counted('errors', (one) => one.errors, true),
  ]
}

const load = readLoad()
const progress = createProgress(process.stderr)
execFileSync('npm', ['run', 'build'], { cwd: root, stdio: 'pipe' })
compile()
const runs: Record<ServerName, LoadResult[]> = { echo: [], ours: [] }
for (let round = 0; round < rounds; round++) {
  progress.report(round, rounds, 'rounds')
  for (const name of serverNames) runs[name].push(await measureLoad(name, load))
}
progress.clear()
process.stdout.write(writeReport(load, runs))
