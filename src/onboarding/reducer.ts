import type { Flow } from './flow.ts'

const steps = ['welcome', 'interest', 'quiz', 'result', 'level', 'pack', 'next', 'done', 'left'] as const
type Step = (typeof steps)[number]

/** Where somebody is in the tour. */
export interface State {
  step: Step
  /** What was picked, as ids. */
  role?: string | undefined
  level?: string | undefined
  /** The number of the choice for each question of the quiz so far; null where it was skipped. */
  answers: readonly (number | null)[]
  /** What comes after the questions: the starter pack, or the next step on the path alone. */
  goal: 'pack' | 'next'
}

export type Action =
  /** From the beginning; what was picked before stays until something else is picked. */
  | { kind: 'start' }
  /** Only what is not known yet, then the next step on the path. */
  | { kind: 'next' }
  | { kind: 'pick'; value: string }
  | { kind: 'skip' | 'back' | 'leave' }

/** What "not sure" comes back as; no role can be called so. */
export const unsure = '?'

export const beginning: State = { step: 'welcome', answers: [], goal: 'pack' }

/** Pure. An action that makes no sense where somebody is changes nothing. */
export function reduce(flow: Flow, state: State, action: Action): State {
  switch (action.kind) {
    case 'start':
      return { ...state, step: 'welcome', answers: [], goal: 'pack' }
    case 'next':
      return ask({ ...state, answers: [], goal: 'next' })
    case 'leave':
      return isOver(state) ? state : { ...state, step: 'left' }
    case 'pick':
      return pick(flow, state, action.value)
    case 'skip':
      return skip(flow, state)
    case 'back':
      return back(flow, state)
  }
}

/** True when there is nothing left to answer. */
export function isOver({ step }: State): boolean {
  return step === 'done' || step === 'left' || step === 'next'
}

function ask(state: State): State {
  const { role, level } = state
  return { ...state, step: role === undefined ? 'interest' : level === undefined ? 'level' : 'next' }
}

function pick(flow: Flow, state: State, value: string): State {
  switch (state.step) {
    case 'welcome':
      return { ...state, step: 'interest' }
    case 'interest':
      if (value === unsure) return { ...state, step: 'quiz', answers: [] }
      return isRole(flow, value) ? afterRole({ ...state, role: value, answers: [] }) : state
    case 'quiz':
      return answer(flow, state, value)
    case 'result':
      return isRole(flow, value) ? afterRole({ ...state, role: value }) : state
    case 'level':
      return flow.level.choices.some(({ level }) => level === value)
        ? { ...state, level: value, step: state.goal }
        : state
    case 'pack':
      return { ...state, step: 'done' }
    case 'next':
    case 'done':
    case 'left':
      return state
  }
}

function isRole({ interest, quiz }: Flow, value: string): boolean {
  return (
    interest.choices.some(({ role }) => role === value) ||
    quiz.some(({ choices }) => choices.some(({ points }) => Object.hasOwn(points, value)))
  )
}

function afterRole(state: State): State {
  const isKnown = state.goal === 'next' && state.level !== undefined
  return { ...state, step: isKnown ? 'next' : 'level' }
}

function answer(flow: Flow, state: State, value: string): State {
  const choices = flow.quiz[state.answers.length]?.choices ?? []
  const picked = /^\d{1,2}$/.test(value) && Number(value) < choices.length
  return picked ? withAnswer(flow, state, Number(value)) : state
}

function withAnswer(flow: Flow, state: State, picked: number | null): State {
  const answers = [...state.answers, picked]
  return { ...state, answers, step: answers.length < flow.quiz.length ? 'quiz' : 'result' }
}

function skip(flow: Flow, state: State): State {
  switch (state.step) {
    case 'welcome':
      return { ...state, step: 'interest' }
    case 'interest':
    case 'result':
      return { ...state, step: 'level' }
    case 'quiz':
      return withAnswer(flow, state, null)
    case 'level':
      return { ...state, step: state.goal }
    case 'pack':
      return { ...state, step: 'done' }
    case 'next':
    case 'done':
    case 'left':
      return state
  }
}

function back(flow: Flow, state: State): State {
  const { answers } = state
  switch (state.step) {
    case 'welcome':
      return state
    case 'interest':
      return state.goal === 'next' ? state : { ...state, step: 'welcome' }
    case 'quiz':
      return answers.length === 0
        ? { ...state, step: 'interest' }
        : { ...state, answers: answers.slice(0, -1) }
    case 'result':
      return { ...state, step: 'quiz', answers: answers.slice(0, -1) }
    case 'level':
      return { ...state, step: answers.length === flow.quiz.length ? 'result' : 'interest' }
    case 'pack':
    case 'next':
      return { ...state, step: 'level' }
    case 'done':
      return { ...state, step: 'pack' }
    case 'left':
      return { ...state, step: 'welcome' }
  }
}

/** What of a state is kept beside the picks, which stand in the profile itself. */
export function keepable({ step, answers, goal }: State): unknown {
  return { v: 1, step, answers, goal }
}

/** @returns undefined for nothing, another version, or what does not fit the present quiz any more */
export function readKept(flow: Flow, kept: unknown): Pick<State, 'step' | 'answers' | 'goal'> | undefined {
  if (typeof kept !== 'object' || kept === null) return undefined
  const { v, step, answers, goal } = kept as Record<string, unknown>
  if (v !== 1 || !steps.includes(step as Step) || !Array.isArray(answers)) return undefined
  if (goal !== 'pack' && goal !== 'next') return undefined
  const most = step === 'quiz' ? flow.quiz.length - 1 : flow.quiz.length
  const fits =
    answers.length <= most &&
    (step !== 'result' || answers.length === flow.quiz.length) &&
    answers.every((one, i) => one === null || flow.quiz[i]?.choices[one as number] !== undefined)
  return fits ? { step: step as Step, answers: answers as State['answers'], goal } : undefined
}
