import { setImmediate } from 'node:timers/promises'
import MiniSearch, { type AsPlainObject, type Options, type SearchResult } from 'minisearch'
import type { Section } from '../content/section.ts'
import { functionWords } from '../query/english.ts'
import type { Tagger } from '../query/tagger.ts'
import { stemOf, wordsOf } from './text.ts'
import { fieldBoosts, weights } from './weights.ts'

/**
 * What is searched for. A term is a word's stem, or something that the vocabulary gives:
 * `#concept`, `@role` (mentioned), `role=`, `topic=`, `level=` (what the section is about).
 */
export interface WeightedTerm {
  term: string
  weight: number
}

/** A section found, best first. `score` is comparable within one search only. */
export interface Hit {
  section: Section
  score: number
  /** The terms found → the fields they stand in. */
  matched: ReadonlyMap<string, readonly string[]>
}

/** The searchable form of all sections. */
export interface SectionIndex {
  sections: readonly Section[]
  search(terms: readonly WeightedTerm[], limit: number): Hit[]
  /** How telling a term is: 0 for one that is everywhere, 1 for one that is nowhere. */
  rarity(term: string): number
  /** In how many sections a term occurs. */
  frequency(term: string): number
  /** Every word of the sections as it is written (lower case), for mending typos. */
  words: ReadonlySet<string>
  snapshot(): IndexSnapshot
}

type Field = keyof typeof fieldBoosts
type Row = { id: number } & Record<Field, string[]>

/** How long building may go on before other work gets its turn. Milliseconds. */
const longestTurn = 40

/** The index as data, to be kept and opened again. */
export interface IndexSnapshot {
  search: unknown
  words: string[]
  frequencies: [string, number][]
}

const options: Options<Row> = {
  fields: Object.keys(fieldBoosts),
  // The rows hold terms already: MiniSearch only counts and weighs them.
  extractField: (row, field) => row[field as Field] as unknown as string,
  stringifyField: (value) => value as string,
  tokenize: (value) => value as unknown as string[],
  processTerm: (term) => term,
}

/** Builds the index; for a hundred thousand sections in turns, so that questions are answered meanwhile. */
export async function createSectionIndex(
  sections: readonly Section[],
  tagger: Tagger,
  onProgress?: (done: number, total: number) => void,
): Promise<SectionIndex> {
  const words = new Set<string>()
  const frequencies = new Map<string, number>()
  const engine = new MiniSearch<Row>(options)
  let turnBegan = performance.now()
  for (const [i, section] of sections.entries()) {
    const row = rowOf(i, section, tagger, words)
    for (const term of new Set(Object.values(row).flat())) {
      if (typeof term === 'string') frequencies.set(term, (frequencies.get(term) ?? 0) + 1)
    }
    engine.add(row)
    if (performance.now() - turnBegan > longestTurn) {
      onProgress?.(i + 1, sections.length)
      await setImmediate()
      turnBegan = performance.now()
    }
  }
  return searchable(sections, engine, words, frequencies)
}

/** @param snapshot made from the same sections in the same order */
export function openSectionIndex(sections: readonly Section[], snapshot: IndexSnapshot): SectionIndex {
  const engine = MiniSearch.loadJS<Row>(snapshot.search as AsPlainObject, options)
  return searchable(sections, engine, new Set(snapshot.words), new Map(snapshot.frequencies))
}

function searchable(
  sections: readonly Section[],
  engine: MiniSearch<Row>,
  words: ReadonlySet<string>,
  frequencies: ReadonlyMap<string, number>,
): SectionIndex {
  // One more than there can be, so that a word of every section still counts a little.
  const most = Math.log(2 + sections.length)
  const frequency = (term: string): number => frequencies.get(term) ?? 0

  return {
    sections,
    words,
    snapshot: () => ({ search: engine.toJSON(), words: [...words], frequencies: [...frequencies] }),
    frequency,
    rarity: (term) => 1 - Math.log(1 + frequency(term)) / most,
    search(terms, limit) {
      const boosts = new Map<string, number>()
      for (const { term, weight } of terms) boosts.set(term, Math.max(weight, boosts.get(term) ?? 0))
      const wanted = [...boosts.keys()]
        .sort((a, b) => frequency(a) - frequency(b))
        .slice(0, weights.mostTerms)
      const rarest = rarestOf(wanted, frequency)
      const find = (names: readonly string[], candidates?: ReadonlySet<unknown>): SearchResult[] =>
        engine.search(names.join(' '), {
          tokenize: (query) => query.split(' '),
          boost: fieldBoosts,
          boostTerm: (term) => boosts.get(term) ?? 1,
          bm25: weights.bm25,
          ...(candidates && { boostDocument: (id: unknown) => (candidates.has(id) ? 1 : 0) }),
        })
      const results =
        rarest.length === wanted.length
          ? find(wanted)
          : find(wanted, new Set(find(rarest).map((result) => result.id)))
      return results.slice(0, limit).map((result) => ({
        section: sections[result.id as number]!,
        score: result.score,
        matched: new Map(Object.entries(result.match)),
      }))
    },
  }
}

/**
 * In a large index, the terms that stand in the fewest sections choose the candidates, and all terms then order them:
 * weighing every section that has some common term would take longer than everything else.
 */
function rarestOf(rarestFirst: readonly string[], frequency: (term: string) => number): string[] {
  let mentions = 0
  return rarestFirst.filter((term, i) => {
    mentions += frequency(term)
    return i === 0 || mentions <= weights.mostMentions
  })
}

function rowOf(id: number, section: Section, tagger: Tagger, words: Set<string>): Row {
  const terms = (text: string): string[] => termsOf(text, tagger, words)
  return {
    id,
    title: terms(section.title),
    path: section.path.flatMap(terms),
    questions: section.questions.flatMap(terms),
    body: terms(section.text),
    slots: slotTerms(section),
  }
}

/** The terms of a text: stems of its words, and the concepts and roles that it names. */
function termsOf(text: string, tagger: Tagger, words?: Set<string>): string[] {
  const found = tagger.expand(wordsOf(text))
  const stems = found.map(stemOf)
  const terms: string[] = []
  for (const [i, word] of found.entries()) {
    words?.add(word)
    if (!functionWords.has(word)) terms.push(stems[i]!)
  }
  for (const tag of tagger.tag(stems)) {
    if (tag.kind === 'concept') terms.push(`#${tag.id}`)
    else if (tag.kind === 'role' || tag.kind === 'field') terms.push(`@${tag.id}`)
  }
  return terms
}

function slotTerms(section: Section): string[] {
  const terms = section.roles.map((role) => `role=${role}`)
  if (section.role !== undefined) terms.push(`role=${section.role}`)
  if (section.topic !== undefined) terms.push(`topic=${section.topic}`)
  if (section.level !== undefined) terms.push(`level=${section.level}`)
  if (section.overview) terms.push('overview')
  return terms
}
