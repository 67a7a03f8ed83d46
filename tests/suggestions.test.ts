import { beforeAll, describe, expect, it } from 'vitest'
import { type Engine, isAnswered } from '../src/index.ts'
import { shippedEngine } from './engines.ts'

let engine: Engine
/** What is offered → where it is offered. */
const offered = new Map<string, string>()
/** Their short names. */
const labels = new Set<string>()
/** Replies with two buttons that read the same. */
const twins: string[] = []
/** Sections whose own first question opens another one. */
const strayed: string[] = []
/** Sections whose own first question does not get an answer, so nobody sees what they would offer. */
const unreachable: string[] = []

beforeAll(async () => {
  engine = await shippedEngine()
  for (const section of engine.content.sections) {
    const question = section.questions[0] ?? section.title
    const { reply } = engine.answer(question)
    if (!isAnswered(reply)) unreachable.push(`"${question}" of ${section.id} is ${reply.kind}`)
    else if (reply.kind === 'answer' && reply.source.section.id !== section.id)
      strayed.push(`"${question}" of ${section.id} opens ${reply.source.section.id}`)
    for (const { question: suggestion, label } of reply.suggestions) {
      labels.add(label)
      if (!offered.has(suggestion)) offered.set(suggestion, question)
    }
    const shown = reply.suggestions.map(({ label }) => label)
    if (new Set(shown).size < shown.length) twins.push(`${question}: ${shown.join(' | ')}`)
  }
  for (const text of ['help', 'hello', '???', 'What does a prompt engineer do?', 'best pizza in town'])
    for (const { question: suggestion } of engine.answer(text).reply.suggestions)
      offered.set(suggestion, text)
})

describe('the next questions that the bot offers', () => {
  it('are each answered when asked alone', () => {
    expect(offered.size).toBeGreaterThan(100)
    const failures = [...offered].flatMap(([suggestion, question]) => {
      const { kind } = engine.answer(suggestion).reply
      return kind === 'answer' || kind === 'comparison'
        ? []
        : [`"${suggestion}" (after "${question}") is ${kind}`]
    })
    expect(failures, `${failures.length} of ${offered.size}:\n${failures.join('\n')}`).toEqual([])
  })

  it('are each answered without a caveat: the bot knows its own questions', () => {
    const failures = [...offered.keys()].flatMap((suggestion) => {
      const { reply } = engine.answer(suggestion)
      return isAnswered(reply) && reply.caveat !== undefined ? [`"${suggestion}": ${reply.caveat}`] : []
    })
    expect(failures, `${failures.length} of ${offered.size}:\n${failures.join('\n')}`).toEqual([])
  })

  it('open the section that they are offered for', () => {
    expect(strayed).toEqual([])
  })

  it('fit a button: at most 75 characters', () => {
    expect([...offered.keys()].filter((suggestion) => suggestion.length > 75)).toEqual([])
  })

  it('have short names that fit a button on a phone and are told apart', () => {
    expect([...labels].filter((label) => label.length > 40 || label.trim() === '')).toEqual([])
    const cut = [...labels].filter((label) => label.endsWith('…'))
    expect(cut.length / labels.size, cut.join('\n')).toBeLessThan(0.15)
    expect(twins, twins.join('\n')).toEqual([])
  })

  it('can be reached: the first sample question of every section is answered', () => {
    expect(unreachable, unreachable.join('\n')).toEqual([])
  })

  it('never offer the question that was just asked', () => {
    const repeated = engine.content.sections.flatMap(({ questions }) => {
      const first = questions[0]
      return first !== undefined &&
        engine.answer(first).reply.suggestions.some(({ question }) => question === first)
        ? [first]
        : []
    })
    expect(repeated).toEqual([])
  })
})
