import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { median } from '../measure.ts'
import { root } from '../processes.ts'
import type { BotName } from './bots.ts'
import type { Recovery, Start } from './lifecycle.ts'
import type { Load, LoadResult } from './load.ts'
import type { Kind } from './traffic.ts'

export type Pair<T> = Record<BotName, T>

export interface Results {
  load: Load
  loads: Pair<LoadResult[]>
  started: Pair<Start>
  idle: { guilds: number; memory: Pair<number> }[]
  recovery: Recovery
  /** How long the measuring took. */
  seconds: number
}

/** What we may need at most; ratios are to the echo bot. */
const floors = { ratio: 3, firstAnswer: 100, ready: 3000, memory: 1.3 }

const begin = '<!-- discord: written by npm run bench:discord -->'
const end = '<!-- /discord -->'
const integers = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })

/**
 * Writes the tables of `README.md`.
 *
 * @returns the tables, for the terminal
 */
export function writeReport(results: Results): string {
  const { load, loads, seconds } = results
  const remarks = [...loads.echo, ...loads.ours].flatMap((one) => one.remarks)
  const tables = [
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores (${cpus()[0]?.model ?? ''}), Node ${process.version}; ` +
      `${load.rate} interactions a second for ${load.seconds} s, twice each; the run took ${seconds} s.`,
    table(['', 'echo', 'ours', 'ratio', 'floor', ''], [...loadRows(loads), ...startRows(results)]),
    table(['dispatch to callback', 'share', 'echo p50', 'ours p50', 'echo p99', 'ours p99'], kindRows(loads)),
    recoveryLine(results.recovery),
    ...remarks.map((line) => `- ${line}`),
  ].join('\n\n')
  const readme = join(root, 'bench', 'README.md')
  const page = readFileSync(readme, 'utf8')
  const [before, after] = [page.indexOf(begin), page.indexOf(end)]
  if (before < 0 || after < before)
    throw new Error(`${readme} lacks "${begin}" and "${end}" around the tables; put them back`)
  writeFileSync(readme, `${page.slice(0, before + begin.length)}\n\n${tables}\n\n${page.slice(after)}`)
  return `${tables}\n`
}

function loadRows(loads: Pair<LoadResult[]>): string[][] {
  const both = (of: (result: LoadResult) => number): Pair<number> => ({
    echo: median(loads.echo.map(of)),
    ours: median(loads.ours.map(of)),
  })
  const total = (of: (result: LoadResult) => number): [string, string] => [
    integers.format(loads.echo.reduce((sum, one) => sum + of(one), 0)),
    integers.format(loads.ours.reduce((sum, one) => sum + of(one), 0)),
  ]
  return [
    compared(
      'p50',
      both((one) => one.p50),
      milliseconds,
      floors.ratio,
    ),
    compared(
      'p99',
      both((one) => one.p99),
      milliseconds,
      floors.ratio,
    ),
    compared(
      'p99 of the first 5 s',
      both((one) => one.cold),
      milliseconds,
    ),
    compared(
      'slowest',
      both((one) => one.max),
      milliseconds,
    ),
    compared(
      'processor time per interaction',
      both((one) => one.processor),
      milliseconds,
    ),
    compared(
      'memory after the load',
      both((one) => one.memory),
      mebibytes,
    ),
    compared(
      'schedule late, p99',
      both((one) => one.late),
      milliseconds,
    ),
    ['answered', ...total((one) => one.count), '', '', ''],
    [
      'unanswered',
      ...total((one) => one.unanswered),
      '',
      '0',
      verdict(total((one) => one.unanswered)[1] === '0'),
    ],
    [
      'refused requests',
      ...total((one) => one.violations),
      '',
      '0',
      verdict(total((one) => one.violations)[1] === '0'),
    ],
  ]
}

function startRows({ started, idle }: Results): string[][] {
  const { echo, ours } = started
  const absolute = (label: string, of: (start: Start) => number, most: number): string[] => [
    label,
    milliseconds(of(echo)),
    milliseconds(of(ours)),
    times(of(ours) / of(echo)),
    `< ${milliseconds(most)}`,
    verdict(of(ours) < most),
  ]
  return [
    absolute('first answer, from READY', (start) => start.firstAnswer, floors.firstAnswer),
    absolute('READY, from starting the process', (start) => start.ready, floors.ready),
    ...idle.map(({ guilds, memory }) =>
      compared(
        `memory idle, ${integers.format(guilds)} ${guilds === 1 ? 'server' : 'servers'}`,
        memory,
        mebibytes,
        floors.memory,
      ),
    ),
  ]
}

function kindRows(loads: Pair<LoadResult[]>): string[][] {
  const counted = loads.ours[0]!
  return (Object.keys(counted.kinds) as Kind[]).map((kind) => {
    const show = (name: BotName, of: 'p50' | 'p99'): string =>
      milliseconds(median(loads[name].map(({ kinds }) => kinds[kind][of])))
    const share = `${((100 * counted.kinds[kind].count) / counted.count).toFixed(0)} %`
    return [kind, share, show('echo', 'p50'), show('ours', 'p50'), show('echo', 'p99'), show('ours', 'p99')]
  })
}

function recoveryLine({ pressed, answered, ready }: Recovery): string {
  return (
    `Killed under load and started again (READY after ${milliseconds(ready)}): ` +
    `${integers.format(answered)} of ${integers.format(pressed)} old answers did what their buttons say.`
  )
}

function compared(
  label: string,
  { echo, ours }: Pair<number>,
  show: (value: number) => string,
  most?: number,
) {
  const ratio = ours / echo
  const floor = most === undefined ? ['', ''] : [`≤ ${most}×`, verdict(ratio <= most)]
  return [label, show(echo), show(ours), times(ratio), ...floor]
}

function verdict(isKept: boolean): string {
  return isKept ? 'kept' : 'missed'
}

function table(head: readonly string[], rows: readonly string[][]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const rule = head.map((_, column) => (column === 0 ? '---' : '---:'))
  return [line(head), line(rule), ...rows.map(line)].join('\n')
}

function times(ratio: number): string {
  return `${ratio.toPrecision(ratio < 100 ? 3 : 4)}×`
}

function milliseconds(value: number): string {
  return value >= 1000 ? `${(value / 1000).toFixed(1)} s` : `${value.toFixed(value < 10 ? 2 : 0)} ms`
}

function mebibytes(value: number): string {
  return `${value.toFixed(0)} MiB`
}
