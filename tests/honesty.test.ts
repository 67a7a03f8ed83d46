import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Engine, formatProblem, isAnswered, loadContent, plainText, replyText } from '../src/index.ts'
import { engineOf, shippedEngine, talk } from './engines.ts'
import { folderOf } from './folder.ts'

let engine: Engine
beforeAll(async () => {
  engine = await shippedEngine()
})

describe('an answer is about what was asked, or says that it is not', () => {
  it('pay for a job that was only talked about is not answered with the pay of another', () => {
    const { reply } = talk(engine, 'What does a data engineer do?', 'and how much do they earn?')
    expect(reply).toMatchObject({ kind: 'no-match', text: expect.stringMatching(/pay.*data engineers/) })
  })

  it.each(['how much do they earn?', 'and python?', 'how do i become one'])(
    'what follows on a job that is not described is about that job, too: %s',
    (question) => {
      const { reply } = talk(engine, 'What does a data scientist do?', question)
      expect(reply).toMatchObject({ kind: 'no-match', text: expect.stringMatching(/data scientists/) })
    },
  )

  it('a job that is not described is left behind by a question of its own', () => {
    expect(isAnswered(talk(engine, 'What does a data scientist do?', 'What is overfitting?').reply)).toBe(
      true,
    )
  })

  it('two jobs that no section compares have both their documents for a source', () => {
    const { reply } = engine.answer('NLP engineer vs ML engineer')
    expect(reply).toMatchObject({ kind: 'comparison' })
    expect(isAnswered(reply) && reply.source.document).toMatch(/NLP engineer and .*machine learning engineer/)
  })

  it.each([
    ['how much do i get after 4 years as ai engineer', /4|100,000/],
    ['how 2 become a data engineer', /data engineers/],
  ])('a digit is a number where it counts something: %s', (question, words) => {
    const { reply } = engine.answer(question)
    expect(`${replyText(reply)} ${isAnswered(reply) ? reply.caveat : ''}`).toMatch(words)
  })

  it('of two jobs, one of them undescribed, the other one is told of', () => {
    const { reply } = engine.answer('what skills do data scientists or ML engineers need')
    expect(reply).toMatchObject({ kind: 'answer', caveat: expect.stringMatching(/data scientists/) })
  })

  it.each(['machine learning', 'robotics'])(
    'how to start in %s is told of AI engineers in general',
    (field) => {
      const { reply } = engine.answer(`How do I get into ${field}?`)
      expect(reply).toMatchObject({
        kind: 'answer',
        caveat: expect.stringMatching(/AI engineers in general/),
      })
    },
  )

  it('the chat word r is no programming language', () => {
    expect(engine.answer('wat r new trendz in ai rn').sections[0]?.topic).toBe('trends')
    expect(engine.answer('what R packages do AI engineers use').sections[0]?.title).toMatch(/\bR\b/)
  })

  it.each(['AI engineer', 'data engineer', 'deep learning engineer'])(
    'who wants a job explained is not told of the field: %s',
    (job) => {
      const [best] = engine.answer(`explain to me what a ${job} is, I have never heard of it`).sections
      expect(best?.title).toMatch(/engineer\b/)
    },
  )

  it.each(['what language do they speak in Brazil', 'where can I buy a used tesla model 3'])(
    'words of careers in a question about something else do not count: %s',
    (question) => {
      expect(engine.answer(question).reply.kind).toBe('no-match')
    },
  )

  it('a section on another job than the one talked about comes with a note', () => {
    const { reply } = talk(engine, 'What does a data engineer do?', 'is it stressful?')
    const text = isAnswered(reply) ? reply.caveat : replyText(reply)
    expect(text).toMatch(/data engineers/)
  })

  it.each(['What is an AI engineer?', 'What is a data engineer?', 'What is an NLP engineer?'])(
    '%s gets a definition',
    (question) => {
      const [best] = engine.answer(question).sections
      expect(best?.topic).toBe('definition')
    },
  )

  it('a word that leaves out what was asked is said to be the nearest only', () => {
    const { reply } = engine.answer('What percentage of their time do AI engineers spend on gardening?')
    expect(isAnswered(reply) ? reply.caveat : reply.kind).toMatch(/nearest|no-match/)
  })

  it('what somebody asks openly is not answered with yes', () => {
    expect(replyText(engine.answer('What is federated learning?').reply)).not.toMatch(/^.*\n\nYes/)
    expect(replyText(engine.answer('Is federated learning a trend?').reply)).toMatch(/^.*\n\nYes/)
  })

  it('what the documents do not hold is named also where no job is', () => {
    expect(engine.answer('how do I pass an interview?').reply).toMatchObject({
      kind: 'no-match',
      text: expect.stringMatching(/job interviews/),
    })
  })

  it('a greeting is no part of the day that is asked about', () => {
    const [best] = engine.answer('Good morning, how much do AI engineers earn?').sections
    expect(best?.topic).toBe('salary')
  })

  it('Tuesday is not read as Thursday', async () => {
    const meetup = await engineOf({ 'a.md': '# Meetup\n\nWe meet every Thursday in the library.\n' })
    const { reply, explain } = meetup.answer('Who works on Tuesday?')
    expect(isAnswered(reply)).toBe(false)
    expect(explain().join('\n')).not.toContain('tuesday →')
  })
})

