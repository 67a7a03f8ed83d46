import type { Section } from '../content/section.ts'
import type { Focus } from '../conversation/focus.ts'
import { cleanQuestion } from '../query/normalise.ts'
import type { Missing, Understand, Understanding } from '../query/understand.ts'
import type { Coverage } from './coverage.ts'
import { weights } from './weights.ts'

/** Compares a question with the sample questions of sections. */
export interface Similarity {
  /** The role asked about is compared by itself, so it is left out here. */
  keysOf(asked: Understanding, focus: Focus): Keys
  /** 0 to 1: how alike the question and the nearest sample question are. */
  to(section: Section, keys: Keys): number
  /** Everything that a question names, its roles too, to hold it against other questions of people. */
  wholeOf(question: string): Keys
  /** What the vocabulary calls uncovered (see `nameOf`) and sample questions like this one name all the same. */
  spokenOf(section: Section, keys: Keys): ReadonlySet<string>
}

/** What a question names → its weight. */
export interface Keys {
  own: ReadonlyMap<string, number>
  /** Other words for it. */
  others: ReadonlyMap<string, number>
}

/** What a sample question names, with its weights: thousands of them are kept, and a Map takes five times the room. */
interface Sample {
  keys: readonly string[]
  weights: readonly number[]
  total: number
  uncovered: readonly string[]
}

/** From here on, two questions ask for the same. */
export const alike = 0.6

/** Two questions about one job may ask for anything: that the jobs differ counts, that they are the same does not. */
const hardlyAnything = 0.01

/** Samples of so many sections are kept ready. About 4 kB each. */
const mostSections = 5_000

export function createSimilarity(understand: Understand, { weightOf }: Coverage): Similarity {
  const known = new Map<Section, Sample[]>()
  /** Each key once, however many samples name it. */
  const names = new Map<string, string>()

  function nameOnce(key: string): string {
    const name = names.get(key) ?? key
    names.set(name, name)
    return name
  }

  function ownKeys(asked: Understanding, role: string | undefined): Map<string, number> {
    const keys = new Map<string, number>()
    for (const unit of asked.units) {
      if (unit.kind === 'role' && (unit.key === role || asked.roles.length < 2)) continue
      keys.set(`${unit.kind}:${unit.key}`, weightOf(unit, asked.topics))
    }
    // A topic that is only assumed ("what is a data engineer?") has no words of its own.
    if (asked.assumed)
      for (const [topic, weight] of asked.topics) keys.set(`topic:${topic}`, weights.unit.topic * weight)
    for (const missing of asked.uncovered) keys.set(nameOf(missing), weights.unit.uncovered)
    for (const stem of asked.chatter) keys.set(`word:${stem}`, weights.unit.chatter)
    return keys
  }

  function samplesOf(section: Section): Sample[] {
    let found = known.get(section)
    if (found !== undefined) return found
    found = [section.title, ...section.questions].map((question) => {
      const sample = understand(question)
      const own = ownKeys(sample, section.role)
      return { ...weighted(own, nameOnce), uncovered: sample.uncovered.map(nameOf) }
    })
    if (known.size >= mostSections) {
      known.clear()
      names.clear()
    }
    known.set(section, found)
    return found
  }

  return {
    keysOf(asked, focus) {
      const own = ownKeys(asked, focus.roles[0])
      // What a follow-up leaves out is asked all the same.
      for (const [topic, weight] of focus.topics) {
        if (!asked.topics.has(topic)) own.set(`topic:${topic}`, weights.unit.topic * weight)
      }
      return { own, others: othersOf(asked, own) }
    },
    wholeOf(question) {
      const asked = understand(cleanQuestion(question))
      const own = ownKeys(asked, undefined)
      for (const role of asked.roles) own.set(`role:${role}`, hardlyAnything)
      return { own, others: othersOf(asked, own) }
    },
    to(section, keys) {
      if (keys.own.size === 0) return 0
      const asked = sumOf(keys.own)
      let best = 0
      for (const sample of samplesOf(section)) best = Math.max(best, likeness(sample, keys, asked))
      return best
    },
    spokenOf(section, keys) {
      const asked = sumOf(keys.own)
      const like = samplesOf(section).filter((sample) => likeness(sample, keys, asked) >= alike)
      return new Set(like.flatMap((sample) => sample.uncovered))
    },
  }
}

/** Other words for those that were asked. */
function othersOf(asked: Understanding, own: ReadonlyMap<string, number>): Map<string, number> {
  const others = new Map<string, number>()
  for (const [stem, synonyms] of asked.synonyms) {
    const weight = own.get(`word:${stem}`)
    if (weight === undefined) continue
    for (const synonym of synonyms) if (!own.has(`word:${synonym}`)) others.set(`word:${synonym}`, weight)
  }
  return others
}

/** 0 to 1: how alike two questions of people are, whichever comes first; 0 where they are about different jobs. */
export function likenessOf(one: Keys, other: Keys): number {
  if (rolesOf(one) !== rolesOf(other)) return 0
  const [first, second] = [weighted(one.own), weighted(other.own)]
  return Math.max(likeness(first, other, second.total), likeness(second, one, first.total))
}

function weighted(own: ReadonlyMap<string, number>, name = (key: string) => key): Omit<Sample, 'uncovered'> {
  return { keys: [...own.keys()].map(name), weights: [...own.values()], total: sumOf(own) }
}

function rolesOf({ own }: Keys): string {
  return [...own.keys()]
    .filter((key) => key.startsWith('role:'))
    .sort()
    .join(' ')
}

/** Dice's coefficient of two weighted questions; another word for the same counts in part. */
function likeness(sample: Omit<Sample, 'uncovered'>, { own, others }: Keys, asked: number): number {
  const { keys, total } = sample
  if (asked + total === 0) return 0
  let shared = 0
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!
    const weight = own.get(key) ?? weights.cover.synonym * (others.get(key) ?? 0)
    if (weight > 0) shared += Math.min(sample.weights[i]!, weight)
  }
  return Math.min((2 * shared) / (asked + total), 1)
}

/** A place is itself only, whatever other places there are. */
export function nameOf({ id, label }: Missing): string {
  return `uncovered:${id}:${label}`
}

function sumOf(weighted: ReadonlyMap<string, number>): number {
  let sum = 0
  for (const weight of weighted.values()) sum += weight
  return sum
}
