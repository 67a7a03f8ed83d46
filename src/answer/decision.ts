import type { Section } from '../content/section.ts'
import type { Focus, Shown } from '../conversation/focus.ts'
import type { Missing } from '../query/uncovered.ts'
import type { Understanding } from '../query/understand.ts'
import type { Candidate } from '../search/rank.ts'
import { thresholds } from '../search/weights.ts'
import type { Knows } from './confidence.ts'

/** What to do about a question, with the reason that `--explain` prints. */
export type Decision =
  | {
      kind: 'answer'
      candidate: Candidate
      caveat?: Caveat | undefined
      /** Fits nearly as well: what may have been meant instead. */
      alternative?: Section | undefined
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
  /** Another job was named beside the one that this is about, and the documents do not describe it. */
  | { kind: 'left-out-role'; labels: string[] }
  | { kind: 'comparison'; topic: string }
  | { kind: 'third-role'; role: string }
  | { kind: 'nearest' }

/** Why there is no answer. */
export type NoMatch =
  | { kind: 'uncovered'; labels: string[] }
  | { kind: 'topic'; topic: string; role: string }
  /** Jobs by the vocabulary's ids. */
  | { kind: 'undescribed'; roles: readonly string[] }
  | { kind: 'unknown' }
  | { kind: 'off-topic' }
  | { kind: 'unclear' }
  | { kind: 'unreadable' }

/** A question with all that speaks for and against its best section. */
export interface Case {
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

/** True when a topic that weighs in the question is not what the best section is about. */
export function missesTopic({ best, focus, topic }: Case): boolean {
  if (topic !== undefined && topic.weight >= thresholds.telling && best.topic < 0) return true
  return best.missing.some(
    (unit) => unit.kind === 'topic' && (focus.topics.get(unit.key) ?? 0) >= thresholds.telling,
  )
}

/** What a reply shows, for what follows to lean on. */
export function shownBy(decision: Decision): Shown | undefined {
  if (decision.kind === 'comparison') {
    const { candidate, caveat, pair, roles } = decision
    return {
      section: candidate.section,
      roles: pair?.roles ?? roles,
      topic: caveat?.kind === 'comparison' ? caveat.topic : undefined,
    }
  }
  if (decision.kind !== 'answer') return undefined
  const { section } = decision.candidate
  return { section, roles: section.role === undefined ? [] : [section.role], topic: section.topic }
}
