#!/usr/bin/env node
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import type { App, Compiled } from '../src/index.ts'
import type { AskOptions } from './console/ask.ts'
import type { InsightsOptions } from './console/insights.ts'

// The same file runs as adapters/main.ts and as dist/adapters/main.js.
const above = dirname(import.meta.dirname)
const root = basename(above) === 'dist' ? dirname(above) : above
/** The default content, parsed when the project is built: parsing takes longer than answering. */
const compiledFile = join(root, 'dist', 'content.json')

const badUsage = 2

interface ContentOption {
  content?: string
}

async function readEnvironment() {
  if (existsSync('.env')) (await import('dotenv')).config({ quiet: true })
  const { readSettings } = await import('../src/index.ts')
  const settings = await readSettings(process.env)
  if ('problems' in settings)
    return fail(['These settings are not right:', ...settings.problems.map((line) => `  ${line}`)])
  return settings
}

/** The one place where the process ends with a message. */
function fail(lines: readonly string[]): never {
  process.stderr.write(`${lines.join('\n')}\n`)
  process.exit(badUsage)
}

function readCompiled(): Compiled {
  // The sources may be newer than what was built from them.
  if (above === root) return new Map()
  try {
    return new Map(JSON.parse(readFileSync(compiledFile, 'utf8')) as [string, unknown][])
  } catch {
    // Not built, or half written: the files are parsed instead.
    return new Map()
  }
}

async function start(options: ContentOption, watch: boolean): Promise<App> {
  const settings = await readEnvironment()
  const [{ createApp, ContentError, formatProblem }, { createLogger }, { createProgress }] =
    await Promise.all([import('../src/index.ts'), import('./logger.ts'), import('./console/progress.ts')])
  const progress = createProgress(process.stderr)
  try {
    const app = await createApp(
      {
        contentDir: resolve(options.content || settings.contentDir || join(root, 'content')),
        dataDir: resolve(settings.dataDir),
        databaseUrl: settings.databaseUrl,
        encryptionKey: settings.encryptionKey,
        questionLogDays: settings.questionLogDays,
        watch,
      },
      {
        logger: createLogger(settings.logLevel),
        compiled: readCompiled(),
        onProgress: (step, done, total) =>
          progress.report(step === 'reading' ? 'Reading documents' : 'Indexing sections', done, total),
      },
    )
    progress.clear()
    if (app.problems.length > 0) process.stderr.write(`${app.problems.map(formatProblem).join('\n')}\n`)
    return app
  } catch (error) {
    progress.clear()
    if (error instanceof ContentError) return fail([...error.problems.map(formatProblem), error.message])
    throw error
  }
}

async function chat(options: ContentOption): Promise<void> {
  const app = await start(options, true)
  const { createAdapter } = await import('./console/chat.ts')
  await createAdapter(app).start()
  await app.close()
}

async function run(options: ContentOption): Promise<void> {
  // Reads .env first, so that the platforms in it are seen.
  const app = await start(options, true)
  const { runPlatforms } = await import('./platforms.ts')
  const problems = await runPlatforms(app, process.env)
  if (problems !== undefined) fail(problems)
}

async function compile(): Promise<void> {
  const { createEngine, indexKey, loadContent } = await import('../src/index.ts')
  const compiled: Compiled = new Map()
  const content = await loadContent(join(root, 'content'), { compiled })
  const engine = await createEngine(content)
  compiled.set(indexKey(content.fingerprint), engine.snapshot())
  writeFileSync(compiledFile, JSON.stringify([...compiled]))
}

function sectionLimit(value: string): number {
  const limit = Number(value)
  if (!Number.isInteger(limit) || limit < 1 || limit > 100)
    throw new InvalidArgumentError('It takes a whole number from 1 to 100.')
  return limit
}

const program = new Command('ai-career-bot')
  .description('Answers questions about careers in AI from documents that people wrote')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : badUsage))
  .showHelpAfterError()
  .version(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version)
  .addHelpText('after', '\nTo ask a question: npm run --silent ask -- "What does a data engineer do?"')

