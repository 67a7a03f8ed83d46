import type { Section } from '../content/section.ts'
import type { Focus } from '../conversation/focus.ts'
import type { Missing } from '../query/uncovered.ts'
import type { Understanding } from '../query/understand.ts'
import type { Candidate } from '../search/rank.ts'
import { thresholds } from '../search/weights.ts'
import { confidenceOf, isOnSubject, type Knows } from './confidence.ts'
import { isCovered, isInGeneral, labelsOf, tellsApart } from './missing.ts'

/** What to do about a question, with the reason that `--explain` prints. */
export type Decision =
  | {
      kind: 'answer'
      candidate: Candidate
      caveat?: Caveat | undefined
      /** 0 to 1 */
      sureness: number
      reason: string
    }
  | {
      kind: 'comparison'
      roles: [string, string]
      candidate: Candidate
      /** The section that tells the two apart, where there is one. */
      pair?: Section | undefined
      caveat?: Caveat | undefined
      reason: string
    }
  | { kind: 'clarify'; candidates: Candidate[]; reason: string }
  | { kind: 'no-match'; about: NoMatch; reason: string }

/** What an answer does not cover. */
export type Caveat =
  | { kind: 'detail'; labels: string[] }
  | { kind: 'level'; label: string }
  | { kind: 'role'; role: string; general: string }
  | { kind: 'uncovered-role'; labels: string[] }
  | { kind: 'comparison'; topic: string }
  | { kind: 'third-role'; role: string }
  | { kind: 'nearest' }

/** Why there is no answer. */
export type NoMatch =
  | { kind: 'uncovered'; labels: string[] }
  | { kind: 'topic'; topic: string; role: string }
  | { kind: 'unknown' }
  | { kind: 'off-topic' }
  | { kind: 'unclear' }
  | { kind: 'unreadable' }

/** A question with all that speaks for and against its best section. */
interface Case {
  asked: Understanding
  focus: Focus
  candidates: readonly Candidate[]
  best: Candidate
  knows: Knows
  onSubject: boolean
  /** What is asked for and neither in the documents nor in the best section. */
  missing: Missing[]
  /** The weightiest topic asked for. */
  topic: { id: string; weight: number } | undefined
  sureness: number
}

export function decide(
  asked: Understanding,
  focus: Focus,
  candidates: readonly Candidate[],
  knows: Knows,
): Decision {
  const best = candidates[0]
  if (asked.unreadable)
    return { kind: 'no-match', about: { kind: 'unreadable' }, reason: 'most words are no English' }
  const onSubject = isOnSubject(asked, focus)
  const saysNothing = asked.units.length === 0 && asked.topics.size === 0 && asked.uncovered.length === 0
  if (knows.hasSubject && saysNothing)
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
  return (
    declineUncovered(question) ??
    compare(question) ??
    clarify(question) ??
    declineUnsure(question) ??
    declineOtherTopic(question) ??
    answer(question)
  )
}

/** A job or a subject that the documents do not hold is named rather than answered around. */
function declineUncovered(question: Case): Decision | undefined {
  const { asked, best, missing, onSubject, sureness } = question
  const subjects = missing.filter((one) => one.kind !== 'detail' || !isInGeneral(one, best, onSubject))
  if (subjects.length === 0 || isBesides(question)) return undefined
  const labels = labelsOf(subjects)
  const isPair = subjects.every((one) => one.kind === 'role') && tellsApart(best.section, asked)
  if (isPair && onSubject)
    return {
      kind: 'answer',
      candidate: best,
      caveat: { kind: 'uncovered-role', labels },
      sureness,
      reason: 'a section tells the two roles apart',
    }
  const isCareer = onSubject || isCareerQuestion(asked) || subjects.some(({ career }) => career)
  return {
    kind: 'no-match',
    about: isCareer ? { kind: 'uncovered', labels } : { kind: 'off-topic' },
    reason: `the documents hold nothing on ${labels.join(', ')}`,
  }
}

/**
 * "Which big data tools belong on my CV?": what the documents do not hold is only the occasion, when a section says
 * what is asked about something else that is named. It is then told that the occasion is left out.
 */
