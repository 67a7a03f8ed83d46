import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { drawGrowth } from './chart.ts'
import { type ComparedSystem, type GrowthPoint, grown, type LoadPoint, sizes } from './comparison.ts'
import { root } from './processes.ts'

export interface Results {
  compared: ComparedSystem[]
  growth: GrowthPoint[]
  loading: LoadPoint[]
  /** How long the measuring took. */
  seconds: number
}

const begin = '<!-- results: written by npm run bench -->'
const end = '<!-- /results -->'
const thousands = new Intl.NumberFormat('en-US')

/**
 * Writes `results.json`, `growth.svg` and the tables of `README.md`.
 *
 * @returns the tables, for the terminal
 */
export function writeReport(results: Results): string {
  const folder = join(root, 'bench')
  const machine = {
    date: new Date().toISOString().slice(0, 10),
    cores: cpus().length,
    processor: cpus()[0]?.model ?? '',
    node: process.version,
  }
  writeFileSync(join(folder, 'results.json'), `${JSON.stringify({ ...machine, ...results }, rounded, 2)}\n`)
  writeFileSync(join(folder, 'growth.svg'), drawGrowth(results.growth))
  const where = `${machine.date}, ${machine.cores} cores (${machine.processor}), Node ${machine.node}; the run took ${results.seconds} s.`
  const tables = [
    where,
    comparedTable(results.compared),
    speedTable(results.compared),
    growthTable(results),
  ].join('\n\n')
  const readme = join(folder, 'README.md')
  const page = readFileSync(readme, 'utf8')
  const [before, after] = [page.indexOf(begin), page.indexOf(end)]
  if (before < 0 || after < before)
    throw new Error(`${readme} lacks "${begin}" and "${end}" around the tables; put them back`)
  writeFileSync(readme, `${page.slice(0, before + begin.length)}\n\n${tables}\n\n${page.slice(after)}`)
  return `${tables}\n`
}

function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(4)) : value
}

function comparedTable(compared: readonly ComparedSystem[]): string {
  const { answerable, offTopic, uncovered } = compared[0]!.quality
  const rows = compared.map(({ system, quality }) => [
    system,
    `${quality.right} (${percent(quality.right, answerable)})`,
    String(quality.wrong),
    String(quality.nothing),
    `${quality.offTopicDeclined} (${percent(quality.offTopicDeclined, offTopic)})`,
    `${quality.uncoveredDeclined} (${percent(quality.uncoveredDeclined, uncovered)})`,
  ])
  const head = [
    '',
    `right, of ${answerable}`,
    'wrong',
    'nothing shown',
    `off topic declined, of ${offTopic}`,
    `not in the sources declined, of ${uncovered}`,
  ]
  return markdownTable(head, rows)
}

function speedTable(compared: readonly ComparedSystem[]): string {
  const raw = compared.find(({ system }) => system === 'MiniSearch')!
  const rows = compared.map((it) => [
    it.system,
    beside(it.p50, raw.p50, milliseconds),
    beside(it.p99, raw.p99, milliseconds),
    beside(it.build, raw.build, milliseconds),
    beside(it.memory, raw.memory, mebibytes),
    beside(it.memoryAfter, raw.memoryAfter, mebibytes),
  ])
  return markdownTable(['', 'p50 per question', 'p99', 'build', 'memory', 'memory after the questions'], rows)
}

function growthTable({ growth, loading }: Results): string {
  const [mine, raw] = grown.map((system) => growth.filter((point) => point.system === system)) as [
    GrowthPoint[],
    GrowthPoint[],
  ]
  const rows = sizes.map((size, i) => {
    const load = loading.find(({ sections }) => sections === size)
    const both = (of: (point: GrowthPoint) => number, show: (value: number) => string): string =>
      `${show(of(mine[i]!))} / ${show(of(raw[i]!))}`
    return [
      thousands.format(size),
      load === undefined ? '' : milliseconds(load.load),
      both((point) => point.build, milliseconds),
      both((point) => point.memory, mebibytes),
      both((point) => point.p50, milliseconds),
      both((point) => point.p99, milliseconds),
      times(mine[i]!.p50 / raw[i]!.p50),
    ]
  })
  return markdownTable(['sections', 'load (Markdown)', 'build', 'memory', 'p50', 'p99', 'ratio of p50'], rows)
}

function markdownTable(head: readonly string[], rows: readonly string[][]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map((_, column) => (column === 0 ? '---' : '---:'))), ...rows.map(line)].join(
    '\n',
  )
}

function beside(value: number, raw: number, show: (value: number) => string): string {
  return `${show(value)} (${times(value / raw)})`
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(0)} %`
}

function times(ratio: number): string {
  return `${ratio.toPrecision(ratio < 100 ? 2 : 3)}×`
}

function milliseconds(value: number): string {
  if (value >= 1000) return `${(value / 1000).toFixed(1)} s`
  return `${value.toFixed(value < 10 ? 2 : 0)} ms`
}

function mebibytes(value: number): string {
  return `${value.toFixed(value < 10 ? 1 : 0)} MiB`
}
