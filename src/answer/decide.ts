import type { Section } from '../content/section.ts'
import type { Focus } from '../conversation/focus.ts'
import type { Missing, Understanding } from '../query/understand.ts'
import type { Candidate } from '../search/rank.ts'
import { confidence, thresholds } from '../search/weights.ts'

/** What to do about a question, with the reason that `--explain` prints. */
export type Decision =
  | { kind: 'answer'; candidate: Candidate; caveat?: Caveat | undefined; reason: string }
  | {
      kind: 'comparison'
      roles: [string, string]
      candidate: Candidate
      pair?: Section | undefined
      caveat?: Caveat | undefined
      reason: string
    }
  | { kind: 'clarify'; candidates: Candidate[]; reason: string }
  | { kind: 'no-match'; about: NoMatch; reason: string }

/** What an answer does not cover. */
export type Caveat =
  | { kind: 'detail'; labels: string[] }
  | { kind: 'role'; role: string; general: string }
  | { kind: 'uncovered-role'; labels: string[] }
  | { kind: 'comparison'; topic: string }
  | { kind: 'nearest' }

/** Why there is no answer. */
export type NoMatch =
  | { kind: 'uncovered'; labels: string[] }
  | { kind: 'topic'; topic: string; role: string }
  | { kind: 'unknown' }
  | { kind: 'off-topic' }
  | { kind: 'unreadable' }

interface Knows {
  /** Roles that the documents describe. */
  covered: ReadonlySet<string>
  kindOf: ReadonlyMap<string, string | undefined>
  /** True when there is a vocabulary: the documents have one subject and a question can be off it. */
  hasSubject: boolean
  /** In how many sections a term occurs. */
  frequency(term: string): number
  /** Topics that the side-by-side of two roles says nothing about. */
  uncomparable: ReadonlySet<string>
}

export function decide(
  asked: Understanding,
  focus: Focus,
  candidates: readonly Candidate[],
  knows: Knows,
): Decision {
  const best = candidates[0]
  const onSubject = isOnSubject(asked, focus)
  if (asked.unreadable)
    return { kind: 'no-match', about: { kind: 'unreadable' }, reason: 'most words are no English' }
  if (best === undefined) return refuse(asked, onSubject, 'nothing was found')

  const missing = asked.uncovered.filter((one) => !isCovered(one, asked, best))
  const subjects = missing.filter((one) => one.kind !== 'detail')
  if (subjects.length > 0) {
    const pair = subjects.every((one) => one.kind === 'role' && best.section.roles.includes(one.id))
    if (pair && onSubject)
      return {
        kind: 'answer',
        candidate: best,
        caveat: { kind: 'uncovered-role', labels: subjects.map((one) => one.label) },
        reason: 'a section tells the two roles apart',
      }
    return {
      kind: 'no-match',
      about:
        onSubject || isCareerQuestion(asked)
          ? { kind: 'uncovered', labels: labelsOf(subjects) }
          : { kind: 'off-topic' },
      reason: `the documents hold nothing on ${labelsOf(subjects).join(', ')}`,
    }
  }

  const comparison = compare(asked, focus, candidates, knows)
  if (comparison !== undefined) return comparison
  const readings = readingsOf(asked, focus, candidates, knows)
  if (readings.length > 1)
    return { kind: 'clarify', candidates: readings, reason: 'two roles answer equally well' }

  const sureness = confidenceOf(asked, focus, best, knows)
  const { least, sure } = knows.hasSubject ? thresholds : thresholds.plain
  if (sureness < least)
    return refuse(asked, onSubject, `the best section agrees too little (${sureness.toFixed(2)} < ${least})`)
  const topicOnly = asked.units.every((unit) => unit.kind === 'topic')
  if (knows.hasSubject && topicOnly && !onSubject && Math.max(0, ...focus.topics.values()) < 0.8)
    return refuse(asked, onSubject, 'nothing tells that it is about the subject')

  const { elsewhere } = thresholds
  const named =
    onSubject ||
    asked.concepts.length > 0 ||
    asked.levels.length > 0 ||
    Math.max(0, ...focus.topics.values()) >= 0.8
  if (
    knows.hasSubject &&
    !named &&
    best.evidence < elsewhere.evidence &&
    best.similarity < elsewhere.similarity
  )
    return refuse(asked, onSubject, 'too little of it is about the subject')

  const heaviest = Math.max(0, ...focus.topics.values())
  if (
    best.topic < 0 &&
    heaviest >= 0.8 &&
    best.similarity < 0.75 &&
    best.coverage < 0.8 &&
    focus.roles.length > 0 &&
    !focus.roleInherited
  ) {
    const topic = [...focus.topics].find(([, weight]) => weight === heaviest)![0]
    return {
      kind: 'no-match',
      about: { kind: 'topic', topic, role: focus.roles[0]! },
      reason: 'no section on this topic',
    }
  }
  const otherTopic = best.missing.some(
    (unit) => (unit.kind === 'topic' && (focus.topics.get(unit.key) ?? 0) >= 0.8) || unit.kind === 'level',
  )
  if (otherTopic && !onSubject && best.similarity < 0.8)
    return refuse(asked, onSubject, 'the best section is about another topic')

  const details = missing.filter((one) => one.kind === 'detail')
  const caveat = caveatOf(
    focus,
    best,
    details,
    sureness < sure || otherTopic || best.missing.some((unit) => unit.kind === 'concept'),
    knows,
  )
  if (caveat === 'other-role') {
    const topic = [...focus.topics.keys()][0]
    const about: NoMatch =
      topic === undefined ? { kind: 'unknown' } : { kind: 'topic', topic, role: focus.roles[0]! }
    return { kind: 'no-match', about, reason: 'only another role has a section on this' }
  }
  return { kind: 'answer', candidate: best, caveat, reason: `the section agrees (${sureness.toFixed(2)})` }
}

