import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { createApp, createEngine, type Event, isAnswered, type Logger, loadContent } from '../../src/index.ts'
import { computeInsights, type InsightOptions } from '../../src/insights/insights.ts'
import { refer, sectionKey } from '../../src/reference.ts'
import type { FeedbackEntry, QuestionEntry } from '../../src/store/store.ts'
import { testKey } from '../contracts/store.ts'
import { shippedEngine, shippedFolder } from '../engines.ts'
import { type Files, folderOf, put } from '../folder.ts'

const silent: Logger = { info() {}, warn() {}, error() {} }
const day = 86_400_000
const options: InsightOptions = { since: undefined, until: 3 * day, questionsAreKept: true }

let entries = 0
const question = (text: string, kind: string, more: Partial<QuestionEntry> = {}): QuestionEntry => ({
  id: `q${entries++}`,
  text,
  kind,
  at: day,
  ...more,
})
const rating = (reference: string, helpful: boolean, reason?: string): FeedbackEntry => ({
  id: `f${entries++}`,
  reference,
  helpful,
  reason,
  at: day,
})

async function insightsOf(questions: QuestionEntry[], feedback: FeedbackEntry[] = []) {
  return computeInsights({ questions, feedback }, await shippedEngine(), options)
}

describe('insights', () => {
  it('of nothing are empty and honest', async () => {
    const insights = await insightsOf([])
    expect(insights).toMatchObject({ topQuestions: [], unanswered: [], days: [], questionsAreKept: true })
    expect(insights.totals).toMatchObject({ questions: 0, helpful: 0, members: undefined })
  })

  it('put questions together that ask for the same, and keep jobs apart', async () => {
    const { topQuestions } = await insightsOf([
      question('What does a data engineer do?', 'answer'),
      question('what does a data engineer do', 'answer'),
      question('So what do data engineers do?', 'answer'),
      question('What does a data scientist do?', 'answer'),
      question('How much does a data engineer earn?', 'answer'),
      question('data engineer pay', 'answer'),
    ])
    expect(topQuestions.map(({ count, question: text }) => [count, text])).toEqual([
      [3, 'What does a data engineer do?'],
      [2, 'How much does a data engineer earn?'],
      [1, 'What does a data scientist do?'],
    ])
  })

  it('show what found no answer, whoever asked it, in whatever order it was asked', async () => {
    const asked = [
      question('Do I need a visa to work in Canada?', 'no-match', { member: 'a' }),
      question('need visa for canada', 'no-match', { member: 'b', at: 2 * day }),
      question('do i need a VISA to work in Canada', 'no-match', { member: 'a' }),
      question('Which laptop should I buy?', 'no-match', { member: 'c' }),
      question('What does a data engineer do?', 'answer'),
      question('hi', 'chat'),
    ]
    const insights = await insightsOf(asked)
    expect(insights.unanswered.map(({ count, members, question: text }) => [count, members, text])).toEqual([
      [3, 2, 'Do I need a visa to work in Canada?'],
      [1, 1, 'Which laptop should I buy?'],
    ])
    expect(insights.unanswered[0]?.last).toBe(2 * day)
    expect(insights.totals).toMatchObject({ questions: 5, answered: 1, unanswered: 4, other: 1, members: 3 })
    expect(await insightsOf(asked.toReversed())).toEqual(insights)
  })

  it('tell apart what finds an answer by now', async () => {
    const insights = await insightsOf([question('What does a data engineer do?', 'no-match')])
    expect(insights.unanswered).toEqual([])
    expect(insights.answeredSince.map(({ question: text }) => text)).toEqual([
      'What does a data engineer do?',
    ])
  })

  it('count caveats, sections that answered, days and platforms', async () => {
    const caveat = 'I have nothing on **Berlin**.'
    const section = (await shippedEngine()).content.sections[0]!
    const insights = await insightsOf([
      question('Pay in Berlin?', 'answer', { caveat, section: section.id, platform: 'slack' }),
      question('Berlin pay?', 'answer', { caveat, section: 'gone#gone', platform: 'discord' }),
      question('x y z', 'no-match', { section: section.id, platform: 'slack', at: 2 * day + 1 }),
      question('Salaries?', 'comparison', { section: section.id }),
    ])
    expect(insights.caveats).toEqual([{ text: caveat, count: 2 }])
    expect(insights.sectionsUsed).toEqual([
      { id: section.id, title: section.title, count: 2 },
      { id: 'gone#gone', title: undefined, count: 1 },
    ])
    expect(insights.days).toEqual([
      { day: '1970-01-02', questions: 3, answered: 3, platforms: { slack: 1, discord: 1, unknown: 1 } },
      { day: '1970-01-03', questions: 1, answered: 0, platforms: { slack: 1 } },
    ])
  })

  it('name the sections that were unhelpful and why, worst first', async () => {
    const [first, second] = (await shippedEngine()).content.sections
    const to = (id: string) => refer({ kind: 'section', key: sectionKey(id) })
    const { unhelpful, totals } = await insightsOf(
      [],
      [
        rating(to(first!.id), true),
        rating(to(first!.id), false, 'Too short'),
        rating(to(second!.id), false, ' Too long'),
        rating(to(second!.id), false, 'Too long '),
        rating(to(second!.id), false),
        rating('s.gone', false, 'Old'),
        rating('nonsense', true),
      ],
    )
    expect(totals).toMatchObject({ helpful: 2, unhelpful: 5 })
    expect(unhelpful).toEqual([
      {
        section: second!.id,
        title: second!.title,
        helpful: 0,
        unhelpful: 3,
        reasons: [{ text: 'Too long', count: 2 }],
      },
      {
        section: first!.id,
        title: first!.title,
        helpful: 1,
        unhelpful: 1,
        reasons: [{ text: 'Too short', count: 1 }],
      },
      {
        section: undefined,
        title: undefined,
        helpful: 0,
        unhelpful: 1,
        reasons: [{ text: 'Old', count: 1 }],
      },
    ])
  })
})

