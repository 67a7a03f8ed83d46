import { beforeAll, describe, expect, it } from 'vitest'
import { type Bot, type Engine, isAnswered, type Reply, replyText } from '../src/index.ts'
import { botOf, shippedEngine } from './engines.ts'

const topicOf = { role: 'definition', path: 'career-path', salary: 'salary', learn: 'resources' } as const
type Subject = keyof typeof topicOf

let engine: Engine
let bot: Bot
beforeAll(async () => {
  engine = await shippedEngine()
  bot = botOf(engine)
})

let talks = 0
const browse = (subject: Subject, role = '', level = ''): Promise<Reply> =>
  bot.handle({ kind: 'browse', subject, role, level, conversation: `talk ${talks++}` })
const compare = (first: string, second: string): Promise<Reply> =>
  bot.handle({ kind: 'compare', roles: [first, second], conversation: `talk ${talks++}` })

describe('what is picked from lists', () => {
  it.each(['role', 'path', 'salary', 'learn'] as const)(
    '%s: any job at any level gets what is about it, or a note, or an honest no',
    async (subject) => {
      const { vocabulary, sections } = engine.content
      for (const { id, label, kindOf, covered } of vocabulary.roles) {
        for (const level of [undefined, ...vocabulary.levels]) {
          const reply = await browse(subject, label, level?.label)
          const where = `${subject} ${label} ${level?.label ?? ''}`
          if (!isAnswered(reply)) {
            expect(reply.kind, where).toBe('no-match')
            expect(
              sections.some((one) => covered && one.role === id && one.topic === topicOf[subject]),
              where,
            ).toBe(false)
            continue
          }
          const section = sections.find((one) => one.id === reply.source.section.id)
          expect(section?.topic, where).toBe(topicOf[subject])
          expect([id, kindOf], where).toContain(section?.role)
          const isExact = section?.role === id && (level === undefined || section.level === level.id)
          expect(reply.caveat === undefined, where).toBe(isExact)
        }
      }
    },
  )

  it('nothing but the command means the job that most ask about', async () => {
    expect(await browse('salary')).toMatchObject({
      kind: 'answer',
      title: 'What AI engineers earn at each level',
    })
    expect(await browse('role')).toMatchObject({ kind: 'role', title: 'What an AI engineer is' })
  })

  it('what is typed instead of picked is understood', async () => {
    expect(await browse('salary', 'ml eng', 'jr')).toMatchObject({ title: 'Pay at entry level' })
    expect(await browse('salary', '', 'wizard')).toMatchObject({ caveat: expect.stringContaining('wizard') })
    expect(await browse('salary', 'junior')).toMatchObject({ title: 'Pay at entry level' })
    expect(await browse('salary', '', 'sr')).toMatchObject({ title: 'Pay at senior level' })
  })

  it.each(['plumber', 'xyzzy', 'software engineer'])('a job that is not known is named: %s', async (job) => {
    const reply = await browse('role', job)
    expect(reply.kind).toBe('no-match')
    expect(replyText(reply)).toContain(job)
  })
})

describe('two jobs side by side', () => {
  it('need two different ones', async () => {
    for (const [first, second] of [
      ['', ''],
      ['data engineer', ''],
      ['data engineer', 'data engineers'],
      ['ml', 'mle'],
    ] as const) {
      const reply = await compare(first, second)
      expect(replyText(reply)).toMatch(/two different jobs/)
      for (const { question } of reply.suggestions)
        expect(isAnswered(engine.answer(question).reply)).toBe(true)
    }
  })

  it('name what is not known', async () => {
    expect(replyText(await compare('plumber', 'data engineer'))).toContain('plumber')
  })

  it('are shown for any two that the documents describe', async () => {
    const known = engine.content.vocabulary.roles.filter(({ covered }) => covered)
    for (const first of known) {
      for (const second of known) {
        if (first !== second)
          expect((await compare(first.label, second.label)).kind, `${first.id} ${second.id}`).toBe(
            'comparison',
          )
      }
    }
  })
})
