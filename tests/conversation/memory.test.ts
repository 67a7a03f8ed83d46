import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isAnswered } from '../../src/index.ts'
import { botOf, engineOf, shippedEngine } from '../engines.ts'
import type { Files } from '../folder.ts'

const minute = 60_000

const section = (role: string, topic: string, title: string, text: string): string =>
  `## ${title}\n\n<!--\nrole: ${role}\ntopic: ${topic}\nquestions:\n  - ${title}?\n-->\n\n${text}\n\n`

const files: Files = {
  'kitchen.md': [
    section('cook', 'pay', 'What cooks earn', 'A cook earns 30 coins.'),
    section('cook', 'tools', 'Tools of a cook', 'A cook has a knife.'),
    section('baker', 'pay', 'What bakers earn', 'A baker earns 20 coins.'),
    section('baker', 'tools', 'Tools of a baker', 'A baker has an oven.'),
  ].join(''),
  'vocabulary/roles.yaml':
    '- {id: cook, label: cook, plural: cooks, aliases: [cook]}\n- {id: baker, label: baker, plural: bakers, aliases: [baker]}\n',
  'vocabulary/topics.yaml':
    '- {id: pay, label: pay, aliases: [earn, pay]}\n- {id: tools, label: tools, aliases: [tool]}\n',
}

/** A bot whose clock the test moves. */
async function botAt() {
  const engine = await engineOf(files)
  const clock = { time: 1_000_000 }
  const bot = botOf(engine, { now: () => clock.time })
  const ask = async (conversation: string, text: string): Promise<string | undefined> => {
    const reply = await bot.handle({ kind: 'question', text, conversation })
    return isAnswered(reply) ? reply.title : undefined
  }
  return { ask, clock }
}

describe('a conversation is remembered', () => {
  it('from one question to the next', async () => {
    const { ask } = await botAt()
    expect(await ask('a', 'What does a baker earn?')).toBe('What bakers earn')
    expect(await ask('a', 'and their tools?')).toBe('Tools of a baker')
    expect(await ask('a', 'and a cook?')).toBe('Tools of a cook')
  })

  it('for a quarter of an hour after the last question, and no longer', async () => {
    const { ask, clock } = await botAt()
    expect(await ask('a', 'What does a baker earn?')).toBe('What bakers earn')
    clock.time += 15 * minute
    expect(await ask('a', 'and a cook?')).toBe('What cooks earn')
    clock.time += 15 * minute
    expect(await ask('a', 'and a baker?')).toBe('What bakers earn')
    clock.time += 15 * minute + 1
    const { ask: anew } = await botAt()
    const forgotten = await ask('a', 'and a cook?')
    expect(forgotten).toBe(await anew('new', 'and a cook?'))
    expect(forgotten).not.toBe('What cooks earn')
  })

  it('without getting into another one', async () => {
    const { ask } = await botAt()
    ask('a', 'What does a baker earn?')
    ask('b', 'Tools of a cook?')
    expect(await ask('a', 'and a cook?')).toBe('What cooks earn')
    expect(await ask('b', 'and a baker?')).toBe('Tools of a baker')
  })

  it('whatever its id is', async () => {
    const { ask } = await botAt()
    const ids = ['__proto__', 'constructor', '', 'a b', '💬', 'x'.repeat(10_000)]
    for (const id of ids) expect(await ask(id, 'What does a baker earn?')).toBe('What bakers earn')
    for (const id of ids) expect(await ask(id, 'and a cook?')).toBe('What cooks earn')
  })

  it('as long as there are not ten thousand newer ones', async () => {
    const { ask } = await botAt()
    ask('kept', 'What does a baker earn?')
    ask('lost', 'What does a baker earn?')
    for (let i = 0; i < 5_000; i++) ask(`filler-${i}`, 'What does a cook earn?')
    // Speaking again makes a conversation young.
    expect(await ask('kept', 'and their tools?')).toBe('Tools of a baker')
    for (let i = 5_000; i < 9_999; i++) ask(`filler-${i}`, 'What does a cook earn?')
    expect(await ask('kept', 'and a cook?')).toBe('Tools of a cook')
    const { ask: anew } = await botAt()
    expect(await ask('lost', 'their tools?')).toBe(await anew('new', 'their tools?'))
  })
})

describe('a conversation', () => {
  const labelled = readFileSync(join(import.meta.dirname, '..', 'eval', 'questions.jsonl'), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { q: string; context?: string[] })
  const followUps = labelled.filter(({ context = [] }) => context.length > 0)
  const others = labelled.filter(({ context = [] }) => context.length === 0).map(({ q }) => q)

  it('gets the answers that it would get if nobody else asked', async () => {
    const engine = await shippedEngine()
    const bot = botOf(engine)
    expect(followUps.length).toBeGreaterThan(15)
    for (const [i, { q, context = [] }] of followUps.entries()) {
      // What others asked before, and this one asked by itself, must not show.
      const leaning = ['tell me more', 'why?', 'the second one', 'which one is better?'][i % 4] ?? ''
      const turns = [...context, q, leaning, ...others.slice(i * 8, i * 8 + 8), leaning, q]
      for (const text of [q, ...turns]) await bot.handle({ kind: 'question', text, conversation: 'others' })
      let talk: Parameters<typeof engine.answer>[1]
      for (const text of turns) {
        const reply = await bot.handle({ kind: 'question', text, conversation: `talk ${i}` })
        const alone = engine.answer(text, talk)
        talk = alone.talk
        expect(reply, `${text}, after ${turns.join(' | ')}`).toEqual(alone.reply)
      }
    }
  })
})
