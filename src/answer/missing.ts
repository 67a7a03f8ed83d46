import type { Section } from '../content/section.ts'
import type { Missing } from '../query/uncovered.ts'
import type { Understanding } from '../query/understand.ts'
import type { Candidate } from '../search/rank.ts'
import { nameOf } from '../search/similarity.ts'
import { thresholds } from '../search/weights.ts'
import type { Knows } from './confidence.ts'

/** True when a section holds just the jobs against each other that the question names. */
export function tellsApart({ roles }: Section, asked: Understanding): boolean {
  return roles.length > 0 && roles.every((role) => asked.roles.includes(role) || asked.fields.includes(role))
}

/** A thing that the vocabulary calls uncovered is covered when the section itself speaks of it. */
export function isCovered(
  missing: Missing,
  asked: Understanding,
  best: Candidate,
  { startTopic }: Knows,
): boolean {
  const isSpokenOf = best.spokenOf.has(nameOf(missing))
  const isOwnQuestion = isSpokenOf && best.similarity >= thresholds.same && !asked.assumed
  const isParticular = missing.kind === 'detail' && missing.concept === undefined
  if (isOwnQuestion || (isSpokenOf && isParticular)) return true
  // Two jobs held against each other are nothing that a section on one of them tells.
  if (isHeldApart(asked) && missing.kind === 'role' && best.section.roles.length === 0) return false
  // "Why do models have to be retrained?": a section about that very word knows what is meant.
  if (missing.kind === 'subject' && isInSectionName(missing, best)) return true
  if (missing.kind !== 'role') return false
  // Another job may be mentioned beside the one that is asked about ("do they write tests like programmers?").
  const isBeside = asked.roles.some((role) => role !== missing.id) || asked.fields.length > 0
  const fields = best.hit.matched.get(`@${missing.id}`)
  // A section about just the two, asked for in nearly its own words, tells what there is to tell.
  if (isBeside && fields?.includes('title') && best.similarity >= thresholds.alike) return true
  // Who asks how to start names their present job beside the other: a section on starting answers that in general.
  const isOrigin = asked.topics.has(startTopic ?? '') && best.topic <= 0
  if (isBeside) return !isHeldApart(asked) && (fields !== undefined || !isOrigin)
  // "Who gives analysts their data?" is about the job whose section it is.
  const isProminent = fields?.some((field) => field !== 'body') ?? false
  return isProminent && asked.topics.size === 0 && !asked.compares
}

function isHeldApart({ compares, offersBoth }: Understanding): boolean {
  return compares && !offersBoth
}

/** True when a section speaks of what a missing detail comes under, or it comes under nothing. */
export function isInGeneral({ concept }: Missing, { hit }: Candidate, onSubject: boolean): boolean {
  return concept === undefined || (onSubject && hit.matched.has(`#${concept}`))
}

/** True when a section's title has all words of it. */
function isInSectionName({ stems }: Missing, { hit, coverage, topic }: Candidate): boolean {
  const isNamed = (stem: string): boolean => hit.matched.get(stem)?.includes('title') ?? false
  const isElsewhere = topic !== 0 && topic < 1
  return stems.length > 0 && stems.every(isNamed) && coverage >= thresholds.whole && !isElsewhere
}

export function labelsOf(missing: readonly Missing[]): string[] {
  return [...new Set(missing.map((one) => one.label))]
}
