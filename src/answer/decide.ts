import type { Section } from '../content/section.ts'
import type { Focus } from '../conversation/focus.ts'
import type { Understanding } from '../query/understand.ts'
import type { Candidate } from '../search/rank.ts'
import { thresholds } from '../search/weights.ts'
import { caveatOf, otherRole } from './caveat.ts'
import { compare } from './compare.ts'
import { confidenceOf, isOnSubject, type Knows } from './confidence.ts'
import type { Case, Caveat, Decision, NoMatch } from './decision.ts'
import {
  declineForRole,
  declineOtherTopic,
  declineTalkedAbout,
  declineUncovered,
  declineUnsure,
  refuse,
} from './decline.ts'
import { isCovered } from './missing.ts'

export function decide(
  asked: Understanding,
  focus: Focus,
  candidates: readonly Candidate[],
  knows: Knows,
): Decision {
  const best = bestOf(asked, candidates, knows)
  if (asked.unreadable)
    return { kind: 'no-match', about: { kind: 'unreadable' }, reason: 'most words are no English' }
  const onSubject = isOnSubject(asked, focus)
  if (knows.hasSubject && saysNothing(asked) && !asksOfTalk(asked, focus))
    return { kind: 'no-match', about: { kind: 'unclear' }, reason: 'there is nothing to look for in it' }
  if (best === undefined) return refuse({ asked, onSubject }, 'nothing was found')
  const [id, weight] = [...focus.topics].sort((a, b) => b[1] - a[1])[0] ?? []
  const question: Case = {
    asked,
    focus,
    candidates,
    best,
    knows,
    onSubject,
    missing: asked.uncovered.filter((one) => !isCovered(one, asked, best, knows)),
    topic: id === undefined || weight === undefined ? undefined : { id, weight },
    sureness: confidenceOf(asked, focus, best, knows),
  }
  const decided =
    declineTalkedAbout(question) ??
    declineUncovered(question) ??
    compare(question) ??
    clarify(question) ??
    declineUnsure(question) ??
    answerFromGeneral(question) ??
    keepToRole(question) ??
    declineOtherTopic(question) ??
    answer(question)
  return decided.kind === 'answer'
    ? { ...decided, alternative: alternativeTo(decided.candidate, candidates) }
    : decided
}

/** Of sections that fit equally well, the one that speaks of what the others say nothing about ("how long …"). */
function bestOf(asked: Understanding, candidates: readonly Candidate[], knows: Knows): Candidate | undefined {
  const [first] = candidates
  if (first === undefined || !asked.uncovered.some(({ kind }) => kind === 'subject')) return first
  const least = first.score * thresholds.equal
  const covers = (one: Candidate): boolean =>
    one.score >= least && asked.uncovered.every((missing) => isCovered(missing, asked, one, knows))
  return candidates.find(covers) ?? first
}

function saysNothing({ topics, uncovered, units }: Understanding): boolean {
  return units.length === 0 && topics.size === 0 && uncovered.length === 0
}

/** "Which parts of it?" */
function asksOfTalk({ words }: Understanding, { inherited, topics }: Focus): boolean {
  return topics.size > 0 && inherited.length > 0 && words.includes('which')
}

function alternativeTo(shown: Candidate, candidates: readonly Candidate[]): Section | undefined {
  const next = candidates.find((candidate) => candidate !== shown)
  return next !== undefined && next.score >= shown.score * thresholds.equal ? next.section : undefined
}

/** "Pipelines?": one word without a role that two roles' sections answer equally well. */
function clarify({ asked, focus, candidates, best, knows }: Case): Decision | undefined {
  const [unit, ...more] = asked.units
  if (unit === undefined || more.length > 0 || asked.words.length > 1) return undefined
  if (unit.kind === 'field' || focus.roles.length > 0 || focus.topics.size > 0) return undefined
  const roles = new Set<string>()
  const readings = candidates.filter((candidate) => {
    const { role } = candidate.section
    if (role === undefined || roles.has(role) || candidate.score < best.score * thresholds.equal) return false
    if (confidenceOf(asked, focus, candidate, knows) < thresholds.least) return false
    return roles.add(role)
  })
  if (readings.length < 2) return undefined
  return { kind: 'clarify', candidates: readings.slice(0, 4), reason: 'several roles answer equally well' }
}

/** "Is NLP a good career?": the documents tell that of the more general job, and of this one something else. */
function answerFromGeneral(question: Case): Decision | undefined {
  const { asked, best, candidates, focus, knows, missing, topic } = question
  const [role] = [...focus.roles, ...focus.fields]
  const general = role === undefined ? undefined : knows.kindOf.get(role)
  if (role === undefined || general === undefined || topic === undefined || missing.length > 0)
    return undefined
  const asksMore = asked.units.some(({ kind }) => kind === 'word' || kind === 'concept')
  const isAssumed = asked.assumed && asked.topics.has(topic.id)
  const asksOnlyThis = topic.weight >= 1 && !isAssumed && !asksMore
  // How to start differs from job to job, so the job's own words have to be the question's to be preferred.
  const enough = topic.id === knows.startTopic ? thresholds.same : thresholds.alike
  if (!asksOnlyThis || best.similarity >= enough) return undefined
  const fitting = candidates.filter(({ section }) => section.topic === topic.id)
  if (fitting.some(({ section }) => section.role === role || section.roles.length > 0)) return undefined
  const found = fitting.find(({ section }) => section.role === undefined || section.role === general)
  if (found === undefined) return undefined
  const sureness = confidenceOf(asked, focus, found, knows)
  if (sureness < thresholds.sure) return undefined
  const caveat: Caveat = { kind: 'role', role, general }
  return { kind: 'answer', candidate: found, caveat, sureness, reason: 'it is told of the more general job' }
}

/** The best section tells something else of the job: its own section on what is asked, or none. */
function keepToRole(question: Case): Decision | undefined {
  const declined = declineForRole(question)
  return declined && (answerFromOwn(question) ?? declined)
}

/**
 * What the job's own section on what is asked says, where another one fits the words a little better.
 *
 * @param whole true: it must cover all that is asked
 */
function answerFromOwn(question: Case, { whole = false } = {}): Decision | undefined {
  const { asked, candidates, focus, knows, topic } = question
  const best = candidates.find(
    ({ section: { role, topic: about }, missing }) =>
      about === topic?.id &&
      role !== undefined &&
      focus.roles.includes(role) &&
      !(whole && missing.length > 0),
  )
  if (best === undefined || best === question.best) return undefined
  const sureness = confidenceOf(asked, focus, best, knows)
  return sureness < thresholds.sure ? undefined : answer({ ...question, best, sureness })
}

function answer(question: Case): Decision {
  const { asked, best, focus, knows, sureness, topic } = question
  const other = otherRole(question)
  // "What tools do they use?" is answered for the job talked about, though another one's section has just these words.
  const own = other && focus.roleInherited ? answerFromOwn(question, { whole: true }) : undefined
  if (own !== undefined) return own
  // "And how much do they earn?" is as much about the job talked about as if it were named.
  const isMeant =
    !focus.roleInherited || asked.units.every(({ kind }) => kind === 'topic' || kind === 'level')
  if (other && isMeant && knows.kindOf.get(other.asked) !== other.told) {
    const about: NoMatch =
      topic === undefined ? { kind: 'unknown' } : { kind: 'topic', topic: topic.id, role: other.asked }
    return { kind: 'no-match', about, reason: 'only another role has a section on this' }
  }
  const reason = `the section agrees (${sureness.toFixed(2)})`
  return { kind: 'answer', candidate: best, caveat: caveatOf(question), sureness, reason }
}
