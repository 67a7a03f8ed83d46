import { beforeAll, describe, expect, it } from 'vitest'
import { type Engine, isAnswered, plainText, replyText } from '../src/index.ts'
import { shippedEngine } from './engines.ts'

let engine: Engine
beforeAll(async () => {
  engine = await shippedEngine()
})

function ask(question: string) {
  const { reply, sections } = engine.answer(question)
  const section = isAnswered(reply) ? reply.source.section.id : undefined
  return {
    reply,
    kind: reply.kind,
    section,
    sections,
    text: isAnswered(reply) ? plainText(reply.body) : replyText(reply),
  }
}

describe('a question that the documents answer', () => {
  it.each([
    ['What does a data engineer do?', /pipelines/],
    ['How much do AI engineers earn?', /\$70,000 to \$200,000/],
    ['what skills does an nlp engineer need?', /Python|language/],
    ['how do I become an AI engineer?', /learn|degree/i],
    ['What does a typical day of a data engineer look like?', /morning|day/i],
    ['waht dose a data enginer do', /pipelines/],
    ['jr ai eng pay?', /\$70,000 to \$90,000/],
    ['whats etl in dataengineering', /extract/i],
    ['what r teh tasks of a dataengineer', /pipelines/],
    ['My English is bad and I come from Peru, sorry. What does a data engineer do?', /pipelines/],
    ['What types of AI engineers are there?', /NLP|vision/i],
    ['MLE responsibilities', /model/],
  ])('%s', (question, words) => {
    const { kind, text } = ask(question)
    expect(kind).toBe('answer')
    expect(text).toMatch(words)
  })

  it('names its source and offers two to four next questions, for every sample question', () => {
    for (const { questions } of engine.content.sections) {
      const question = questions[0] ?? ''
      const { reply, sections } = engine.answer(question)
      if (!isAnswered(reply)) continue
      expect(reply.source.sources.length, question).toBeGreaterThan(0)
      expect(reply.source.document, question).not.toBe('')
      expect(reply.source.reviewed, question).toMatch(/^\d{4}-\d{2}-\d{2}$/)
      expect(engine.content.sections.map(({ id }) => id)).toContain(reply.source.section.id)
      expect(new Set(reply.suggestions.map(({ question }) => question)).size, question).toBe(
        reply.suggestions.length,
      )
      expect(reply.suggestions.length, question).toBeGreaterThanOrEqual(2)
      expect(reply.suggestions.length, question).toBeLessThanOrEqual(4)
      expect(sections.length, question).toBeGreaterThan(0)
    }
  })

  it('is answered the same every time, whatever was asked in between', () => {
    const questions = [
      'What does a data engineer do?',
      'git hub?',
      'deployment',
      'best pizza',
      'hello',
      'ML vs data engineer',
    ]
    const first = questions.map((question) => engine.answer(question).reply)
    for (let i = 0; i < 300; i++) engine.answer(`filler wrod${i} enginer ${i}`)
    expect(questions.map((question) => engine.answer(question).reply)).toEqual(first)
  })
})

describe('two roles', () => {
  it.each([
    [
      'What is the difference between an ML engineer and a data engineer?',
      ['machine-learning-engineer', 'data-engineer'],
    ],
    ['mlengineer or dataengineer?', ['machine-learning-engineer', 'data-engineer']],
    ['data engineer vs deep learning engineer', ['data-engineer', 'deep-learning-engineer']],
    ['compare nlp engineers with computer vision engineers', ['nlp-engineer', 'computer-vision-engineer']],
    ['ai engineer or data engineer?', ['ai-engineer', 'data-engineer']],
  ])('are compared: %s', (question, roles) => {
    const { reply } = ask(question)
    expect(reply).toMatchObject({ kind: 'comparison', roles })
    expect(isAnswered(reply) && plainText(reply.body)).not.toBe('')
  })

  it.each([
    ['What is the difference between an AI engineer and a data scientist?', /data scientist/i],
    ['What is the difference between an AI engineer and a software engineer?', /software engineer/i],
  ])('are told apart where a section does, though only one is described: %s', (question, words) => {
    const { reply, text } = ask(question)
    expect(isAnswered(reply)).toBe(true)
    expect(text).toMatch(words)
  })

  it('are compared two at a time, and the third is not forgotten', () => {
    const { reply } = ask('AI engineer vs ML engineer vs data engineer')
    expect(reply).toMatchObject({
      kind: 'comparison',
      roles: ['ai-engineer', 'machine-learning-engineer'],
      caveat: expect.stringMatching(/two jobs .* at a time.*\*\*data engineers/),
    })
  })

  it('are not compared by what is told of one as a kind of the other', () => {
    const { reply, section } = ask('do deep learning specialists earn more than the ordinary AI engineer')
    expect(reply).toMatchObject({ kind: 'answer' })
    expect(section).toMatch(/pay-of-a-deep-learning-engineer/)
  })

  it('that something is asked of both are not held against each other', () => {
    expect(ask('which programming language should I learn for ML or data engineering?').reply.kind).toBe(
      'answer',
    )
    expect(ask('which is harder, ML or data engineering?').reply.kind).toBe('comparison')
  })

  it('are compared with a caveat where the comparison does not say what is asked', () => {
    const { reply } = ask('How much does a data engineer earn compared to an ml engineer?')
    expect(reply).toMatchObject({
      kind: 'comparison',
      caveat: expect.stringMatching(/do not compare the two by \*\*pay/),
    })
  })
})

