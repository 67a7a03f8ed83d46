import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Libsql from 'libsql'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { type App, createApp, isAnswered, type Logger } from '../../src/index.ts'
import type { StoreConfig } from '../../src/store/create-store.ts'
import type { Store } from '../../src/store/store.ts'
import { folderOf } from '../folder.ts'
import { postgresPlace, testDatabaseUrl } from './databases.ts'
import { wayTo } from './way.ts'

const document = '# Plants\n\n## Watering a cactus\n\nWater it.\n\n## Mowing grass\n\nIn the evening.\n'

async function running(config: StoreConfig) {
  const lines: string[] = []
  const log = (fields: object, message: string) => void lines.push(`${message} ${JSON.stringify(fields)}`)
  const logger: Logger = { info: log, warn: log, error: log }
  const contentDir = folderOf({ 'a.md': document })
  const app = await createApp({ contentDir, questionLogDays: 3, ...config }, { logger })
  onTestFinished(() => app.close())
  app.openStore()
  return { app, lines }
}

/** Somebody asks, is answered at once and says what they think of it. */
async function askAndRate(app: App, click: string): Promise<void> {
  const began = performance.now()
  const text = 'How do I water a cactus?'
  const reply = await app.bot.handle({ kind: 'question', text, conversation: click, platform: 'test' })
  expect(isAnswered(reply)).toBe(true)
  const reference = isAnswered(reply) ? reply.reference : ''
  await app.bot.handle({ kind: 'feedback', reference, helpful: false, click })
  await app.bot.handle({ kind: 'feedback', reference, helpful: false, click, reason: 'No' })
  // Far below any wait for a database, far above what an answer takes on a busy machine. Milliseconds.
  expect(performance.now() - began).toBeLessThan(2_000)
}

async function stored(store: Store): Promise<{ feedback: string[]; questions: number }> {
  const feedback: string[] = []
  for await (const { id, reason } of store.records.feedback.since(0)) feedback.push(`${id} ${reason}`)
  let questions = 0
  for await (const { section, platform } of store.records.questions.since(0))
    if (section === 'a#watering-a-cactus' && platform === 'test') questions++
  return { feedback, questions }
}

const eventually = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 40_000, interval: 100 })

describe('the embedded database', () => {
  it('may be away at the start: everything is answered, and written later', async () => {
    const dataDir = join(folderOf({}), 'data')
    writeFileSync(dataDir, 'a file where the folder should be')
    const { app, lines } = await running({ dataDir })
    for (const click of ['one', 'two']) await askAndRate(app, click)
    await eventually(async () => expect(lines.join('\n')).toMatch(/DATA_DIR: the folder .* cannot be used/))
    rmSync(dataDir)
    await eventually(async () =>
      expect(await stored(app.store)).toEqual({ feedback: ['one No', 'two No'], questions: 2 }),
    )
  })

  it('may be held by another program for a while', async () => {
    const dataDir = folderOf({})
    const { app } = await running({ dataDir })
    await askAndRate(app, 'one')
    await eventually(async () => expect((await stored(app.store)).questions).toBe(1))
    const holder = new Libsql(join(dataDir, 'careers.db'))
    holder.exec('begin exclusive')
    for (let i = 0; i < 20; i++) await askAndRate(app, `held-${i}`)
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    holder.exec('rollback')
    holder.close()
    await eventually(async () => expect((await stored(app.store)).feedback).toHaveLength(21))
    expect((await stored(app.store)).questions).toBe(21)
  })
})

describe.runIf(testDatabaseUrl)('PostgreSQL', () => {
  it('may be away at the start and in the middle: everything is answered, and written later', async () => {
    const place = await postgresPlace()
    onTestFinished(() => place.close())
    const way = await wayTo(place.config.databaseUrl ?? '')
    onTestFinished(way.cut)
    await way.cut()
    const { app, lines } = await running({ dataDir: '/nowhere', databaseUrl: way.url })
    await askAndRate(app, 'start')
    await eventually(async () =>
      expect(lines.join('\n')).toMatch(
        /DATABASE_URL: there is no PostgreSQL at 127\.0\.0\.1:\d+ \(ECONNREFUSED\)/,
      ),
    )
    await way.mend()
    const other = place.open()
    onTestFinished(() => other.close())
    await eventually(async () =>
      expect(await stored(other)).toEqual({ feedback: ['start No'], questions: 1 }),
    )
    await way.cut()
    for (let i = 0; i < 30; i++) await askAndRate(app, `away-${i}`)
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    expect((await stored(other)).feedback).toHaveLength(1)
    await way.mend()
    await eventually(async () => expect((await stored(other)).feedback).toHaveLength(31))
    await eventually(async () => expect((await stored(other)).questions).toBe(31))
    expect(lines.join('\n')).toContain('the database is back')
  })
})
