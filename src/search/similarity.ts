import type { Section } from '../content/section.ts'
import type { Understand, Understanding } from '../query/understand.ts'
import type { Coverage } from './coverage.ts'
import { weights } from './weights.ts'

/** Compares a question with the sample questions of sections. */
export interface Similarity {
  /** @param role the role asked about, which is compared by itself */
  keysOf(asked: Understanding, role: string | undefined): Keys
  /** 0 to 1: how alike the question and the nearest sample question are. */
  to(section: Section, keys: Keys): number
  /** Uncovered subjects (ids) that the section's own title or questions name all the same. */
  spokenOf(section: Section): ReadonlySet<string>
}

/** What a question names → its weight. */
interface Keys {
  own: ReadonlyMap<string, number>
  /** Other words for it. */
  others: ReadonlyMap<string, number>
}

interface Sample {
  keys: ReadonlyMap<string, number>
  total: number
}

/** Samples of so many sections are kept ready. About 5 kB each. */
const mostSections = 5_000

export function createSimilarity(understand: Understand, { weightOf }: Coverage): Similarity {
  const known = new Map<Section, { samples: Sample[]; uncovered: Set<string> }>()

  function ownKeys(asked: Understanding, role: string | undefined): Map<string, number> {
    const keys = new Map<string, number>()
    for (const unit of asked.units) {
      if (unit.kind === 'role' && (unit.key === role || asked.roles.length < 2)) continue
      keys.set(`${unit.kind}:${unit.key}`, weightOf(unit, asked.topics))
    }
    for (const stem of asked.chatter) keys.set(`word:${stem}`, weights.unit.chatter)
    return keys
  }

  function samplesOf(section: Section) {
    let found = known.get(section)
    if (found !== undefined) return found
    found = { samples: [], uncovered: new Set() }
    for (const question of [section.title, ...section.questions]) {
      const sample = understand(question)
      const keys = ownKeys(sample, section.role)
      found.samples.push({ keys, total: sumOf(keys) })
      for (const missing of sample.uncovered) found.uncovered.add(missing.id)
    }
    if (known.size >= mostSections) known.clear()
    known.set(section, found)
    return found
  }

  return {
    keysOf(asked, role) {
      const own = ownKeys(asked, role)
      const others = new Map<string, number>()
      for (const [stem, synonyms] of asked.synonyms) {
        const weight = own.get(`word:${stem}`)
        if (weight === undefined) continue
        for (const synonym of synonyms) if (!own.has(`word:${synonym}`)) others.set(`word:${synonym}`, weight)
      }
      return { own, others }
    },
    to(section, { own, others }) {
      if (own.size === 0) return 0
      const asked = sumOf(own)
      let best = 0
      for (const { keys, total } of samplesOf(section).samples) {
        let shared = 0
        for (const [key, weight] of keys) {
          shared += Math.min(weight, own.get(key) ?? weights.cover.synonym * (others.get(key) ?? 0))
        }
        if (asked + total > 0) best = Math.max(best, (2 * shared) / (asked + total))
      }
      return Math.min(best, 1)
    },
    spokenOf: (section) => samplesOf(section).uncovered,
  }
}

function sumOf(weighted: ReadonlyMap<string, number>): number {
  let sum = 0
  for (const weight of weighted.values()) sum += weight
  return sum
}