function isBesides({ asked, best, missing, onSubject, sureness }: Case): boolean {
  const { besides } = thresholds
  if (!onSubject && asked.concepts.length + asked.topics.size < 2) return false
  if (missing.some((one) => one.kind === 'role') || sureness < besides.sureness) return false
  const names = asked.units.filter((unit) => unit.kind === 'concept' && !best.missing.includes(unit))
  return names.length > 0 && best.coverage >= besides.coverage
}

/** Two roles that the documents describe, side by side. */
function compare({ asked, focus, candidates, best, knows }: Case): Decision | undefined {
  if (!asked.compares) return undefined
  const [first, second, ...more] = [...focus.roles, ...focus.fields].filter((role) => knows.covered.has(role))
  if (first === undefined || second === undefined || more.length > 1) return undefined
  // "ML vs DL" is about two fields, where a section holds just these against each other.
  const isOfFields = focus.roles.length === 0 && best.section.roles.length === 0
  if (isOfFields && best.similarity >= thresholds.same) return undefined
  const pair = candidates.find(
    ({ section }) => section.roles.includes(first) && section.roles.includes(second),
  )
  return {
    kind: 'comparison',
    roles: [first, second],
    candidate: pair ?? best,
    pair: pair?.section,
    caveat: leftOut(focus, knows),
    reason: 'two roles are compared',
  }
}

