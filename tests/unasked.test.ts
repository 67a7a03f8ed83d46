import { beforeAll, describe, expect, it } from 'vitest'
import { type Bot, type Event, isAnswered } from '../src/index.ts'
import { createRateLimit } from '../src/rate-limit.ts'
import { botOf, shippedEngine } from './engines.ts'

let bot: Bot
let time = 0
const limits = { perMember: 3, perPlace: 100, window: 60 }
beforeAll(async () => {
  bot = botOf(await shippedEngine(), { now: () => time, limit: createRateLimit(limits) })
})

let members = 0
const unasked = (text: string, more: Partial<Extract<Event, { kind: 'question' }>> = {}) => {
  const member = `member ${members++}`
  return bot.handle({
    kind: 'question',
    text,
    unasked: true,
    conversation: member,
    member,
    place: member,
    ...more,
  })
}

describe('a post that nobody asked the bot about', () => {
  it.each([
    'What does a data engineer do?',
    'How do I become an AI engineer?\nI have no idea where to begin',
    'Beginner here\nHi all! I finish school this year. What skills does a data engineer need?',
  ])('is answered when it asks clearly: %s', async (text) => {
    expect((await unasked(text)).kind).toBe('answer')
  })

  it.each([
    'Hiring: data engineer, remote',
    '[SOLVED] What does a data engineer do?',
    'We are hiring AI engineers, what are you waiting for?',
    'lol my data engineer friend does nothing all day',
    'I hate AI engineers',
    'data engineers are great',
    'How do I become an AI engineer?\nI want to die, nothing works',
    'How do I become an AI engineer?\nI am so scared of it all',
    'My pipeline is broken, any ideas?',
    'what is for lunch?',
    'thanks!',
    '',
  ])('is left to people: %s', async (text) => {
    expect((await unasked(text)).kind).toBe('silent')
  })

  it('gets the same answer in one place only once in a while', async () => {
    const text = 'What does a data engineer do?'
    expect((await unasked(text, { place: 'forum' })).kind).toBe('answer')
    expect((await unasked(text, { place: 'forum' })).kind).toBe('silent')
    expect((await unasked(text, { place: 'elsewhere' })).kind).toBe('answer')
    time += 11 * 60 * 1000
    expect((await unasked(text, { place: 'forum' })).kind).toBe('answer')
  })

  it('takes nothing from what its author may ask', async () => {
    const asker = { member: 'busy', conversation: 'busy', place: 'hall' }
    for (let i = 0; i < 20; i++) await unasked('nice weather, is it not?', asker)
    expect((await bot.handle({ kind: 'question', text: 'What is a data engineer?', ...asker })).kind).toBe(
      'answer',
    )
  })
})

describe('clicks', () => {
  it('count once a member and answer, are limited, and name what exists', async () => {
    const kept: unknown[] = []
    const counted = botOf(await shippedEngine(), {
      limit: createRateLimit(limits),
      keepFeedback: (feedback) => kept.push(feedback),
    })
    const shown = (await shippedEngine()).answer('What does a data engineer do?').reply
    const reference = isAnswered(shown) ? shown.reference : ''
    const click = { kind: 'feedback', reference, helpful: true, member: 'ann' } as const
    for (let i = 0; i < 3; i++) expect((await counted.handle(click)).kind).toBe('chat')
    expect((await counted.handle(click)).kind).toBe('limited')
    expect(kept).toEqual([{ kind: 'feedback', reference, helpful: true }])
    for (const madeUp of ['made up', 's.abcdefgh', 'q.who won the cup?', 'c.cook.baker'])
      expect((await counted.handle({ ...click, member: madeUp, reference: madeUp })).kind).toBe('no-match')
    expect(kept.length).toBe(1)
  })
})
