import type { Section } from '../content/section.ts'
import type { Missing, Understanding } from '../query/understand.ts'
import type { Candidate, Focus } from '../search/rank.ts'
import { thresholds } from '../search/weights.ts'

/** What to do about a question, with the reason that `--explain` prints. */
export type Decision =
  | { kind: 'answer'; candidate: Candidate; caveat?: Caveat | undefined; reason: string }
  | { kind: 'comparison'; roles: [string, string]; candidate: Candidate; pair?: Section | undefined; caveat?: Caveat | undefined; reason: string }
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
  /** Topics that the side-by-side of two roles says nothing about. */
  uncomparable: ReadonlySet<string>
}

export function decide(asked: Understanding, focus: Focus, candidates: readonly Candidate[], knows: Knows): Decision {
  const best = candidates[0]
  const onSubject = isOnSubject(asked, focus)
  if (asked.unreadable) return { kind: 'no-match', about: { kind: 'unreadable' }, reason: 'most words are no English' }
  if (best === undefined) return refuse(asked, onSubject, 'nothing was found')

  const missing = asked.uncovered.filter((one) => !isCovered(one, asked, best))
  const subjects = missing.filter((one) => one.kind !== 'detail')
  if (subjects.length > 0) {
    const pair = subjects.every((one) => one.kind === 'role' && best.section.roles.includes(one.id))
    if (pair && onSubject)
      return { kind: 'answer', candidate: best, caveat: { kind: 'uncovered-role', labels: subjects.map((one) => one.label) }, reason: 'a section tells the two roles apart' }
    return { kind: 'no-match', about: onSubject || isCareerQuestion(asked) ? { kind: 'uncovered', labels: labelsOf(subjects) } : { kind: 'off-topic' }, reason: `the documents hold nothing on ${labelsOf(subjects).join(', ')}` }
  }

  const comparison = compare(asked, focus, candidates, knows)
  if (comparison !== undefined) return comparison
  const readings = readingsOf(asked, focus, candidates)
  if (readings.length > 1) return { kind: 'clarify', candidates: readings, reason: 'two roles answer equally well' }

  const strength = strengthOf(best)
  const needed = thresholds[evidenceOf(asked, focus, best, knows)]
  if (strength < needed.least) return refuse(asked, onSubject, `the best section agrees too little (${strength.toFixed(2)} < ${needed.least})`)

  const heaviest = Math.max(0, ...focus.topics.values())
  if (best.topic < 0 && heaviest >= 0.8 && best.similarity < 0.75 && focus.roles.length > 0 && !focus.roleInherited) {
    const topic = [...focus.topics].find(([, weight]) => weight === heaviest)![0]
    return { kind: 'no-match', about: { kind: 'topic', topic, role: focus.roles[0]! }, reason: 'no section on this topic' }
  }
  const otherTopic = best.missing.some((unit) => (unit.kind === 'topic' && (focus.topics.get(unit.key) ?? 0) >= 0.8) || unit.kind === 'level')
  if (otherTopic && !onSubject) return refuse(asked, onSubject, 'the best section is about another topic')

  const details = missing.filter((one) => one.kind === 'detail')
  const caveat = caveatOf(focus, best, details, strength < needed.sure || otherTopic, knows)
  if (caveat === 'other-role') {
    const topic = [...focus.topics.keys()][0]
    const about: NoMatch = topic === undefined ? { kind: 'unknown' } : { kind: 'topic', topic, role: focus.roles[0]! }
    return { kind: 'no-match', about, reason: 'only another role has a section on this' }
  }
  return { kind: 'answer', candidate: best, caveat, reason: `the section agrees (${strength.toFixed(2)})` }
}

/** Two roles that the documents describe, side by side. */
function compare(asked: Understanding, focus: Focus, candidates: readonly Candidate[], knows: Knows): Decision | undefined {
  const either = asked.words.includes('or') && focus.topics.size === 0
  if (!asked.compares && !either) return undefined
  const [first, second] = [...focus.roles, ...focus.fields].filter((role) => knows.covered.has(role))
  if (first === undefined || second === undefined || asked.roles.length + asked.fields.length > 3) return undefined
  const pair = candidates.find(({ section }) => section.roles.includes(first) && section.roles.includes(second))
  const candidate = pair ?? candidates[0]!
  const topic = [...focus.topics].find(([id, weight]) => weight >= 1 && knows.uncomparable.has(id))?.[0]
  const caveat: Caveat | undefined = topic === undefined ? undefined : { kind: 'comparison', topic }
  return { kind: 'comparison', roles: [first, second], candidate, pair: pair?.section, caveat, reason: 'two roles are compared' }
}

/** "Pipelines?": one or two words without a role that two roles' sections answer equally well. */
function readingsOf(asked: Understanding, focus: Focus, candidates: readonly Candidate[]): Candidate[] {
  if (asked.words.length > 2 || asked.units.length !== 1 || focus.roles.length > 0 || focus.topics.size > 0) return []
  if (asked.units[0]!.kind === 'field') return []
  const best = candidates[0]!
  const seen = new Set<string | undefined>()
  const readings = candidates.filter((candidate) => {
    const near = candidate.score >= best.score * thresholds.equal && strengthOf(candidate) >= thresholds.elsewhere.least
    if (!near || candidate.section.role === undefined || seen.has(candidate.section.role)) return false
    return seen.add(candidate.section.role)
  })
  return readings.slice(0, 4)
}

/** What tells that a question is about the documents' subject at all, from the surest sign to none. */
function evidenceOf(asked: Understanding, focus: Focus, best: Candidate, knows: Knows): Evidence {
  if (!knows.hasSubject) return 'plain'
  if (focus.roles.length > 0 && (!focus.roleInherited || asked.leaning)) return 'role'
  if (asked.fields.length > 0) return 'field'
  return asked.concepts.length > 1 || (asked.concepts.length === 1 && best.coverage >= 0.6) ? 'concept' : 'elsewhere'
}

type Evidence = Exclude<keyof typeof thresholds, 'equal'>

/** 0 to 1: how surely a section answers the question. */
export function strengthOf(candidate: Candidate): number {
  const { coverage, similarity } = candidate
  return Math.max(0.55 * coverage + 0.45 * similarity, similarity * 0.9) + 0.1 * Math.min(candidate.topic, 0)
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
    if (asked.compares) return false
    return asked.roles.length > 1 ? fields.length > 0 : fields.includes('questions') || fields.includes('title')
  }
  return best.spokenOf.has(missing.id)
}

function caveatOf(focus: Focus, best: Candidate, details: Missing[], unsure: boolean, knows: Knows): Caveat | 'other-role' | undefined {
  if (details.length > 0) return { kind: 'detail', labels: labelsOf(details) }
  const asked = focus.roles.find((role) => knows.covered.has(role))
  const { role } = best.section
  if (asked !== undefined && role !== undefined && !focus.roles.includes(role) && !focus.fields.includes(role)) {
    const general = knows.kindOf.get(asked) === role
    if (general) return { kind: 'role', role: asked, general: role }
    if (!focus.roleInherited) return 'other-role'
  }
  return unsure ? { kind: 'nearest' } : undefined
}

function refuse(asked: Understanding, onSubject: boolean, reason: string): Decision {
  return { kind: 'no-match', about: onSubject || isCareerQuestion(asked) ? { kind: 'unknown' } : { kind: 'off-topic' }, reason }
}

function labelsOf(missing: readonly Missing[]): string[] {
  return [...new Set(missing.map((one) => one.label))]
}
