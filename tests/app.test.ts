import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { type App, ContentError, createApp, isAnswered, type Logger, plainText } from '../src/index.ts'
import { type Files, folderOf, put } from './folder.ts'

interface Line {
  level: keyof Logger
  message: string
  fields: object
}

/** An app over real files that it watches, and what it logs. */
async function running(files: Files) {
  const folder = folderOf(files)
  const lines: Line[] = []
  const log = (level: keyof Logger) => (fields: object, message: string) =>
    void lines.push({ level, message, fields })
  const app = await createApp(
    { contentDir: folder, dataDir: join(folder, '.data'), watch: true },
    { logger: { info: log('info'), warn: log('warn'), error: log('error') } },
  )
  onTestFinished(app.close)
  return { app, folder, lines }
}

let asked = 0

/** The text of the answer in a new conversation; empty when there is none. */
async function answerTo(app: App, text: string): Promise<string> {
  const reply = await app.bot.handle({ kind: 'question', text, conversation: `new-${asked++}` })
  return isAnswered(reply) ? plainText(reply.body) : ''
}

/** Waits for the file watcher; how long is not what is tested. */
function eventually(check: () => void | Promise<void>): Promise<void> {
  return vi.waitFor(check, { timeout: 20_000, interval: 50 })
}

/** With other sections beside it, because a word that is everywhere tells nothing. */
const cactus = (days: number) =>
  `# Plants\n\n## Watering a cactus\n\nWater the cactus every ${days} days.\n\n## Mowing grass\n\nMow in the evening.\n\n## Sowing beans\n\nSow in May.\n`
const question = 'How often do I water the cactus?'