/** What a comparison of two roles does not tell. */
function leftOut({ roles, topics }: Focus, { uncomparable }: Knows): Caveat | undefined {
  const third = roles[2]
  if (third !== undefined) return { kind: 'third-role', role: third }
  const topic = [...topics].find(([id, weight]) => weight >= 1 && uncomparable.has(id))?.[0]
  return topic === undefined ? undefined : { kind: 'comparison', topic }
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

function declineUnsure(question: Case): Decision | undefined {
  const { asked, best, knows, onSubject, sureness, topic } = question
  if (saysLittle(question))
    return refuse(question, 'beside the job talked about there are only everyday words')
  const { least } = knows.hasSubject ? thresholds : thresholds.plain
  if (sureness < least)
    return refuse(question, `the best section agrees too little (${sureness.toFixed(2)} < ${least})`)
  const hasTopic = topic !== undefined && topic.weight >= thresholds.telling
  if (!knows.hasSubject || onSubject || hasTopic) return undefined
  if (asked.units.every((unit) => unit.kind === 'topic'))
    return refuse(question, 'nothing tells that it is about the subject')
  const { elsewhere } = thresholds
  const hasSign = asked.concepts.length > 0 || asked.levels.length > 0
  const isAlike =
    best.similarity >= elsewhere.similarity
      ? best.evidence >= elsewhere.everyday
      : best.similarity >= elsewhere.several && best.missing.length === 0 && asked.units.length > 1
  if (!hasSign && best.evidence < elsewhere.evidence && !isAlike)
    return refuse(question, 'too little of it is about the subject')
  return undefined
}

/** "Football": that a job was talked about before makes no question of a word that only somebody's question has. */
function saysLittle({ asked, focus, best }: Case): boolean {
  const { evidence, similarity } = thresholds.saysLittle
  const hasOnlyWords = asked.units.length > 0 && asked.units.every(({ kind }) => kind === 'word')
  const isInherited = focus.roleInherited && focus.topics.size === 0
  return isInherited && hasOnlyWords && best.evidence < evidence && best.similarity < similarity
}

/** A section that fits in its words, but tells something else of the role than what is asked. */
function declineOtherTopic(question: Case): Decision | undefined {
  const { best, focus, onSubject, topic } = question
  const isAlike = best.similarity >= thresholds.alike
  if (isAlike || topic === undefined || topic.weight < thresholds.telling) return undefined
  const [role] = focus.roles
  const asksMore = question.asked.units.some((unit) => unit.kind === 'word' || unit.kind === 'concept')
  if (
    best.topic < 0 &&
    role !== undefined &&
    !focus.roleInherited &&
    !(asksMore && best.coverage >= thresholds.partly)
  )
    return (
      answerFromOwn(question) ?? {
        kind: 'no-match',
        about: { kind: 'topic', topic: topic.id, role },
        reason: `no section on ${topic.id} for this role`,
      }
    )
  const { otherTopic } = thresholds
  const isClose =
    best.similarity >= otherTopic.similarity ||
    best.meaning >= otherTopic.meaning ||
    question.asked.concepts.length >= otherTopic.concepts
  if (!onSubject && !isClose && (best.topic < 0 || missesTopic(question)))
    return refuse(question, 'the best section is about another topic')
  return undefined
}

/** What the job's own section on what is asked says, where another one fits the words a little better. */
function answerFromOwn(question: Case): Decision | undefined {
  const { asked, candidates, focus, knows, topic } = question
  const best = candidates.find(
    ({ section: { role, topic: about } }) =>
      about === topic?.id && role !== undefined && focus.roles.includes(role),
  )
  if (best === undefined || best === question.best) return undefined
  const sureness = confidenceOf(asked, focus, best, knows)
  return sureness < thresholds.sure ? undefined : answer({ ...question, best, sureness })
}

function answer(question: Case): Decision {
  const { best, focus, knows, missing, sureness, topic } = question
  const details = missing.filter((one) => one.kind !== 'role')
  const reason = `the section agrees (${sureness.toFixed(2)})`
  const give = (caveat?: Caveat): Decision => ({ kind: 'answer', candidate: best, caveat, sureness, reason })
  const [asked] = focus.roles
  const { role } = best.section
  const isOther =
    asked !== undefined && role !== undefined && !focus.roles.includes(role) && !focus.fields.includes(role)
  // "And how much do they earn?" is as much about the job talked about as if it were named.
  const isMeant =
    !focus.roleInherited || question.asked.units.every(({ kind }) => kind === 'topic' || kind === 'level')
  if (isOther && isMeant && knows.kindOf.get(asked) !== role) {
    const about: NoMatch =
      topic === undefined ? { kind: 'unknown' } : { kind: 'topic', topic: topic.id, role: asked }
    return { kind: 'no-match', about, reason: 'only another role has a section on this' }
  }
  const inPassing = question.asked.uncovered.filter(
    (missing) => missing.kind === 'role' && best.section.roles.includes(missing.id),
  )
  if (inPassing.length > 0) return give({ kind: 'uncovered-role', labels: labelsOf(inPassing) })
  if (details.length > 0) return give({ kind: 'detail', labels: labelsOf(details) })
  // Whoever talks about data engineers is told that an answer is about AI engineers.
  if (isOther) return give({ kind: 'role', role: asked, general: role })
  if (asked === undefined && question.asked.assumed && best.similarity < thresholds.same)
    return give({ kind: 'nearest' })
  const { sure } = knows.hasSubject ? thresholds : thresholds.plain
  const isPartial =
    missesTopic(question) ||
    best.missing.some(({ kind }) => kind === 'concept' || kind === 'level' || kind === 'role') ||
    (best.missing.some(({ kind }) => kind === 'word') && best.coverage < thresholds.whole)
  const isDoubtful = sureness < sure || (isPartial && best.similarity < thresholds.same)
  return give(isDoubtful ? { kind: 'nearest' } : undefined)
}

/** True when a topic that weighs in the question is not what the best section is about. */
function missesTopic({ best, focus, topic }: Case): boolean {
  if (topic !== undefined && topic.weight >= thresholds.telling && best.topic < 0) return true
  return best.missing.some(
    (unit) => unit.kind === 'topic' && (focus.topics.get(unit.key) ?? 0) >= thresholds.telling,
  )
}

function isCareerQuestion(asked: Understanding): boolean {
  return asked.topics.size > 0 || asked.roles.length > 0
}

function refuse({ asked, onSubject }: Pick<Case, 'asked' | 'onSubject'>, reason: string): Decision {
  const about: NoMatch = onSubject || isCareerQuestion(asked) ? { kind: 'unknown' } : { kind: 'off-topic' }
  return { kind: 'no-match', about, reason }
}
