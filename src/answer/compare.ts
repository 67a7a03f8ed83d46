import type { Focus } from '../conversation/focus.ts'
import type { Understanding } from '../query/understand.ts'
import { thresholds } from '../search/weights.ts'
import type { Knows } from './confidence.ts'
import type { Case, Caveat, Decision } from './decision.ts'

/** Two roles that the documents describe, side by side. */
export function compare(question: Case): Decision | undefined {
  const { asked, focus, candidates, best, knows } = question
  if (!asked.compares || holdsOtherThings(asked, focus) || asksOfEither(asked)) return undefined
  const [first, second, ...more] = [...focus.roles, ...focus.fields].filter((role) => knows.covered.has(role))
  if (first === undefined || second === undefined || more.length > 1) return undefined
  // "ML vs DL" is about two fields, where a section holds just these against each other.
  const isOfFields = focus.roles.length === 0 && best.section.roles.length === 0
  if (isOfFields && best.similarity >= thresholds.same) return undefined
  const own = tellsOfKind(question, first, second)
  if (own !== undefined) return own
  const pair = candidates.find(
    ({ section }) => section.roles.includes(first) && section.roles.includes(second),
  )
  return {
    kind: 'comparison',
    roles: [first, second],
    candidate: pair ?? best,
    pair: pair?.section,
    caveat: leftOut(more[0], focus, knows),
    reason: 'two roles are compared',
  }
}

/** "Do deep learning engineers earn more than AI engineers?" is told where the pay of that kind of AI engineer is. */
function tellsOfKind(question: Case, first: string, second: string): Decision | undefined {
  const { candidates, knows, sureness } = question
  const caveat = leftOut(undefined, question.focus, knows)
  const kind = [first, second].find((role) => [first, second].includes(knows.kindOf.get(role) ?? ''))
  if (caveat?.kind !== 'comparison' || kind === undefined) return undefined
  const own = candidates.find(({ section }) => section.role === kind && section.topic === caveat.topic)
  return own && { kind: 'answer', candidate: own, sureness, reason: 'it is told of one kind of the other' }
}

/** "Which programming language is better?" after two jobs, but not "how do their skills differ?". */
function holdsOtherThings({ words, units }: Understanding, { roleInherited }: Focus): boolean {
  return (
    roleInherited &&
    units.some(({ kind }) => kind === 'topic' || kind === 'concept') &&
    !words.some((word) => ofBoth.test(word))
  )
}

/** "Which degree do I need for ML or data engineering?" */
function asksOfEither({ offersBoth, topics }: Understanding): boolean {
  return offersBoth && topics.size > 0
}

const ofBoth = /^(?:differ|compar|they$|them$|their$|both$|each$|these$|those$)/

/** What a comparison of two roles does not tell. */
function leftOut(third: string | undefined, { topics }: Focus, { uncomparable }: Knows): Caveat | undefined {
  if (third !== undefined) return { kind: 'third-role', role: third }
  const topic = [...topics].find(([id, weight]) => weight >= 1 && uncomparable.has(id))?.[0]
  return topic === undefined ? undefined : { kind: 'comparison', topic }
}