it.each(['deployment', 'monitoring'])('one word that fits two jobs is asked back: %s', (word) => {
  const { reply } = ask(word)
  expect(reply.kind).toBe('clarify')
  expect(reply.suggestions.length).toBeGreaterThanOrEqual(2)
  for (const { question: reading } of reply.suggestions)
    expect(isAnswered(engine.answer(reading).reply), reading).toBe(true)
})

describe('a caveat', () => {
  it.each([
    ['How much do AI engineers earn in Germany?', /Germany/],
    ['how much do ai engineers earn in Berlin?', /Berlin/],
    ['am I too old to become an AI engineer?', /age/],
    ['im 42 is too late for ai??', /age/],
    [
      'What does a machine learning engineer do all day?',
      /machine learning engineers alone.*AI engineers in general/,
    ],
  ])('names what the answer does not cover: %s', (question, words) => {
    const { reply } = ask(question)
    expect(reply).toMatchObject({ kind: 'answer', caveat: expect.stringMatching(words) })
  })

  it('is not there where the answer covers the question', () => {
    for (const question of [
      'What does a data engineer do?',
      'How much do AI engineers earn?',
      'data engineer vs ML engineer',
    ])
      expect(ask(question).reply).not.toHaveProperty('caveat', expect.any(String))
  })
})

describe('no match', () => {
  it.each([
    ['a job that is not described', 'How much does a data scientist earn?', /data scientists/],
    ['a job that is not described', 'what does a devops engineer do?', /DevOps engineers/],
    ['a job that is not described', 'What does a prompt engineer do?', /prompt engineers/],
    [
      'a subject that is not covered',
      'How long does it take to become a data engineer?',
      /how long it takes/,
    ],
    ['a subject that is not covered', 'What do they ask in an AI engineer job interview?', /job interviews/],
    ['a topic that this job has no section on', 'How much does a data engineer earn?', /pay.*data engineers/],
    ['off topic', 'Who won the world cup?', /outside what I know/],
    ['off topic', 'best pizza in town', /outside what I know/],
    ['off topic', 'What is the capital of France?', /outside what I know/],
    ['off topic', 'write me a poem about the sea', /outside what I know/],
    ['unreadable', 'asdfgh qwertz yxcvbn', /in English only|could not read that/],
    ['another language', 'Was macht ein Dateningenieur?', /in English only|could not read that/],
    ['another language', '¿Qué hace un ingeniero de datos?', /in English only|could not read that/],
    ['another language', 'Quel est le salaire d’un ingénieur IA ?', /en anglais.*in English only/],
    ['another language', 'Wie viel verdient man als AI Engineer?', /auf Englisch.*in English only/],
    ['another script', 'Что делает инженер данных?', /in English only|could not read that/],
    ['another script', 'AIエンジニアは何をしますか', /in English only|could not read that/],
  ])('%s: %s', (_, question, words) => {
    const { reply, text } = ask(question)
    expect(reply.kind).toBe('no-match')
    expect(text).toMatch(words)
    expect(text.length).toBeLessThan(300)
    expect(reply.suggestions.length).toBeGreaterThanOrEqual(2)
    for (const { question: suggestion } of reply.suggestions)
      expect(isAnswered(engine.answer(suggestion).reply), suggestion).toBe(true)
  })
})

describe('small talk', () => {
  it.each([
    ['hi', 'chat', /Hello/],
    ['good morning everyone', 'chat', /Hello/],
    ['thanks!', 'chat', /welcome/],
    ['ok bye, thank you', 'chat', /Goodbye/],
    ['who are you?', 'chat', /question-answering bot/],
    ['are you a human?', 'chat', /not a human/],
    ['how are you?', 'chat', /no feelings/],
    ['ok', 'chat', /All right/],
    ['help', 'help', /I answer questions about/],
    ['hi, what can you do?', 'help', /I answer questions about/],
    ['do you store my questions?', 'chat', /in memory only/],
    ['who can see this', 'chat', /sent nowhere else/],
    ['stop', 'chat', /only answer when somebody asks/],
    ['I am a student of computer science', 'chat', /Thank you for telling me/],
    ["hi, I'm a nurse from Spain", 'chat', /Thank you for telling me/],
    ['I feel like a failure', 'chat', /small step/],
    ["nobody hires me, I'm so scared", 'chat', /small step/],
    ['I am worthless', 'chat', /talk to somebody you trust/],
    ['i feel so stupid, all the others are faster', 'chat', /small step/],
    ['cannot find job, i cry all night', 'chat', /small step/],
    ['What does a data engineer do? I want to die', 'chat', /crisis line/],
  ])('%s', (question, kind, words) => {
    const { reply, text, sections } = ask(question)
    expect(reply.kind).toBe(kind)
    expect(text).toMatch(words)
    expect(sections).toEqual([])
  })

  it('with a worry comes second to a question that can be answered', () => {
    expect(ask("I'm scared of math, what math do I need?").reply.kind).toBe('answer')
    expect(ask('am I too old for this?').text).toMatch(/small step/)
  })

  it.each([
    'I am 41 years old, which skills does a data engineer need?',
    "hi, i'm 41 and which skills does a data engineer need",
  ])('about oneself does not hide the question: %s', (question) => {
    expect(ask(question).section).toBe(ask('Which skills does a data engineer need?').section)
    expect(ask(question).reply).not.toHaveProperty('caveat', expect.any(String))
  })

  it('before a question does not hide the question', () => {
    expect(ask('Hi! What does a data engineer do? Thanks').section).toBe(
      ask('What does a data engineer do?').section,
    )
  })
})