describe('while the bot runs', () => {
  it('a changed document is answered from without a restart', async () => {
    const { app, folder, lines } = await running({ 'a.md': cactus(10) })
    expect(await answerTo(app, question)).toBe('Water the cactus every 10 days.')
    put(folder, { 'a.md': cactus(14) })
    await eventually(async () =>
      expect(await answerTo(app, question)).toBe('Water the cactus every 14 days.'),
    )
    expect(lines.filter(({ level }) => level !== 'info')).toEqual([])
  })

  it('a document that an editor replaces by renaming is noticed', async () => {
    const { app, folder } = await running({ 'a.md': cactus(10) })
    for (const days of [14, 21]) {
      writeFileSync(join(folder, '.a.md.tmp'), cactus(days))
      renameSync(join(folder, '.a.md.tmp'), join(folder, 'a.md'))
      await eventually(async () =>
        expect(await answerTo(app, question)).toBe(`Water the cactus every ${days} days.`),
      )
    }
  })

  it('a new document in a new folder is noticed, and its later changes too', async () => {
    const { app, folder } = await running({ 'a.md': cactus(10) })
    const rose = (month: string) => `# Rose\n\n## Pruning a rose\n\nPrune the rose in ${month}.\n`
    mkdirSync(join(folder, 'flowers'))
    put(folder, { 'flowers/rose.md': rose('March') })
    await eventually(async () =>
      expect(await answerTo(app, 'When do I prune the rose?')).toBe('Prune the rose in March.'),
    )
    put(folder, { 'flowers/rose.md': rose('April') })
    await eventually(async () =>
      expect(await answerTo(app, 'When do I prune the rose?')).toBe('Prune the rose in April.'),
    )
  })

  it('a broken change is reported with file and line, the last good version answers, and mending it helps', async () => {
    const { app, folder, lines } = await running({ 'a.md': cactus(10) })
    put(folder, { 'a.md': `---\ntitle: a: b\n---\n${cactus(14)}` })
    await eventually(() => expect(lines.some(({ level }) => level === 'warn')).toBe(true))
    const warning = lines.find(({ level }) => level === 'warn')
    expect(warning?.message).toContain('the last good version keeps answering')
    expect(JSON.stringify(warning?.fields)).toMatch(/a\.md:2: the YAML is broken/)
    expect(await answerTo(app, question)).toBe('Water the cactus every 10 days.')
    put(folder, { 'a.md': cactus(21) })
    await eventually(async () =>
      expect(await answerTo(app, question)).toBe('Water the cactus every 21 days.'),
    )
  })

  it('a broken file beside a good change holds the change back until it is mended', async () => {
    const { app, folder, lines } = await running({ 'a.md': cactus(10), 'b.md': '# B\n\nMore.\n' })
    put(folder, { 'a.md': cactus(14), 'b.md': new Uint8Array([0xff, 0xfe, 0xfd]) })
    await eventually(() => expect(lines.some(({ level }) => level === 'warn')).toBe(true))
    expect(await answerTo(app, question)).toBe('Water the cactus every 10 days.')
    put(folder, { 'b.md': '# B\n\nMended.\n' })
    await eventually(async () =>
      expect(await answerTo(app, question)).toBe('Water the cactus every 14 days.'),
    )
  })

  it('a deleted document is no longer answered from', async () => {
    const { app, folder } = await running({ 'a.md': cactus(10), 'b.md': '# Soil\n\nUse dry soil.\n' })
    expect(await answerTo(app, question)).not.toBe('')
    rmSync(join(folder, 'a.md'))
    await eventually(() => expect(app.engine().content.sections.map(({ file }) => file)).toEqual(['b.md']))
    expect(await answerTo(app, question)).toBe('')
  })

  it('deleting the last document is reported and the last good version answers', async () => {
    const { app, folder, lines } = await running({ 'a.md': cactus(10) })
    rmSync(join(folder, 'a.md'))
    await eventually(() => expect(lines.some(({ level }) => level === 'warn')).toBe(true))
    expect(JSON.stringify(lines)).toContain('there is no Markdown file with text')
    expect(await answerTo(app, question)).toBe('Water the cactus every 10 days.')
  })

  it('a problem that was there at the start does not hold a change back', async () => {
    const { app, folder } = await running({ 'a.md': cactus(10), 'empty.md': '' })
    expect(app.problems).toHaveLength(1)
    put(folder, { 'a.md': cactus(14) })
    await eventually(async () =>
      expect(await answerTo(app, question)).toBe('Water the cactus every 14 days.'),
    )
  })

  it('a conversation goes on over a change', async () => {
    const { app, folder } = await running({ 'a.md': cactus(10) })
    await app.bot.handle({ kind: 'question', text: question, conversation: 'one' })
    put(folder, { 'a.md': cactus(14) })
    await eventually(async () => expect(await answerTo(app, question)).toContain('14'))
    const reply = await app.bot.handle({ kind: 'question', text: question, conversation: 'one' })
    expect(isAnswered(reply) && plainText(reply.body)).toContain('14')
  })
})

it('an app without documents does not start', async () => {
  const silent: Logger = { info() {}, warn() {}, error() {} }
  await expect(
    createApp({ contentDir: folderOf({}), dataDir: 'data' }, { logger: silent }),
  ).rejects.toBeInstanceOf(ContentError)
})

it('an app reports how far it is when it reads much', async () => {
  const silent: Logger = { info() {}, warn() {}, error() {} }
  const files = Object.fromEntries(
    Array.from({ length: 1500 }, (_, i) => [
      `${i}.md`,
      `# Title ${i}\n\n${'Some words of text. '.repeat(20)}\n`,
    ]),
  )
  const steps: [string, number, number][] = []
  const app = await createApp(
    { contentDir: folderOf(files), dataDir: 'data' },
    { logger: silent, onProgress: (step, done, total) => void steps.push([step, done, total]) },
  )
  expect(app.engine().content.sections).toHaveLength(1500)
  expect(new Set(steps.map(([step]) => step))).toEqual(new Set(['reading', 'indexing']))
  expect(steps.every(([, done, total]) => done > 0 && done <= total && total === 1500)).toBe(true)
  app.close()
})
