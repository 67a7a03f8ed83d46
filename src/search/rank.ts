import type { Section } from '../content/section.ts'
import type { Focus } from '../conversation/focus.ts'
import type { Understanding, Unit } from '../query/understand.ts'
import type { Vocabulary } from '../query/vocabulary.ts'
import { createAgreement } from './agreement.ts'
import type { Coverage, Covered } from './coverage.ts'
import type { Meaning } from './meaning.ts'
import type { Hit, SectionIndex, WeightedTerm } from './section-index.ts'
import type { Similarity } from './similarity.ts'
import { wordsOf } from './text.ts'
import { thresholds, weights } from './weights.ts'

/** A section as an answer to a question. */
export interface Candidate extends Covered {
  section: Section
  /** The order of candidates of one question; not comparable between questions. */
  score: number
  /** How alike the question and the nearest sample question are, 0 to 1. */
  similarity: number
  /** How near what the question means comes to the nearest sample question, about -0.5 to 1; 0 where they are not compared. */
  meaning: number
  /** How the section's role and topic agree with the asked ones, about -1 to 1. */
  role: number
  topic: number
  /** What the vocabulary calls uncovered and the section's own questions name all the same. */
  spokenOf: ReadonlySet<string>
  hit: Hit
}

/** Finds the sections that answer a question, best first. */
export type Rank = (asked: Understanding, focus: Focus, limit: number) => Candidate[]

const nothing: ReadonlySet<string> = new Set()

/** @param meaning left out where there is no vocabulary: whatever such documents are about, general English may tell it badly */
export function createRank(
  index: SectionIndex,
  vocabulary: Vocabulary,
  coverage: Coverage,
  similarity: Similarity,
  meaning: Meaning | undefined,
): Rank {
  const agreement = createAgreement(vocabulary)
  const isPlain = vocabulary.roles.length === 0
  const share = isPlain ? { ...weights.rank, ...weights.plainRank } : weights.rank

  const labelOf = new Map(vocabulary.topics.map(({ id, label }) => [id, wordsOf(label)]))
  /** "And of a data engineer?": what the conversation is about is meant without being said. */
  function leftUnsaid(asked: Understanding, { topics }: Focus): string[] {
    return [...topics.keys()].flatMap((topic) => (asked.topics.has(topic) ? [] : (labelOf.get(topic) ?? [])))
  }

  let firstQuestions: ReadonlyMap<string, Section> | undefined
  /** The section that a question is offered for comes first when somebody asks just that. */
  function preferOffered(candidates: Candidate[], { words }: Understanding, { roleInherited }: Focus): void {
    firstQuestions ??= new Map(
      index.sections.flatMap((section) =>
        section.questions.slice(0, 1).map((question) => [wordsOf(question).join(' '), section]),
      ),
    )
    const own = roleInherited ? undefined : firstQuestions.get(words.join(' '))
    const offered = own && candidates.find(({ section }) => section === own)
    if (offered === undefined) return
    offered.score += share.offered
    candidates.sort((a, b) => b.score - a.score)
  }

  return (asked, focus, limit) => {
    const terms = termsFor(asked, focus).filter(({ term }) => index.frequency(term) > 0)
    const hits = index.search(terms, Math.max(weights.candidates, limit))
    const most = hits[0]?.score ?? 1
    const keys = similarity.keysOf(asked, focus)
    const direction = meaning?.of([...asked.words, ...leftUnsaid(asked, focus)])
    const isSpecial = (unit: Unit): boolean =>
      unit.kind === 'word' ||
      unit.kind === 'concept' ||
      (unit.kind === 'role' && !focus.roles.includes(unit.key))
    const isBroad = !asked.units.some(isSpecial)
    const candidates = hits.map((hit): Candidate => {
      const { section } = hit
      const { coverage: covered, evidence, title, missing } = coverage.of(hit, asked, focus)
      const role = agreement.role(section, focus, asked)
      const topic = agreement.topic(section, focus)
      const score =
        (share.text * hit.score) / most +
        share.coverage * covered +
        share.title * title +
        share.role * role +
        share.topic * topic * (asked.concepts.length > 0 ? share.topicBesideConcept : 1) +
        share.missing * missingConcepts(missing, asked) +
        share.level * agreement.level(section, focus) +
        (isBroad && section.overview ? share.overview : 0)
      // Field by field: V8 makes a new hidden class for each object that begins with a spread, and they pile up.
      return {
        coverage: covered,
        evidence,
        title,
        missing,
        section,
        score,
        similarity: 0,
        meaning: 0,
        role,
        topic,
        spokenOf: nothing,
        hit,
      }
    })
    candidates.sort((a, b) => b.score - a.score)
    if (direction !== undefined && meaning !== undefined) {
      for (const candidate of candidates.slice(0, weights.meant)) {
        candidate.meaning = meaning.to(candidate.section, direction)
        candidate.score += share.meaning * candidate.meaning * trust(candidate.section)
      }
      candidates.sort((a, b) => b.score - a.score)
    }
    preferOffered(candidates, asked, focus)
    let best = Number.NEGATIVE_INFINITY
    for (const candidate of candidates) {
      // Comparing with sample questions takes longest; whoever cannot come close to the best any more is left out.
      if (candidate.score + share.similarity + share.same < best * thresholds.equal) break
      const { section } = candidate
      candidate.similarity = similarity.to(section, keys)
      candidate.score += share.similarity * candidate.similarity
      if (candidate.similarity >= thresholds.same) candidate.score += share.same
      if (asked.uncovered.length > 0) candidate.spokenOf = similarity.spokenOf(section, keys)
      best = Math.max(best, candidate.score)
    }
    return candidates.sort((a, b) => b.score - a.score)
  }
}