const hostile = '--> <b>*x*</b> `y` # z "q" \\ {{a}}: - ---?'

describe('a stub', () => {
  it('is refused until it is filled in, and answers its questions then', async () => {
    const { unanswered } = await insightsOf([
      question('Do I need a visa to work as a data engineer?', 'no-match'),
      question('visa for data engineers', 'no-match'),
    ])
    const [group] = unanswered
    const files: Files = {}
    for (const name of readdirSync(shippedFolder, { recursive: true, encoding: 'utf8' }))
      if (/\.(?:md|yaml)$/.test(name)) files[name] = readFileSync(join(shippedFolder, name))
    const folder = folderOf(files)
    put(folder, { [group!.stub.file]: group!.stub.text })
    const before = await loadContent(folder)
    expect(before.problems.map(({ file, message }) => `${file} ${message}`)).toEqual([
      expect.stringMatching(new RegExp(`^${group!.stub.file} .* has no text; write an answer`)),
    ])
    expect(before.sections.some(({ file }) => file === group!.stub.file)).toBe(false)
    const written = `${group!.stub.text}\nIn many countries a data engineer needs a **work visa**.\n`
    put(folder, { [group!.stub.file]: written })
    const content = await loadContent(folder)
    expect(content.problems).toEqual([])
    const engine = await createEngine(content)
    for (const { text } of group!.wordings) {
      const { reply, sections } = engine.answer(text)
      expect(isAnswered(reply)).toBe(true)
      expect(sections[0]?.id).toContain('visa')
    }
    expect(group!.stub.role).toBe('data-engineer')
  })

  it.each([
    hostile,
    '\u2028 why: [not] !!yaml &x *y % @ ~\u0085',
    `${'long '.repeat(300)}?`,
    '---\ntitle: x\n---',
    '日本語?',
  ])('holds whatever people wrote as text: %j', async (text) => {
    const { unanswered } = await insightsOf([question(text, 'no-match')])
    const [group] = unanswered
    const folder = folderOf({ [group!.stub.file]: `${group!.stub.text}\nAn answer.\n` })
    const { problems, sections } = await loadContent(folder)
    expect(problems).toEqual([])
    expect(sections).toHaveLength(1)
    expect(sections[0]?.questions).toEqual([group!.question])
    expect(sections[0]?.text.trim()).toBe('An answer.')
    expect(sections[0]?.title).toMatch(/: the answer$/)
  })
})

const run = promisify(execFile)
const main = join(import.meta.dirname, '../../dist/adapters/main.js')

describe('npm run insights', () => {
  const started = (dataDir: string, days: string, ...more: string[]) =>
    run(process.execPath, [main, 'insights', ...more], {
      env: {
        PATH: process.env.PATH,
        DATA_DIR: dataDir,
        DATABASE_URL: '',
        CONTENT_DIR: '',
        ENCRYPTION_KEY: '',
        QUESTION_LOG_DAYS: days,
      },
    })

  it('says what to do when no question is kept', async () => {
    const { stdout } = await started(folderOf({}), '')
    expect(stdout).toContain('set QUESTION_LOG_DAYS')
    expect(stdout).toContain('nobody has rated an answer')
  })

  it('shows what people asked in the bot, as text and as JSON, and writes stubs', async () => {
    const dataDir = folderOf({})
    const app = await createApp(
      { contentDir: shippedFolder, dataDir, questionLogDays: 5, encryptionKey: testKey },
      { logger: silent },
    )
    const ask = (text: string, member: string): Event => ({
      kind: 'question',
      text,
      conversation: member,
      member,
      platform: 'test',
    })
    for (const member of ['ada', 'bob']) {
      await app.bot.handle(ask('Which planets have \u001b[31mrings?', member))
      await app.bot.handle(ask('What do ML engineers earn in Berlin?', member))
    }
    const unhelpful = { kind: 'feedback', helpful: false, reason: 'No euros', click: 'c' } as const
    const { reply } = app.engine().answer('What do ML engineers earn?')
    await app.bot.handle({ ...unhelpful, reference: isAnswered(reply) ? reply.reference : '' })
    await app.close()

    const drafts = join(folderOf({}), 'drafts')
    const { stdout, stderr } = await started(dataDir, '5', '--since', '2d', '--stubs', drafts)
    for (const words of [
      '4 questions from 2 people',
      'rings?',
      'Berlin',
      'No euros',
      'test 4',
      '1 not helpful',
    ])
      expect(stdout).toContain(words)
    for (const words of ['\u001b[31m', 'ada', 'bob']) expect(stdout).not.toContain(words)
    expect(stderr).toContain('1 documents to fill in')
    expect(readdirSync(drafts)).toHaveLength(1)
    const json = JSON.parse((await started(dataDir, '5', '--json')).stdout)
    expect(json.totals).toMatchObject({ questions: 4, unanswered: 2, withCaveat: 2, members: 2 })
    const later = JSON.parse((await started(dataDir, '5', '--json', '--since', '2999-01-01')).stdout)
    expect(later.totals.questions).toBe(0)
  })

  it('refuses a time that is none', async () => {
    await expect(started(folderOf({}), '', '--since', 'yesterday')).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--since takes'),
    })
  })
})
