import type { Focus } from '../conversation/focus.ts'
import type { Understanding } from '../query/understand.ts'
import type { Candidate } from '../search/rank.ts'
import { confidence } from '../search/weights.ts'

/** What deciding needs to know of the documents. */
export interface Knows {
  /** Roles that the documents describe. */
  covered: ReadonlySet<string>
  /** Role → the more general role whose facts hold for it too. */
  kindOf: ReadonlyMap<string, string | undefined>
  /** True when there is a vocabulary: the documents have one subject and a question can be off it. */
  hasSubject: boolean
  /** In how many sections a term occurs. */
  frequency(term: string): number
  /** Topics that the side-by-side of two roles says nothing about. */
  uncomparable: ReadonlySet<string>
  /** The topic of becoming something. */
  startTopic: string | undefined
}

/** A role or its field is named, now or before: whatever else is asked, it is about these careers. */
export function isOnSubject(asked: Understanding, focus: Focus): boolean {
  return asked.fields.length > 0 || namesRole(asked, focus)
}

function namesRole(asked: Understanding, focus: Focus): boolean {
  return focus.roles.length > 0 && (!focus.roleInherited || asked.leaning)
}

/** 0 to 1: how sure it is that a section answers the question. */
export function confidenceOf(asked: Understanding, focus: Focus, best: Candidate, knows: Knows): number {
  const { coverage, similarity, evidence, meaning, missing } = best
  // Without a vocabulary there are only words to go by.
  if (!knows.hasSubject) return Math.max(0.55 * coverage + 0.45 * similarity, 0.9 * similarity)
  const missingConcepts = missing.filter((unit) => unit.kind === 'concept').length
  const isNamed = isOnSubject(asked, focus)
  const fit = isNamed ? confidence.named : confidence.unnamed
  const sum =
    fit.bias +
    fit.similarity * similarity +
    fit.coverage * coverage +
    fit.evidence * Math.min(evidence, 3) +
    fit.meaning * meaning +
    confidence.concept * Math.min(asked.concepts.length - missingConcepts, 3) +
    confidence.missingConcept * missingConcepts +
    (isNamed ? 0 : ofNobody(asked, knows))
  return 1 / (1 + Math.exp(-sum))
}

/** What tells whether a question that names neither a job nor a field is about careers. */
function ofNobody({ aboutWork, aboutOwnThings, units }: Understanding, { frequency }: Knows): number {
  const strange = units.filter(({ kind, key }) => kind === 'word' && frequency(key) === 0).length
  return (
    (aboutWork ? confidence.aboutWork : 0) +
    (aboutOwnThings ? confidence.aboutOwnThings : 0) +
    confidence.strange * strange
  )
}
