import { loadContent } from '../src/content/load.ts'
import { median, percentile } from './measure.ts'
import type { Progress } from './progress.ts'
import { readLines } from './questions.ts'
import { type SystemName, systems } from './systems.ts'

/** A question and the file (without `.md`) that answers it. */
interface BankQuestion {
  q: string
  thread: string
}

const measured: SystemName[] = ['ai-career-bot', 'MiniSearch', 'MiniSearch, stems and title boost', 'lunr']

/** How often the right thread comes first, on documents and questions that nothing here was made for. */
export async function measureBank(
  folder: string,
  questionsFile: string,
  progress: Progress,
): Promise<string> {
  const content = await loadContent(folder)
  const questions = readLines<BankQuestion>(questionsFile)
  const rows: string[][] = []
  for (const [i, system] of measured.entries()) {
    progress.report(i + 1, measured.length, `asking ${questions.length} questions: ${system}`)
    const ask = await systems[system](content)
    const times: number[] = []
    let right = 0
    for (const { q, thread } of questions) {
      const run = ask({ q })
      const began = performance.now()
      const { first } = await run()
      times.push(performance.now() - began)
      if (first?.file === `${thread}.md`) right++
    }
    const share = `${((100 * right) / questions.length).toFixed(1)} %`
    rows.push([
      system,
      share,
      `${right} of ${questions.length}`,
      `${median(times).toFixed(2)} ms`,
      `${percentile(times, 0.99).toFixed(2)} ms`,
    ])
  }
  progress.clear()
  const head = `${content.sections.length} sections of ${content.documents} threads, ${questions.length} questions\n`
  return `${head}\n${textTable(['', 'right thread first', '', 'p50', 'p99'], rows)}\n`
}

function textTable(head: readonly string[], rows: readonly string[][]): string {
  const widths = head.map((cell, column) => Math.max(cell.length, ...rows.map((row) => row[column]!.length)))
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
      .join('  ')
  return [head, ...rows].map(line).join('\n')
}