/** 0 to 1: nearness to a bare title may be chance, to one of many sample questions hardly. */
function trust({ questions }: Section): number {
  const samples = 1 + questions.length
  return samples / (samples + weights.fewSamples)
}

/** What the index is searched for. */
function termsFor(asked: Understanding, focus: Focus): WeightedTerm[] {
  const { term } = weights
  const terms: WeightedTerm[] = []
  const add = (name: string, weight: number): void => void terms.push({ term: name, weight })
  for (const unit of [...asked.units, ...focus.inherited]) addUnit(unit, add)
  for (const missing of asked.uncovered) {
    if (missing.kind === 'role') add(`@${missing.id}`, term.mention)
    else for (const stem of missing.stems) add(stem, term.partWord)
  }
  for (const role of focus.roles) {
    add(`role=${role}`, term.role)
    add(`@${role}`, term.mention)
  }
  for (const field of focus.fields) {
    add(`role=${field}`, term.field)
    add(`@${field}`, term.fieldMention)
  }
  for (const [topic, weight] of focus.topics) add(`topic=${topic}`, term.topic * weight)
  for (const level of focus.levels) add(`level=${level}`, term.level)
  add('overview', term.overview)
  for (const stem of asked.chatter) add(stem, term.chatter)
  for (const [stem, synonyms] of asked.synonyms) {
    const weight = asked.chatter.includes(stem) ? term.synonym * term.chatter : term.synonym
    for (const synonym of synonyms) add(synonym, weight)
  }
  return terms
}

function addUnit(unit: Unit, add: (name: string, weight: number) => void): void {
  const { term } = weights
  switch (unit.kind) {
    case 'word':
      add(unit.key, term.word)
      return
    case 'concept':
      add(`#${unit.key}`, term.concept)
      for (const stem of unit.stems) add(stem, term.partWord)
      return
    case 'topic':
    case 'level':
    case 'field':
      for (const stem of unit.stems) add(stem, term.partWord)
      return
    case 'role':
      // "data" and "engineer" stand everywhere; the role itself is searched for.
      return
  }
}

/** 0 to 1: the share of the asked concepts that a section says nothing about. */
function missingConcepts(missing: readonly Unit[], asked: Understanding): number {
  if (asked.concepts.length === 0) return 0
  return missing.filter((unit) => unit.kind === 'concept').length / asked.concepts.length
}
