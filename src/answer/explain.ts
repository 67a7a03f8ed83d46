import type { Focus } from '../conversation/focus.ts'
import type { Understanding } from '../query/understand.ts'
import type { Candidate } from '../search/rank.ts'
import type { Decision } from './decision.ts'

/** Why a question got its answer, for `--explain`: a line each. */
export function explain(
  asked: Understanding,
  focus: Focus,
  candidates: readonly Candidate[],
  decision: Decision,
): string[] {
  const some = (items: Iterable<string>): string => [...items].join(', ') || '-'
  const lines = [
    `words: ${asked.words.join(' ')}`,
    `mended: ${some([...asked.mended].map(([from, to]) => `${from} → ${to}`))}`,
    `roles: ${some(focus.roles)}${focus.roleInherited ? ' (from the conversation)' : ''}; fields: ${some(focus.fields)}`,
    `topics: ${some([...focus.topics].map(([topic, weight]) => `${topic} ${weight.toFixed(1)}`))}; levels: ${some(focus.levels)}`,
    `asked for: ${some(asked.units.map((unit) => `${unit.kind} ${unit.text}`))}`,
    `not in the documents: ${some(asked.uncovered.map((missing) => missing.label))}`,
  ]
  for (const [i, candidate] of candidates.slice(0, 2).entries()) {
    const { section, score, coverage, evidence, similarity, role, topic, missing } = candidate
    lines.push(
      `${i === 0 ? 'best' : 'runner-up'}: ${section.id}`,
      `  score ${score.toFixed(2)}: coverage ${coverage.toFixed(2)}, evidence ${evidence.toFixed(2)}, similarity ${similarity.toFixed(2)}, role ${role.toFixed(1)}, topic ${topic.toFixed(1)}`,
      `  matched: ${some(candidate.hit.matched.keys())}; missing: ${some(missing.map((unit) => unit.text))}`,
    )
  }
  lines.push(`decision: ${decision.kind}, ${decision.reason}`)
  return lines
}
