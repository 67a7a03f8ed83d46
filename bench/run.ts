// npm run bench                                    everything; writes results.json, growth.svg and the tables of README.md
// npm run bench -- --bank DIR --questions FILE     how often the right thread of another question bank comes first
import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { measureBank } from './bank.ts'
import { compareSystems, labelled, measureGrowth, measureLoading } from './comparison.ts'
import { compile } from './processes.ts'
import { createProgress } from './progress.ts'
import { writeReport } from './report.ts'

const usage = 'npm run bench [-- --bank DIR --questions FILE]'

function readOptions() {
  try {
    return parseArgs({ options: { bank: { type: 'string' }, questions: { type: 'string' } } }).values
  } catch (error) {
    return fail(`${(error as Error).message}\n${usage}`)
  }
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`)
  process.exit(2)
}

const { bank, questions } = readOptions()
if ((bank === undefined) !== (questions === undefined)) fail(`--bank and --questions go together\n${usage}`)
for (const path of [bank, questions ?? labelled])
  if (path !== undefined && !existsSync(path)) fail(`${path}: there is no such file`)

const progress = createProgress(process.stderr)
if (bank !== undefined && questions !== undefined) {
  process.stdout.write(await measureBank(bank, questions, progress))
} else {
  const began = performance.now()
  compile()
  const compared = await compareSystems(progress)
  const growth = await measureGrowth(progress)
  const loading = await measureLoading(progress)
  progress.clear()
  process.stdout.write(
    writeReport({ compared, growth, loading, seconds: Math.round((performance.now() - began) / 1000) }),
  )
}
