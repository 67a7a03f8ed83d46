import { thresholds } from '../search/weights.ts'
import type { Case, Caveat } from './decision.ts'
import { missesTopic } from './decision.ts'
import { labelsOf } from './missing.ts'

/** What an answer from the best section leaves out of the question. */
export function caveatOf(question: Case): Caveat | undefined {
  const { asked, best, focus, missing } = question
  const others = asked.uncovered.filter(({ kind }) => kind === 'role')
  const inPassing = others.filter(({ id }) => best.section.roles.includes(id))
  if (inPassing.length > 0) return { kind: 'uncovered-role', labels: labelsOf(inPassing) }
  const isBoth = asked.compares && asked.offersBoth && best.similarity < thresholds.same
  if (others.length > 0 && isBoth) return { kind: 'left-out-role', labels: labelsOf(others) }
  const details = missing.filter(({ kind }) => kind !== 'role')
  if (details.length > 0) return { kind: 'detail', labels: labelsOf(details) }
  const other = otherRole(question)
  // Whoever talks about data engineers is told that an answer is about AI engineers.
  if (other !== undefined) return { kind: 'role', role: other.asked, general: other.told }
  const isGuess = focus.roles.length === 0 && asked.assumed && best.similarity < thresholds.same
  return isGuess || isDoubtful(question) ? { kind: 'nearest' } : undefined
}

/** The job asked about, where the best section is about another one. */
export function otherRole({ best, focus }: Case): { asked: string; told: string } | undefined {
  const [asked] = focus.roles
  const { role } = best.section
  if (asked === undefined || role === undefined) return undefined
  return focus.roles.includes(role) || focus.fields.includes(role) ? undefined : { asked, told: role }
}

function isDoubtful(question: Case): boolean {
  const { best, knows, sureness } = question
  const { sure } = knows.hasSubject ? thresholds : thresholds.plain
  const isPartial =
    missesTopic(question) ||
    best.missing.some(({ kind }) => kind === 'concept' || kind === 'level' || kind === 'role') ||
    (best.missing.some(({ kind }) => kind === 'word') && best.coverage < thresholds.whole)
  return sureness < sure || (isPartial && best.similarity < thresholds.same)
}
