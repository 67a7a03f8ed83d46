import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { median } from '../measure.ts'
import { root } from '../processes.ts'
import { type AppName, type Transport, transports } from './apps.ts'
import type { Load, LoadResult } from './load.ts'

export type Loads = Record<Transport, Record<AppName, LoadResult[]>>

export interface Results {
  load: Load
  loads: Loads
  rounds: number
  /** How long the measuring took. */
  seconds: number
}

/** How many times as long as the echo app we may take at most. */
const most = 3

const begin = '<!-- slack: written by npm run bench:slack -->'
const end = '<!-- /slack -->'
const names: Record<Transport, string> = { http: 'HTTP', socket: 'Socket Mode' }
const integers = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })

/**
 * Writes the tables of `README.md`.
 *
 * @returns the tables, for the terminal
 */
export function writeReport({ load, loads, rounds, seconds }: Results): string {
  const remarks = transports.flatMap((transport) =>
    Object.values(loads[transport])
      .flat()
      .flatMap((one) => one.remarks),
  )
  const tables = [
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores (${cpus()[0]?.model ?? ''}), Node ${process.version}; ` +
      `${load.rate} commands a second for ${load.seconds} s, ${rounds} times each; the run took ${seconds} s.`,
    ...transports.map((transport) =>
      table([names[transport], 'echo', 'ours', 'ratio', 'floor', ''], rowsOf(loads[transport])),
    ),
    ...[...new Set(remarks)].map((line) => `- ${line}`),
  ].join('\n\n')
  const readme = join(root, 'bench', 'README.md')
  const page = readFileSync(readme, 'utf8')
  const [before, after] = [page.indexOf(begin), page.indexOf(end)]
  if (before < 0 || after < before)
    throw new Error(`${readme} lacks "${begin}" and "${end}" around the tables; put them back`)
  writeFileSync(readme, `${page.slice(0, before + begin.length)}\n\n${tables}\n\n${page.slice(after)}`)
  return `${tables}\n`
}

function rowsOf(runs: Record<AppName, LoadResult[]>): string[][] {
  type Of = (result: LoadResult) => number
  const compared = (label: string, of: Of, show: (value: number) => string, isBound = false): string[] => {
    const [echo, ours] = [median(runs.echo.map(of)), median(runs.ours.map(of))]
    const floor = isBound ? [`≤ ${most}×`, verdict(ours / echo <= most)] : ['', '']
    return [label, show(echo), show(ours), times(ours / echo), ...floor]
  }
  const total = (list: readonly LoadResult[], of: Of): number => list.reduce((sum, one) => sum + of(one), 0)
  const counted = (label: string, of: Of, isBound = false): string[] => {
    const [echo, ours] = [total(runs.echo, of), total(runs.ours, of)]
    const floor = isBound ? ['0', verdict(ours === 0)] : ['', '']
    return [label, integers.format(echo), integers.format(ours), '', ...floor]
  }
  return [
    compared('p50', (one) => one.p50, milliseconds, true),
    compared('p99', (one) => one.p99, milliseconds, true),
    compared('p99 of the first 5 s', (one) => one.cold, milliseconds),
    compared('slowest', (one) => one.max, milliseconds),
    compared('processor time per command', (one) => one.processor, milliseconds),
    compared('memory after the load', (one) => one.memory, mebibytes),
    compared('schedule late, p99', (one) => one.late, milliseconds),
    counted('acknowledged', (one) => one.answered),
    counted('unanswered', (one) => one.unanswered, true),
    counted('refused answers', (one) => one.violations, true),
  ]
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
