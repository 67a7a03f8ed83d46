import { beforeAll, describe, expect, it } from 'vitest'
import { type Engine, isAnswered } from '../../src/index.ts'
import { shippedEngine, talk } from '../engines.ts'

let engine: Engine
beforeAll(async () => {
  engine = await shippedEngine()
})

/** What the last question of a conversation is answered from. */
function answered(...questions: string[]) {
  const { reply, sections } = talk(engine, ...questions)
  const id = isAnswered(reply) ? reply.source.section.id : undefined
  const section = engine.content.sections.find((one) => one.id === id)
  return {
    kind: reply.kind,
    id,
    role: section?.role,
    topic: section?.topic,
    level: section?.level,
    best: sections[0]?.id,
  }
}

describe('the same question about another role', () => {
  it.each([
    ['What skills does an AI engineer need?', 'and data engineers?', 'data-engineer', 'skills'],
    ['What skills does a data engineer need?', 'what about NLP engineers?', 'nlp-engineer', 'skills'],
    [
      'What does a typical day of an AI engineer look like?',
      'and of a data engineer?',
      'data-engineer',
      'daily-activities',
    ],
    [
      'What does a typical day of a data engineer look like?',
      'how about deep learning engineers?',
      'deep-learning-engineer',
      'daily-activities',
    ],
  ])('%s → %s', (first, then, role, topic) => {
    expect(answered(first, then)).toMatchObject({ kind: 'answer', role, topic })
  })
})

describe('what was meant instead', () => {
  it.each([
    ['What does an AI engineer do?', 'no, I meant the salary', 'ai-engineer', 'salary'],
    ['What skills does an AI engineer need?', 'sorry, for data engineers i meant', 'data-engineer', 'skills'],
    [
      'What skills does an AI engineer need?',
      'oh I wanted to know about NLP engineers',
      'nlp-engineer',
      'skills',
    ],
  ])('%s → %s', (first, then, role, topic) => {
    const { kind, ...section } = answered(first, then)
    expect(kind).toBe('answer')
    expect(section.topic).toBe(topic)
    expect(section.role ?? 'ai-engineer').toBe(role)
  })

  it('is a question by itself where it is a long one', () => {
    expect(
      answered('What does a data engineer do?', 'I mean, how much does a senior AI engineer earn?'),
    ).toMatchObject({ topic: 'salary', level: 'senior' })
  })
})

it('a part of what was talked about', () => {
  expect(answered('Does an AI engineer need maths?', 'which parts of it?').topic).toBe('math')
})

it('the job talked about has its own section on it, though another one has just these words', () => {
  expect(answered('tell me about machine learning engineers', 'what tools do they use')).toMatchObject({
    kind: 'answer',
    role: 'machine-learning-engineer',
  })
})

describe('the same question about another level', () => {
  it.each([
    ['How much do AI engineers earn?', 'and a senior?', 'senior'],
    ['How much do AI engineers earn?', 'and at entry level?', 'entry'],
    ['How much does a junior AI engineer earn?', 'what about mid level?', 'mid'],
    ['How much does a senior AI engineer earn?', 'and juniors?', 'entry'],
  ])('%s → %s', (first, then, level) => {
    expect(answered(first, then)).toMatchObject({ kind: 'answer', topic: 'salary', level })
  })
})

describe('another question about the same role', () => {
  it.each([
    ['What does a data engineer do?', 'which skills do they need?', 'data-engineer', 'skills'],
    [
      'What does a data engineer do?',
      'what does their typical day look like?',
      'data-engineer',
      'daily-activities',
    ],
    ['What skills does an NLP engineer need?', 'what do they do?', 'nlp-engineer', undefined],
    ['Tell me about deep learning engineers', 'which skills?', 'deep-learning-engineer', 'skills'],
  ])('%s → %s', (first, then, role, topic) => {
    const got = answered(first, then)
    expect(got).toMatchObject({ kind: 'answer', role })
    if (topic !== undefined) expect(got.topic).toBe(topic)
  })
})

