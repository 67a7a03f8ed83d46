import { readFileSync } from 'node:fs'
import type { Section } from '../src/content/section.ts'
import type { Found } from './systems.ts'

/** A line of `tests/eval/questions.jsonl`, as far as it is used here. */
export interface LabelledQuestion {
  q: string
  /** What was asked before, for a follow-up. */
  context?: string[]
  expect: 'answer' | 'decline' | 'chat'
  /** Regular expressions that all match a right answer. */
  must: string[]
  must_not?: string[]
  /** `C` is off topic; other declined questions are about these careers, but not in the documents. */
  part: string
}

export function readLines<T>(file: string): T[] {
  const lines = readFileSync(file, 'utf8').split('\n')
  return lines.filter((line) => line.trim() !== '').map((line) => JSON.parse(line) as T)
}

/** How a system did on the labelled questions. */
export interface Quality {
  /** Questions that the sections answer: the first section is right, is not, or nothing was shown. */
  right: number
  wrong: number
  nothing: number
  answerable: number
  /** Questions about something else, for which nothing was shown. */
  offTopicDeclined: number
  offTopic: number
  /** Questions about the subject whose answer is not in the sections, for which nothing was shown. */
  uncoveredDeclined: number
  uncovered: number
}

export function judge(questions: readonly LabelledQuestion[], found: readonly Found[]): Quality {
  const count = (test: (question: LabelledQuestion, found: Found) => boolean): number =>
    questions.filter((question, i) => test(question, found[i]!)).length
  const answerable = (question: LabelledQuestion): boolean => question.expect === 'answer'
  const offTopic = (question: LabelledQuestion): boolean =>
    question.expect === 'decline' && question.part === 'C'
  const uncovered = (question: LabelledQuestion): boolean =>
    question.expect === 'decline' && question.part !== 'C'
  return {
    right: count((question, it) => answerable(question) && it.shown && isRight(question, it.first)),
    wrong: count((question, it) => answerable(question) && it.shown && !isRight(question, it.first)),
    nothing: count((question, it) => answerable(question) && !it.shown),
    answerable: count(answerable),
    offTopicDeclined: count((question, it) => offTopic(question) && !it.shown),
    offTopic: count(offTopic),
    uncoveredDeclined: count((question, it) => uncovered(question) && !it.shown),
    uncovered: count(uncovered),
  }
}

function isRight(question: LabelledQuestion, section: Section | undefined): boolean {
  const text = `${section?.title ?? ''}\n${section?.text ?? ''}`
  const matches = (pattern: string): boolean => new RegExp(pattern, 'i').test(text)
  return question.must.every(matches) && !(question.must_not ?? []).some(matches)
}
