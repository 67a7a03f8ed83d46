import type { Section } from '../content/section.ts'
import type { Focus } from '../conversation/focus.ts'
import { cleanQuestion } from '../query/normalise.ts'
import type { Missing } from '../query/uncovered.ts'
import type { Understand, Understanding, Unit } from '../query/understand.ts'
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
  snapshot(): SamplesSnapshot
}

/** What a question names → its weight. */
export interface Keys {
  own: ReadonlyMap<string, number>
  /** Other words for it. */
  others: ReadonlyMap<string, number>
}

/**
 * What the sample questions of a section name: for each question how many keys it has, then for each key its number and
 * the number of its weight. Thousands of questions are kept, and objects would take five times the room.
 */
type Samples = readonly number[]

/** The samples of all sections as data, with what their numbers stand for. */
export interface SamplesSnapshot {
  names: string[]
  weights: number[]
  sections: Samples[]
}

/** From here on, two questions ask for the same. */
export const alike = 0.6

/** Two questions about one job may ask for anything: that the jobs differ counts, that they are the same does not. */
const hardlyAnything = 0.01

/** Samples of so many sections are kept ready. About 2 kB each. */
const mostSections = 5_000

/** @param snapshot made from the same sections in the same order: understanding all samples takes a second */
export function createSimilarity(
  sections: readonly Section[],
  understand: Understand,
  { weightOf }: Coverage,
  snapshot?: SamplesSnapshot,
): Similarity {
  const known = new Map<Section, Samples>()
  const names = createNumbers(snapshot?.names)
  const heavy = createNumbers(snapshot?.weights)
  for (const [i, samples] of snapshot?.sections.entries() ?? []) known.set(sections[i]!, samples)

  function ownKeys(asked: Understanding, role: string | undefined): Map<string, number> {
    const keys = new Map<string, number>()
    for (const unit of asked.units) {
      if (unit.kind === 'role' && (unit.key === role || asked.roles.length < 2)) continue
      keys.set(`${unit.kind}:${unit.key}`, weightOf(unit, asked.topics))
    }
    // A topic that is only assumed ("what is a data engineer?") has no words of its own.
    if (asked.assumed)
      for (const [topic, weight] of asked.topics) keys.set(`topic:${topic}`, weights.unit.topic * weight)
    // "What is data engineering?" is about the field, "what is a data engineer?" about the job.
    if (asked.assumed && asked.levels.length === 0 && asked.units.some(isField))
      keys.set('field', weights.unit.chatter)
    for (const missing of asked.uncovered) keys.set(nameOf(missing), weights.unit.uncovered)
    for (const stem of asked.chatter) keys.set(`word:${stem}`, weights.unit.chatter)
    return keys
  }

  function samplesOf(section: Section): Samples {
    let found = known.get(section)
    if (found !== undefined) return found
    found = [section.title, ...section.questions].flatMap((question) => {
      const own = [...ownKeys(understand(question), section.role)]
      return [own.length, ...own.flatMap(([key, weight]) => [names.of(key), heavy.of(weight)])]
    })
    if (known.size >= mostSections) known.clear()
    known.set(section, found)
    return found
  }

  /** Takes the likeness of each sample question, and where its keys stand. */
  function compare(
    section: Section,
    keys: Keys,
    take: (likeness: number, samples: Samples, from: number, to: number) => void,
  ): void {
    const asked = sumOf(keys.own)
    const samples = samplesOf(section)
    for (let at = 0; at < samples.length; ) {
      const from = at + 1
      at = from + 2 * samples[at]!
      let total = 0
      let shared = 0
      for (let i = from; i < at; i += 2) {
        const weight = heavy.values[samples[i + 1]!]!
        total += weight
        shared += sharedOf(names.values[samples[i]!]!, weight, keys)
      }
      take(dice(shared, asked + total), samples, from, at)
    }
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
      let best = 0
      if (keys.own.size > 0)
        compare(section, keys, (likeness) => {
          if (likeness > best) best = likeness
        })
      return best
    },
    spokenOf(section, keys) {
      const spoken = new Set<string>()
      compare(section, keys, (likeness, samples, from, to) => {
        if (likeness < alike) return
        for (let i = from; i < to; i += 2) {
          const name = names.values[samples[i]!]!
          if (name.startsWith(uncovered)) spoken.add(name)
        }
      })
      return spoken
    },
    snapshot: () => ({ sections: sections.map(samplesOf), names: names.values, weights: heavy.values }),
  }
}

function isField({ kind, text }: Unit): boolean {
  return kind === 'field' || (kind === 'role' && text.endsWith('ing'))
}

/** Each value once, and its number. */
function createNumbers<T>(values: T[] = []) {
  const numbers = new Map(values.map((value, number) => [value, number]))
  return {
    values,
    of(value: T): number {
      const known = numbers.get(value)
      if (known !== undefined) return known
      numbers.set(value, values.length)
      return values.push(value) - 1
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
  const both = sumOf(one.own) + sumOf(other.own)
  return Math.max(dice(sharedBy(one, other), both), dice(sharedBy(other, one), both))
}

function sharedBy({ own }: Keys, asked: Keys): number {
  let shared = 0
  for (const [key, weight] of own) shared += sharedOf(key, weight, asked)
  return shared
}

function rolesOf({ own }: Keys): string {
  return [...own.keys()]
    .filter((key) => key.startsWith('role:'))
    .sort()
    .join(' ')
}

/** How much of a key another question has; another word for the same counts in part. */
function sharedOf(key: string, weight: number, { own, others }: Keys): number {
  return Math.min(weight, own.get(key) ?? weights.cover.synonym * (others.get(key) ?? 0))
}

/** Dice's coefficient of two weighted questions. */
function dice(shared: number, both: number): number {
  return both === 0 ? 0 : Math.min((2 * shared) / both, 1)
}

const uncovered = 'uncovered:'

/** A place is itself only, whatever other places there are. */
export function nameOf({ id, label }: Missing): string {
  return `${uncovered}${id}:${label}`
}

function sumOf(weighted: ReadonlyMap<string, number>): number {
  let sum = 0
  for (const weight of weighted.values()) sum += weight
  return sum
}