const contentOption = ['--content <folder>', 'another content folder'] as const

program
  .command('start', { isDefault: true })
  .description('run every platform that is set up; without one, a page to talk with it on localhost')
  .option(...contentOption)
  .action(run)

program
  .command('ask')
  .description('answer one question, or one a line')
  .argument('[question...]')
  .option('--json', 'one JSON object a line for each question', false)
  .option('--stdin', 'questions from standard input, one a line: text or {"q": "…", "context": ["…"]}', false)
  .option('--explain', 'why this answer', false)
  .option('--limit <number>', 'how many sections to list', sectionLimit, 5)
  .option(...contentOption)
  .action(async (question: string[], options: AskOptions & ContentOption) => {
    if (question.length > 0 && options.stdin)
      fail(['Ask either in the command line or with --stdin, not both.'])
    if (question.length === 0 && !options.stdin)
      fail([
        'There is no question. Write it behind ask, in quotes, or use --stdin.',
        'Example: npm run --silent ask -- "What does a data engineer do?"',
      ])
    const app = await start(options, false)
    const { ask } = await import('./console/ask.ts')
    await ask(app.engine(), question.join(' '), options, process.stdout)
  })

program
  .command('chat')
  .description('talk in this terminal')
  .option(...contentOption)
  .action(chat)

program
  .command('check-content')
  .description('print every problem in the documents')
  .argument('[folder]')
  .action(async (folder: string | undefined) => {
    const { checkContent } = await import('./console/check-content.ts')
    const settings = await readEnvironment()
    process.exitCode = await checkContent(
      resolve(folder || settings.contentDir || join(root, 'content')),
      process.stdout,
    )
  })

async function createTransferFrom() {
  const { databaseUrl, dataDir } = await readEnvironment()
  const { createTransfer } = await import('../src/index.ts')
  return createTransfer({ databaseUrl, dataDir: resolve(dataDir) })
}

program
  .command('data-export')
  .description('write everything that the bot remembers as JSON Lines')
  .argument('[file]', 'standard output without it')
  .action(async (file: string | undefined) => {
    const { exportData } = await import('./console/data.ts')
    const transfer = await createTransferFrom()
    process.exitCode = await exportData(transfer, file)
    await transfer.close()
  })

program
  .command('data-import')
  .description('add what data-export wrote; what is there already stays as it is')
  .argument('<file>')
  .action(async (file: string) => {
    const { importData } = await import('./console/data.ts')
    const transfer = await createTransferFrom()
    process.exitCode = await importData(transfer, file)
    await transfer.close()
  })

program
  .command('insights')
  .description('what people asked, what found no answer, and what they thought of the answers')
  .option('--since <time>', 'only from then on: 7d, 24h or a date such as 2026-11-01')
  .option('--json', 'everything as one JSON object', false)
  .option('--stubs <folder>', 'write a document to fill in for each group of unanswered questions')
  .option(...contentOption)
  .action(async (options: InsightsOptions & ContentOption) => {
    const { readSince, showInsights } = await import('./console/insights.ts')
    const since = readSince(options.since, Date.now())
    if (since === 'unreadable')
      return fail(['--since takes 7d (days), 24h (hours) or a date such as 2026-11-01.'])
    const app = await start(options, false)
    process.exitCode = await showInsights(app, since, options, process.stdout)
    await app.close()
  })

program
  .command('discord-invite')
  .description('print the link that adds the bot to a Discord server')
  .action(async () => {
    await readEnvironment()
    const { inviteLink } = await import('./discord/invite.ts')
    const link = inviteLink(process.env.DISCORD_TOKEN ?? '')
    if (link === undefined)
      return fail([
        'DISCORD_TOKEN is not set in .env, or is no token; docs/discord.md says where it comes from.',
      ])
    process.stdout.write(`${link}\n`)
  })

program
  .command('compile', { hidden: true })
  .description('parse the default content ahead of time')
  .action(compile)

// A reader that goes away early (head, less) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  fail([`The answer cannot be written: ${error.message}`])
})

await program.parseAsync()
