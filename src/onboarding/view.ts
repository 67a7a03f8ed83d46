import type { List } from 'mdast'
import { capital } from '../answer/comparison.ts'
import { tour } from '../answer/phrases.ts'
import type { Engine } from '../engine.ts'
import { say } from '../render/saying.ts'
import type { Move, StepPart, StepReply } from '../reply.ts'
import { type Flow, type Score, scores } from './flow.ts'
import { type Action, type State, unsure } from './reducer.ts'
import { nextSteps, starterPack } from './starter-pack.ts'

/** So many results of the quiz are shown. */
const mostResults = 3

/** The places that a member sees: welcome, interest, level, starter pack. */
const places = 4

type Shown = Partial<StepReply> & { title: string }

/** Names where somebody is, so that a button of another step is known as one. */
export function markOf({ step, answers }: State): string {
  return step === 'quiz' ? `quiz${answers.length}` : step
}

const letters = { pick: 'p', skip: 's', back: 'b', leave: 'x', start: 'a' } as const

/** What a button of a step does. */
export function readChoice(choice: string): { mark: string; action: Action } | undefined {
  const [, mark, letter, value] =
    /^([a-z]{1,10}\d{0,2})\.([psbxa])(?:\.([a-z0-9?-]{1,50}))?$/.exec(choice) ?? []
  const found = Object.entries(letters).find(([, one]) => one === letter)
  if (mark === undefined || found === undefined) return undefined
  const kind = found[0] as keyof typeof letters
  if (kind !== 'pick') return { mark, action: { kind } }
  return value === undefined ? undefined : { mark, action: { kind, value } }
}

/** A step as adapters show it. Pure. */
export function viewOf(engine: Engine, flow: Flow, state: State, notes: readonly string[]): StepReply {
  const mark = markOf(state)
  const move = (label: string, kind: keyof typeof letters): Move => ({
    label,
    choice: `${mark}.${letters[kind]}`,
  })
  const pick = (label: string, value: string): Move => ({ label, choice: `${mark}.p.${value}` })
  const around = {
    skip: move(tour.skip, 'skip'),
    back: move(tour.back, 'back'),
    stop: move(tour.stop, 'leave'),
    again: move(tour.again, 'start'),
  }
  const shown = stepView(engine, flow, state, pick, around)
  const { roles, levels } = engine.content.vocabulary
  return {
    kind: 'step',
    parts: [],
    choices: [],
    moves: [],
    suggestions: [],
    picked: {
      role: roles.find(({ id }) => id === state.role)?.label,
      level: levels.find(({ id }) => id === state.level)?.label,
    },
    ...shown,
    notes: [...notes, ...(shown.notes ?? [])],
  }
}

type MakeMove = (label: string, value: string) => Move
type Around = Record<'skip' | 'back' | 'stop' | 'again', Move>

function stepView(engine: Engine, flow: Flow, state: State, pick: MakeMove, around: Around): Shown {
  const { skip, back, stop, again } = around
  const text = (words: string): StepPart[] => [{ body: say(words) }]
  switch (state.step) {
    case 'welcome':
      return {
        title: flow.welcome.title,
        parts: text(flow.welcome.text),
        choices: [pick(flow.welcome.start, 'go')],
        moves: [stop],
        progress: { at: 1, of: places },
      }
    case 'interest':
      return {
        title: flow.interest.title,
        parts: text(flow.interest.text),
        choices: [
          ...flow.interest.choices.map(({ label, role }) => pick(label, role)),
          pick(flow.interest.unsure, unsure),
        ],
        moves: state.goal === 'next' ? [skip, stop] : [back, skip, stop],
        progress: { at: 2, of: places },
      }
    case 'quiz': {
      const at = state.answers.length
      const question = flow.quiz[at]
      return {
        title: question?.question ?? '',
        parts: text(tour.question(at + 1, flow.quiz.length)),
        choices: (question?.choices ?? []).map(({ label }, i) => pick(label, String(i))),
        moves: [back, skip, stop],
        progress: { at: 2, of: places },
      }
    }
    case 'result':
      return {
        ...result(engine, flow, state, pick),
        moves: [back, skip, stop],
        progress: { at: 2, of: places },
      }
    case 'level':
      return {
        title: flow.level.title,
        notes: state.role === undefined ? [] : [tour.picked(labelOf(engine, state.role))],
        parts: text(flow.level.text),
        choices: flow.level.choices.map(({ label, level }) => pick(label, level)),
        moves: [back, skip, stop],
        progress: { at: 3, of: places },
      }
    case 'pack':
      return {
        title: `${flow.pack.title}${state.role === undefined ? '' : `: ${labelOf(engine, state.role)}`}`,
        notes: general(engine, state),
        ...starterPack(engine, flow, state),
        choices: [pick(flow.pack.finish, 'done')],
        moves: [back, again],
        progress: { at: 4, of: places },
      }
    case 'next': {
      return {
        title: nextTitle(engine, state),
        notes: general(engine, state),
        parts: nextSteps(engine, flow, state),
        moves: [back, again],
      }
    }
    case 'done':
      return {
        title: flow.done.title,
        parts: text(flow.done.text),
        moves: [back, again],
        suggestions: starterPack(engine, flow, state).suggestions,
      }
    case 'left':
      return { title: tour.leftTitle, parts: text(tour.left), moves: [again] }
  }
}

function labelOf(engine: Engine, role: string): string {
  return engine.content.vocabulary.roles.find(({ id }) => id === role)?.label ?? role
}

function general({ content }: Engine, { role }: State): string[] {
  const { subject, roles } = content.vocabulary
  const usual = roles.find(({ id }) => id === subject.defaultRole)
  return role !== undefined || usual === undefined ? [] : [tour.general(usual.plural)]
}

function nextTitle({ content }: Engine, { level }: State): string {
  const { levels } = content.vocabulary
  const at = levels.findIndex(({ id }) => id === level)
  const next = at < 0 ? undefined : levels[at + 1]
  return next === undefined ? tour.nextTop : tour.nextTitle(next.label)
}

/** The best of the quiz, each with where its points come from. */
function result(engine: Engine, flow: Flow, { answers }: State, pick: MakeMove): Shown {
  const best = scores(flow, answers).slice(0, mostResults)
  if (best.length === 0)
    return {
      title: tour.resultTitle,
      parts: [{ body: say(tour.noResult) }],
      choices: flow.interest.choices.map(({ label, role }) => pick(label, role)),
    }
  return {
    title: tour.resultTitle,
    parts: [
      { body: say(tour.result) },
      ...best.map((score) => ({
        title: `${capital(labelOf(engine, score.role))}: ${tour.points(score.points)}`,
        body: [reasons(engine, score)],
      })),
    ],
    choices: best.map(({ role }) => pick(capital(labelOf(engine, role)), role)),
  }
}

function reasons(engine: Engine, score: Score): List {
  const titleOf = (id: string): string => engine.content.sections.find((one) => one.id === id)?.title ?? id
  return {
    type: 'list',
    ordered: false,
    spread: false,
    children: score.reasons.map(({ label, points, section }) => ({
      type: 'listItem',
      spread: false,
      children: say(tour.reason(label, points, titleOf(section))),
    })),
  }
}
