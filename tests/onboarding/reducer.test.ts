import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Flow } from '../../src/onboarding/flow.ts'
import { scores } from '../../src/onboarding/flow.ts'
import {
  type Action,
  beginning,
  isOver,
  keepable,
  readKept,
  reduce,
  type State,
  unsure,
} from '../../src/onboarding/reducer.ts'
import { markOf, readChoice, viewOf } from '../../src/onboarding/view.ts'
import { everyWord, shippedEngine } from '../engines.ts'

let flow: Flow
beforeAll(async () => {
  const { onboarding } = (await shippedEngine()).content
  if (onboarding === undefined) throw new Error('the shipped content has no tour')
  flow = onboarding
})

const values = fc.oneof(
  fc.constantFrom(
    'go',
    unsure,
    '0',
    '1',
    '5',
    '99',
    'data-engineer',
    'nlp-engineer',
    'entry',
    'lead',
    'done',
  ),
  fc.string(),
)
const actions: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ kind: fc.constant('pick' as const), value: values }),
  fc.record({ kind: fc.constantFrom('start' as const, 'next' as const, 'skip' as const, 'back' as const) }),
  fc.constant({ kind: 'leave' as const }),
)
const run = (done: readonly Action[]): State =>
  done.reduce((state, action) => reduce(flow, state, action), beginning)

describe('the tour', () => {
  it('ends by skipping alone, from wherever any order of actions led', () => {
    fc.assert(
      fc.property(fc.array(actions, { maxLength: 40 }), (done) => {
        let state = run(done)
        for (let i = 0; i < flow.quiz.length + 6 && !isOver(state); i++)
          state = reduce(flow, state, { kind: 'skip' })
        expect(isOver(state)).toBe(true)
      }),
    )
  })

  it('offers at every step something that leads on', async () => {
    const engine = await shippedEngine()
    fc.assert(
      fc.property(fc.array(actions, { maxLength: 15 }), (done) => {
        const state = run(done)
        const view = viewOf(engine, flow, state, [])
        const offered = [...view.choices, ...view.moves]
        expect(offered.length).toBeGreaterThan(0)
        expect(new Set(offered.map(({ choice }) => choice)).size).toBe(offered.length)
        const after = offered.map(({ choice }) => {
          const read = readChoice(choice)
          expect(read?.mark).toBe(markOf(state))
          expect(choice.length).toBeLessThanOrEqual(70)
          return read === undefined ? state : reduce(flow, state, read.action)
        })
        for (const [i, next] of after.entries())
          expect({ ...next, offered: offered[i]?.label }).not.toEqual({
            ...state,
            offered: offered[i]?.label,
          })
      }),
      { numRuns: 60 },
    )
  })

  it('goes back to where it was, until the beginning', () => {
    fc.assert(
      fc.property(fc.array(actions, { maxLength: 20 }), (done) => {
        let state = run(done)
        for (let i = 0; i < 30; i++) state = reduce(flow, state, { kind: 'back' })
        expect(['welcome', 'interest']).toContain(state.step)
      }),
    )
  })

  it('takes nothing that it does not know', () => {
    fc.assert(
      fc.property(fc.array(actions, { maxLength: 20 }), fc.string({ minLength: 1 }), (done, strange) => {
        fc.pre(!/^\d+$/.test(strange) && strange !== unsure)
        const state = run(done)
        const next = reduce(flow, state, { kind: 'pick', value: `${strange}!` })
        const isQuestion = ['interest', 'quiz', 'result', 'level'].includes(state.step)
        if (isQuestion) expect(next).toEqual(state)
        expect(next.role).toBe(state.role)
      }),
    )
  })

  it('is the same after it was kept and read', () => {
    fc.assert(
      fc.property(fc.array(actions, { maxLength: 20 }), (done) => {
        const { step, answers, goal } = run(done)
        const kept = JSON.parse(JSON.stringify(keepable({ step, answers, goal })))
        expect(readKept(flow, kept)).toEqual({ step, answers, goal })
      }),
    )
  })

  it('begins anew with anything else that was kept', () => {
    fc.assert(
      fc.property(fc.anything(), (kept) => {
        const read = readKept(flow, kept)
        expect(read === undefined || typeof read.step === 'string').toBe(true)
      }),
    )
    for (const wrong of [
      { v: 2, step: 'welcome', answers: [], goal: 'pack' },
      { v: 1, step: 'elsewhere', answers: [], goal: 'pack' },
      { v: 1, step: 'quiz', answers: [99], goal: 'pack' },
      { v: 1, step: 'quiz', answers: Array(9).fill(0), goal: 'pack' },
      { v: 1, step: 'result', answers: [], goal: 'pack' },
    ])
      expect(readKept(flow, wrong)).toBeUndefined()
  })
})

describe('the quiz', () => {
  it('adds up the points of what was picked and nothing else', () => {
    const answer = fc.option(fc.nat({ max: 4 }), { nil: null })
    fc.assert(
      fc.property(fc.array(answer, { maxLength: 6 }), (answers) => {
        const found = scores(flow, answers)
        for (const { points, reasons } of found)
          expect(points).toBe(reasons.reduce((sum, reason) => sum + reason.points, 0))
        expect(found.map(({ points }) => points)).toEqual(
          found.map(({ points }) => points).sort((a, b) => b - a),
        )
      }),
    )
  })

  it('shows the points with the section that each stands on', async () => {
    const engine = await shippedEngine()
    const answers = flow.quiz.map(() => 0)
    const view = viewOf(engine, flow, { step: 'result', answers, goal: 'pack' }, [])
    expect(view.parts[1]?.title).toBe('NLP engineer: 7 points')
    expect(everyWord(view)).toContain('Language and text: 3, from “If you like language: NLP engineer”')
    expect(view.choices[0]?.label).toBe('NLP engineer')
  })
})

describe('the starter pack', () => {
  it('is made of sections with their sources for every job and level', async () => {
    const engine = await shippedEngine()
    for (const role of [undefined, ...flow.interest.choices.map((one) => one.role)])
      for (const level of [undefined, ...flow.level.choices.map((one) => one.level)]) {
        const view = viewOf(engine, flow, { step: 'pack', role, level, answers: [], goal: 'pack' }, [])
        const sourced = view.parts.filter(({ source }) => source !== undefined)
        expect(sourced.length).toBeGreaterThanOrEqual(3)
        for (const part of view.parts) expect(part.body.length).toBeGreaterThan(0)
        expect(view.suggestions.length).toBe(3)
      }
  })

  it('says so where the documents have nothing for a job', async () => {
    const engine = await shippedEngine()
    const view = viewOf(engine, flow, { step: 'pack', role: 'data-engineer', answers: [], goal: 'pack' }, [])
    expect(everyWord(view)).toContain("I don't have anything on ")
  })
})
