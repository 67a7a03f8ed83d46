import type { Understanding } from '../query/understand.ts'
import { thresholds } from '../search/weights.ts'
import type { Case, Decision, NoMatch } from './decision.ts'
import { missesTopic } from './decision.ts'
import { isInGeneral, labelsOf, tellsApart } from './missing.ts'

/** "How much do they earn?" after a job that the documents do not describe. */
export function declineTalkedAbout({ focus: { roleInherited, roles }, knows }: Case): Decision | undefined {
  if (!roleInherited || roles.some((role) => knows.covered.has(role))) return undefined
  return {
    kind: 'no-match',
    about: { kind: 'undescribed', roles },
    reason: `the documents do not describe ${roles.join(', ')}, which was talked about`,
  }
}

/** A job or a subject that the documents do not hold is named rather than answered around. */
export function declineUncovered(question: Case): Decision | undefined {
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

export function declineUnsure(question: Case): Decision | undefined {
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

/** The best section fits in its words, but tells something else of the job than what is asked. */
export function declineForRole(question: Case): Decision | undefined {
  const { asked, best, focus, topic } = question
  const [role] = focus.roles
  if (!asksForTopic(question) || topic === undefined || role === undefined) return undefined
  const asksMore = asked.units.some((unit) => unit.kind === 'word' || unit.kind === 'concept')
  if (best.topic >= 0 || focus.roleInherited || (asksMore && best.coverage >= thresholds.partly))
    return undefined
  return {
    kind: 'no-match',
    about: { kind: 'topic', topic: topic.id, role },
    reason: `no section on ${topic.id} for this role`,
  }
}

/** The same without a job, where nothing else tells that the section is meant. */
export function declineOtherTopic(question: Case): Decision | undefined {
  const { asked, best, onSubject } = question
  if (!asksForTopic(question) || onSubject) return undefined
  const { otherTopic } = thresholds
  const isClose =
    best.similarity >= otherTopic.similarity ||
    best.meaning >= otherTopic.meaning ||
    asked.concepts.length >= otherTopic.concepts
  if (isClose || (best.topic >= 0 && !missesTopic(question))) return undefined
  return refuse(question, 'the best section is about another topic')
}

function asksForTopic({ best, topic }: Case): boolean {
  return topic !== undefined && topic.weight >= thresholds.telling && best.similarity < thresholds.alike
}

function isCareerQuestion(asked: Understanding): boolean {
  return asked.topics.size > 0 || asked.roles.length > 0
}

export function refuse({ asked, onSubject }: Pick<Case, 'asked' | 'onSubject'>, reason: string): Decision {
  const about: NoMatch =
    onSubject || isCareerQuestion(asked) || asked.concepts.length > 0
      ? { kind: 'unknown' }
      : { kind: 'off-topic' }
  return { kind: 'no-match', about, reason }
}