describe('who comes from another job', () => {
  const switching = 'themes/getting-started#switching-to-ai-from-another-career'

  it.each([
    'how can a librarian become an AI engineer?',
    'I am a chef, can I get into AI engineering?',
    'can a data engineer become a machine learning engineer?',
  ])('%s gets what holds for everybody, and is told that it is general', (question) => {
    const { reply } = engine.answer(question)
    expect(reply).toMatchObject({ kind: 'answer', source: { section: { id: switching } } })
    expect(reply).toHaveProperty('caveat', expect.stringMatching(/switching from one certain job/))
  })

  it.each(['can a caterpillar become a butterfly?', 'how do I move from gardening to data engineering?'])(
    '%s: the documents say nothing of it in general either',
    (question) => {
      expect(engine.answer(question).reply.kind).toBe('no-match')
    },
  )

  it('and who aims at something that the documents describe gets that', () => {
    const { reply } = engine.answer('can an ML engineer become CTO?')
    expect(isAnswered(reply) ? reply.title : reply.kind).toMatch(/management|CTO/i)
  })
})

describe('people in need and people who complain', () => {
  it('who speaks of suicide is sent to people, without questions to pick', () => {
    const { reply } = engine.answer('nobody hires me, I want to kill myself')
    expect(reply).toMatchObject({ kind: 'chat', suggestions: [], text: expect.stringMatching(/crisis line/) })
  })

  it('a complaint gets an apology and a way on', () => {
    const { reply } = engine.answer('that did not answer my question')
    expect(reply).toMatchObject({ kind: 'chat', text: expect.stringMatching(/Sorry/) })
    expect(reply).toHaveProperty('suggestions.length', 3)
  })
})

describe('hostile documents', () => {
  it('control characters are reported and never shown', async () => {
    const folder = folderOf({ 'a.md': '# Zebra \u001b[31mred\n\nZebras\u0007 run\u202e fast.\n' })
    const { problems, sections } = await loadContent(folder)
    expect(problems.map(formatProblem)).toEqual([expect.stringMatching(/^a\.md:1: .*control character/)])
    expect(sections[0]?.title + plainText(sections[0]?.body ?? [])).not.toMatch(/[\p{Cc}\u202e]/u)
  })

  it('a named pipe is reported and does not hold the bot up', async () => {
    const folder = folderOf({ 'a.md': '# Zebra\n\nZebras run.\n' })
    execFileSync('mkfifo', [join(folder, 'pipe.md')])
    const { problems } = await loadContent(folder)
    expect(problems.map(formatProblem)).toEqual([
      expect.stringMatching(/^pipe\.md:1: is not an ordinary file/),
    ])
  })
})