/** Two roles that the documents describe, side by side. */
function compare(
  asked: Understanding,
  focus: Focus,
  candidates: readonly Candidate[],
  knows: Knows,
): Decision | undefined {
  const either = asked.words.includes('or') && focus.topics.size === 0
  if (!asked.compares && !either) return undefined
  const [first, second] = [...focus.roles, ...focus.fields].filter((role) => knows.covered.has(role))
  if (first === undefined || second === undefined || asked.roles.length + asked.fields.length > 3)
    return undefined
  const pair = candidates.find(
    ({ section }) => section.roles.includes(first) && section.roles.includes(second),
  )
  const candidate = pair ?? candidates[0]!
  const topic = [...focus.topics].find(([id, weight]) => weight >= 1 && knows.uncomparable.has(id))?.[0]
  const caveat: Caveat | undefined = topic === undefined ? undefined : { kind: 'comparison', topic }
  return {
    kind: 'comparison',
    roles: [first, second],
    candidate,
    pair: pair?.section,
    caveat,
    reason: 'two roles are compared',
  }
}

/** "Pipelines?": one or two words without a role that two roles' sections answer equally well. */
function readingsOf(
  asked: Understanding,
  focus: Focus,
  candidates: readonly Candidate[],
  knows: Knows,
): Candidate[] {
  if (asked.words.length > 1 || asked.units.length !== 1 || focus.roles.length > 0 || focus.topics.size > 0)
    return []
  if (asked.units[0]!.kind === 'field') return []
  const best = candidates[0]!
  const seen = new Set<string | undefined>()
  const readings = candidates.filter((candidate) => {
    const near =
      candidate.score >= best.score * thresholds.equal &&
      confidenceOf(asked, focus, candidate, knows) >= thresholds.least
    if (!near || candidate.section.role === undefined || seen.has(candidate.section.role)) return false
    return seen.add(candidate.section.role)
  })
  return readings.slice(0, 4)
}

/** 0 to 1: how sure it is that a section answers the question. */
export function confidenceOf(
  asked: Understanding,
  focus: Focus,
  best: Candidate,
  knows: Pick<Knows, 'hasSubject' | 'frequency'>,
): number {
  const { coverage, similarity, evidence, missing } = best
  if (!knows.hasSubject) return Math.max(0.55 * coverage + 0.45 * similarity, similarity * 0.9)
  const missingConcepts = missing.filter((unit) => unit.kind === 'concept').length
  const strange = asked.units.filter((unit) => unit.kind === 'word' && knows.frequency(unit.key) === 0).length
  const sum =
    confidence.bias +
    confidence.similarity * similarity +
    confidence.coverage * coverage +
    confidence.evidence * Math.min(evidence, 3) +
    (focus.roles.length > 0 && (!focus.roleInherited || asked.leaning) ? confidence.role : 0) +
    (asked.fields.length > 0 ? confidence.field : 0) +
    confidence.concept * Math.min(asked.concepts.length - missingConcepts, 3) +
    confidence.missingConcept * missingConcepts +
    confidence.strange * strange
  return 1 / (1 + Math.exp(-sum))
}

/** A role or its field is named, now or before: whatever else is asked, it is about these careers. */
function isOnSubject(asked: Understanding, focus: Focus): boolean {
  return asked.fields.length > 0 || (focus.roles.length > 0 && (!focus.roleInherited || asked.leaning))
}

function isCareerQuestion(asked: Understanding): boolean {
  return asked.topics.size > 0 || asked.roles.length > 0
}

/** A thing that the vocabulary calls uncovered is covered when the section's own title or questions speak of it. */
function isCovered(missing: Missing, asked: Understanding, best: Candidate): boolean {
  if (missing.kind === 'role') {
    const fields = best.hit.matched[`@${missing.id}`] ?? []
    return !asked.compares && fields.length > 0 && asked.roles.some((role) => role !== missing.id)
  }
  return best.spokenOf.has(missing.id)
}

function caveatOf(
  focus: Focus,
  best: Candidate,
  details: Missing[],
  unsure: boolean,
  knows: Knows,
): Caveat | 'other-role' | undefined {
  if (details.length > 0) return { kind: 'detail', labels: labelsOf(details) }
  const asked = focus.roles.find((role) => knows.covered.has(role))
  const { role } = best.section
  if (
    asked !== undefined &&
    role !== undefined &&
    !focus.roles.includes(role) &&
    !focus.fields.includes(role)
  ) {
    const general = knows.kindOf.get(asked) === role
    if (general) return { kind: 'role', role: asked, general: role }
    if (!focus.roleInherited) return 'other-role'
  }
  return unsure ? { kind: 'nearest' } : undefined
}

function refuse(asked: Understanding, onSubject: boolean, reason: string): Decision {
  return {
    kind: 'no-match',
    about: onSubject || isCareerQuestion(asked) ? { kind: 'unknown' } : { kind: 'off-topic' },
    reason,
  }
}

function labelsOf(missing: readonly Missing[]): string[] {
  return [...new Set(missing.map((one) => one.label))]
}
