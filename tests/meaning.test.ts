import { describe, expect, it } from 'vitest'
import { type Engine, isAnswered } from '../src/index.ts'
import { engineOf } from './engines.ts'

const vocabulary = {
  'vocabulary/subject.yaml': 'subject: working on a farm\nexamples: [What does a farmer do?]\n',
  'vocabulary/roles.yaml':
    '- id: farmer\n  label: farmer\n  plural: farmers\n  aliases: [grower]\n  fields: [farming]\n',
}

const sections = [
  [
    'Animals of a farmer',
    'What cows, sheep and pigs does a farmer have?',
    'Some livestock is kept on most land.',
  ],
  ['Machines of a farmer', 'What tractor does a farmer have?', 'Harvesters are shared between neighbours.'],
  ['Money of a farmer', 'What profit does a farmer have?', 'It depends on the price of wheat.'],
  ['Health of a farmer', 'What back pain does a farmer have?', 'Lifting is hard on the body.'],
  ['Buildings of a farmer', 'What barn does a farmer have?', 'Hay is stored below a roof.'],
]

function farm(): Record<string, string> {
  const entries = sections.map(
    ([title, question, text]) => `## ${title}\n\n<!--\nquestions:\n  - ${question}\n-->\n\n${text}\n`,
  )
  return { 'farm.md': `---\nrole: farmer\n---\n# Farming\n\n${entries.join('\n')}` }
}

function first(engine: Engine, question: string): string | undefined {
  return engine.answer(question).sections[0]?.title
}

describe('a question in words that no section has', () => {
  it.each([
    ['Does a farmer own goats and chickens?', 'Animals of a farmer'],
    ['Does a farmer own trucks and engines?', 'Machines of a farmer'],
    ['Does a farmer get income and revenue?', 'Money of a farmer'],
    ['Does a farmer get injuries and illness?', 'Health of a farmer'],
    ['Does a farmer own sheds and houses?', 'Buildings of a farmer'],
  ])('%s', async (question, title) => {
    const engine = await engineOf({ ...vocabulary, ...farm() })
    expect(first(engine, question)).toBe(title)
  })

  it('is found the same every time, whatever was asked in between', async () => {
    const engine = await engineOf({ ...vocabulary, ...farm() })
    const ask = () => engine.answer('Does a farmer own goats and chickens?').sections
    const before = ask()
    for (const other of ['goats', 'ζώα 🐐', 'Which tractor?', '\u{10ffff}\u0301']) engine.answer(other)
    expect(ask()).toEqual(before)
  })

  it.each(['Who won the football match?', 'What is the capital of Mongolia?', 'Can you play some jazz?'])(
    'stays unanswered when it is about something else: %s',
    async (question) => {
      const engine = await engineOf({ ...vocabulary, ...farm() })
      expect(isAnswered(engine.answer(question).reply)).toBe(false)
    },
  )
})
