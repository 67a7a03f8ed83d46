import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Answer, type Engine, isAnswered, plainText, type Reply, replyText } from '../src/index.ts'
import { botOf, everyWord, shippedEngine } from './engines.ts'
import { chanceFrom, generatorsOf, wordsOfContent } from './generators.ts'

/** No reply of the shipped content is longer. Characters of title, text, caveat and suggestions. */
const longestReply = 4_000
const longestText = 4_000

let engine: Engine
let known: ReadonlySet<string>
beforeAll(async () => {
  engine = await shippedEngine()
  known = new Set(engine.content.sections.map(({ text }) => withoutYes(text)))
})

/** Open questions get a section's words without the "Yes" that it begins with. */
function withoutYes(text: string): string {
  const rest = text.replace(/^Yes[.,:] /, '')
  return rest.charAt(0).toUpperCase() + rest.slice(1)
}

/** What must be true of every answer, whatever was asked. */
function check({ reply, sections, explain }: Answer): void {
  checkReply(reply)
  expect(sections.length).toBeLessThanOrEqual(5)
  for (const { score } of sections) expect(Number.isFinite(score)).toBe(true)
  expect(explain().length).toBeGreaterThan(0)
}

function checkReply(reply: Reply): void {
  const text = isAnswered(reply) ? plainText(reply.body) : replyText(reply)
  expect(text.length).toBeGreaterThan(0)
  const words = everyWord({ ...reply, ...(isAnswered(reply) ? { body: [] } : {}) } as Reply)
  expect(words.length + text.length).toBeLessThan(longestReply)
  // What the bot says beside the documents' own text can hold nothing but words of the question: no markup of it.
  expect(words).not.toMatch(/<[a-z/!@#]|@everyone|@here|\]\(|```|https?:|\\u[0-9a-f]{4}/i)
  if (reply.kind === 'answer') expect(known.has(withoutYes(text))).toBe(true)
}

const anyText = fc.string({ unit: 'binary', maxLength: longestText })
const lengths = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 1, max: 120 }) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: longestText }) },
)

describe('whatever is sent', () => {
  it('random Unicode of any length is replied to', () => {
    fc.assert(
      fc.property(anyText, (text) => check(engine.answer(text))),
      { numRuns: 500 },
    )
  })

  it('random code units, half characters among them, are replied to', () => {
    const units = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: longestText })
    fc.assert(
      fc.property(units, (codes) => check(engine.answer(String.fromCharCode(...codes)))),
      { numRuns: 300 },
    )
  })

  it.each(['words', 'nearMisses', 'markup', 'repeated', 'nested', 'letters', 'codePoints'] as const)(
    '%s are replied to',
    (name) => {
      const words = wordsOfContent(engine.content)
      fc.assert(
        fc.property(fc.nat(), lengths, (seed, length) => {
          check(engine.answer(generatorsOf(words, chanceFrom(seed))[name](length)))
        }),
        { numRuns: 300 },
      )
    },
  )

  it('words that JavaScript objects have by themselves are words like any other', () => {
    const own = [
      'constructor',
      'constructors',
      '__proto__',
      'prototype',
      'hasOwnProperty',
      'toString',
      'valueOf',
      'isPrototypeOf',
      'undefined',
      'null',
      'NaN',
    ]
    for (const word of own) {
      for (const question of [
        word,
        `data engineer ${word}`,
        `which ${word} skills do AI engineers need?`,
        `${own.join(' ')} ${word}`,
      ])
        check(engine.answer(question))
    }
  })

  it('long repeated patterns are replied to', () => {
    const patterns = [
      '<',
      '<a ',
      '>',
      '((((',
      '[]',
      '**',
      '```',
      'http://',
      '@everyone',
      "'",
      "n't",
      '1,',
      '1.',
      'a+',
      '\u0301',
      '\ud83d',
      'what is ',
      'how much ',
      'ﷺ',
      'İ',
      '&lt;',
      '-',
      'é',
    ]
    for (const pattern of patterns)
      for (const length of [10, 1_000, 100_000])
        check(engine.answer(pattern.repeat(Math.ceil(length / pattern.length))))
  })

  it('a conversation of anything goes on', async () => {
    const bot = botOf(engine)
    const words = wordsOfContent(engine.content)
    const turn = fc.record({
      seed: fc.nat(),
      kind: fc.constantFrom('words', 'nearMisses', 'markup', 'codeUnits' as const),
      length: fc.integer({ min: 0, max: 80 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(turn, { maxLength: 8 }), fc.string(), async (turns, conversation) => {
        for (const { seed, kind, length } of turns) {
          const text = generatorsOf(words, chanceFrom(seed))[kind](length)
          checkReply(await bot.handle({ kind: 'question', text, conversation }))
        }
      }),
      { numRuns: 100 },
    )
  })
})

it('the same question and talk give an equal reply', () => {
  const words = wordsOfContent(engine.content)
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 60 }), (seed, length) => {
      const { words: text } = generatorsOf(words, chanceFrom(seed))
      const [first, second] = [text(length), text(length)]
      const { talk } = engine.answer(first)
      expect(engine.answer(second, talk).reply).toEqual(engine.answer(second, talk).reply)
    }),
    { numRuns: 150 },
  )
})