describe('a conversation', () => {
  it('leans on the turn before over three turns', () => {
    const turns = ['What does a data engineer do?', 'which skills do they need?', 'and NLP engineers?']
    expect(answered(...turns)).toMatchObject({ kind: 'answer', role: 'nlp-engineer', topic: 'skills' })
  })

  it('keeps its subject over thanks and a greeting', () => {
    expect(
      answered('What does a data engineer do?', 'thanks!', 'hello again', 'which skills do they need?'),
    ).toMatchObject({
      kind: 'answer',
      role: 'data-engineer',
      topic: 'skills',
    })
  })

  it('does not narrow a question that names its own role', () => {
    const question = 'What skills does an NLP engineer need?'
    expect(answered('How much does a senior AI engineer earn?', question)).toEqual(answered(question))
  })

  it('gives a fragment the sense of what was asked before', () => {
    expect(answered('and a senior?').topic).not.toBe('salary')
    expect(answered('How much do AI engineers earn?', 'and a senior?')).toMatchObject({
      kind: 'answer',
      topic: 'salary',
    })
  })

  it.each([
    'who won the world cup in football?',
    // Everyday words that some sample question has, too.
    'football',
    'water',
    'capital of france',
  ])('off topic in between is still off topic: %s', (words) => {
    expect(answered('What does a data engineer do?', words).kind).toBe('no-match')
  })

  it('a word that asks for something of the job does', () => {
    for (const words of ['coding?', 'mornings?', 'and python?'])
      expect(answered('What does a data engineer do?', words)).toMatchObject({ role: 'data-engineer' })
  })
})

describe('two jobs that were talked about', () => {
  const both = 'ai engineer vs data engineer'

  it.each([
    [both, 'the second one', 'data-engineer', 'definition'],
    [both, 'what skills does the first one need?', 'ai-engineer', 'skills'],
    [both, 'what does the latter do all day?', 'data-engineer', 'daily-activities'],
    // In the order of the answer, which is what people look at.
    ['data engineer vs ai engineer', 'what skills does the first one need?', 'ai-engineer', 'skills'],
  ])('%s → %s', (first, then, role, topic) => {
    expect(answered(first, then)).toMatchObject({ kind: 'answer', role, topic })
  })

  it('the other one is the one before', () => {
    const turns = [
      'What does a data engineer do?',
      'and ML engineers?',
      'what skills does the other one need?',
    ]
    expect(answered(...turns)).toMatchObject({ role: 'data-engineer', topic: 'skills' })
  })

  it.each([
    [[both, 'which one is better?']],
    [[both, 'compare them']],
    [['What does an AI engineer do?', 'and data engineers?', 'which one should I choose?']],
  ])('%s puts the two side by side', (turns) => {
    const { reply } = talk(engine, ...turns)
    expect(reply).toMatchObject({ kind: 'comparison' })
    expect(reply.kind === 'comparison' && reply.roles.toSorted()).toEqual(['ai-engineer', 'data-engineer'])
  })

  it('what is better of other things compares no jobs', () => {
    expect(talk(engine, both, 'which programming language is better?').reply.kind).not.toBe('comparison')
    expect(talk(engine, both, 'which one should I learn first?').reply.kind).not.toBe('comparison')
  })

  it('a third field that is left out is named', () => {
    expect(talk(engine, 'AI vs ML vs DL').reply).toMatchObject({
      kind: 'comparison',
      caveat: expect.stringContaining('deep learning engineers'),
    })
  })
})

describe('going on', () => {
  it.each(['tell me more', 'ok and after that?', 'thanks, go on'])('%s shows what comes next', (then) => {
    const first = answered('What does a data engineer do?')
    const next = answered('What does a data engineer do?', then)
    expect(next).toMatchObject({ kind: 'answer', role: 'data-engineer' })
    expect(next.id).not.toBe(first.id)
    expect(answered('What does a data engineer do?', then, then).id).not.toBe(next.id)
  })

  it('why: nothing is made up, and there are ways on', () => {
    const { reply } = talk(engine, 'What does a data engineer do?', 'why?')
    expect(reply).toMatchObject({ kind: 'chat', text: expect.stringContaining('no more') })
    expect(reply.kind === 'chat' && reply.suggestions.length).toBeGreaterThan(1)
  })

  it('with nothing before it is asked what', () => {
    expect(talk(engine, 'tell me more').reply.kind).toBe('chat')
    expect(talk(engine, 'why?').reply.kind).toBe('no-match')
  })
})
