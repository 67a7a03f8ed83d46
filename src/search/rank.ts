import type { Section } from '../content/section.ts'
import type { Understand, Understanding, Unit } from '../query/understand.ts'
import type { Vocabulary } from '../query/vocabulary.ts'
import type { Hit, SectionIndex, WeightedTerm } from './section-index.ts'
import { weights } from './weights.ts'

/** What is asked for after the conversation has filled the gaps of a question. */
export interface Focus {
  roles: readonly string[]
  fields: readonly string[]
  topics: ReadonlyMap<string, number>
  levels: readonly string[]
  /** Units taken over from the conversation. */
  inherited: readonly Unit[]
  /** True: the roles were not named in this question but before. */
  roleInherited: boolean
}

/** A section as an answer to a question. */
export interface Candidate {
  section: Section
  /** The order of candidates of one question; not comparable between questions. */
  score: number
  /** How much of what the question says the section covers, 0 to 1, rare words counting more. */
  coverage: number
  /** How alike the question and the nearest sample question are, 0 to 1. */
  similarity: number
  /** The weight of what it covers: one common word is little to go by. */
  evidence: number
  /** Units that the section says nothing about. */
  missing: Unit[]
  /** -1 to 1: how the section's role and topic agree with the asked ones. */
  role: number
  topic: number
  /** Uncovered subjects (ids) that the section's own title or questions name all the same. */
  spokenOf: ReadonlySet<string>
  hit: Hit
}

export function createRank(index: SectionIndex, vocabulary: Vocabulary, understand: Understand) {
  const kindOf = new Map(vocabulary.roles.map((role) => [role.id, role.kindOf]))
  const near = new Map(vocabulary.topics.map((topic) => [topic.id, new Set(topic.near)]))
  const defaultRole = vocabulary.subject.defaultRole
  interface Sample {
    keys: Map<string, number>
    uncovered: string[]
  }
  const samples = new Map<Section, Sample[]>()

  /** How much a unit matters: rare words more than common ones, words nobody wrote most of all. */
  function weightOf(unit: Unit, topics: ReadonlyMap<string, number>): number {
    switch (unit.kind) {
      case 'word':
        return index.rarity(unit.key)
      case 'concept':
        return Math.max(index.rarity(`#${unit.key}`), 0.5)
      case 'role':
        return 0.8
      case 'field':
        return 0.5
      case 'topic':
        return 0.6 * (topics.get(unit.key) ?? 1)
      case 'level':
        return 0.6
    }
  }

  function termsFor(asked: Understanding, focus: Focus): WeightedTerm[] {
    const { term } = weights
    const terms: WeightedTerm[] = []
    const add = (name: string, weight: number): void => void terms.push({ term: name, weight })
    for (const unit of [...asked.units, ...focus.inherited]) {
      if (unit.kind === 'word') add(unit.key, term.word)
      else if (unit.kind === 'concept') {
        add(`#${unit.key}`, term.concept)
        for (const stem of unit.stems) add(stem, term.conceptWord)
      } else if (unit.kind === 'topic' || unit.kind === 'level') for (const stem of unit.stems) add(stem, term.topicWord)
      else if (unit.kind === 'field') for (const stem of unit.stems) add(stem, term.conceptWord)
    }
    for (const missing of asked.uncovered) if (missing.kind === 'role') add(`@${missing.id}`, term.mention)
    for (const role of focus.roles) {
      add(`role=${role}`, term.role)
      add(`@${role}`, term.mention)
    }
    for (const field of focus.fields) {
      add(`role=${field}`, term.role / 2)
      add(`@${field}`, term.mention * 2)
    }
    for (const [topic, weight] of focus.topics) add(`topic=${topic}`, term.topic * weight)
    for (const level of focus.levels) add(`level=${level}`, term.level)
    add('overview', term.overview)
    for (const stem of asked.chatter) add(stem, term.chatter)
    for (const [synonym, stem] of asked.synonyms) add(synonym, asked.chatter.includes(stem) ? term.synonym * term.chatter : term.synonym)
    return terms.filter(({ term: name }) => index.frequency(name) > 0)
  }

  function roleAgreement(section: Section, focus: Focus): number {
    const { role } = weights
    if (section.roles.length > 0 && section.roles.every((one) => focus.roles.includes(one) || focus.fields.includes(one)))
      return role.both
    if (focus.roles.length > 0) {
      if (section.roles.length > 0) return role.pair
      if (section.role === undefined) return role.theme
      if (focus.roles.includes(section.role)) return role.same
      if (focus.fields.includes(section.role)) return role.field
      return focus.roles.some((asked) => kindOf.get(asked) === section.role) ? role.general : role.other
    }
    if (focus.fields.length > 0) {
      if (section.role !== undefined && focus.fields.includes(section.role)) return role.field
      return section.role === undefined || section.role === defaultRole ? 0 : role.fieldOther
    }
    return section.role === undefined || section.role === defaultRole ? role.default : 0
  }

  function topicAgreement(section: Section, focus: Focus): number {
    if (focus.topics.size === 0 || section.topic === undefined) return 0
    let best = -1
    let heaviest = 0
    for (const [topic, weight] of focus.topics) {
      heaviest = Math.max(heaviest, weight)
      if (section.topic === topic) best = Math.max(best, weights.topic.same * weight)
      else if (near.get(topic)?.has(section.topic)) best = Math.max(best, weights.topic.near * weight)
    }
    return best < 0 ? weights.topic.other * heaviest : best
  }

  function levelAgreement(section: Section, focus: Focus): number {
    const { level } = weights
    if (focus.levels.length === 0) return section.level === undefined ? 0 : level.unasked
    if (section.level === undefined) return level.open
    return focus.levels.includes(section.level) ? level.same : level.other
  }

  /** 0 to 1: how far a section says something about a unit. */
  function covers(hit: Hit, unit: Unit, focus: Focus): number {
    const { section, matched } = hit
    const share = (): number => {
      const found = unit.stems.filter((stem) => stem in matched).length
      return unit.stems.length === 0 ? 0 : found / unit.stems.length
    }
    switch (unit.kind) {
      case 'word':
        return inBodyOnly(matched[unit.key])
      case 'concept':
        return Math.max(inBodyOnly(matched[`#${unit.key}`]), 0.6 * share())
      case 'role':
        if (section.role === unit.key || section.roles.includes(unit.key)) return 1
        if (`@${unit.key}` in matched) return 0.8
        return section.role === undefined || kindOf.get(unit.key) === section.role ? 0.6 : 0
      case 'field':
        if (section.role === unit.key || section.roles.includes(unit.key)) return 1
        if (`@${unit.key}` in matched) return 1
        return kindOf.get(unit.key) === section.role || section.role === undefined ? 0.6 : Math.min(0.5, share())
      case 'topic':
        if (section.topic === unit.key) return 1
        return Math.max(near.get(unit.key)?.has(section.topic ?? '') ? 0.7 : 0, isAskedFor(unit, matched) ? 0.7 : 0)
      case 'level':
        if (section.level === unit.key) return 1
        return Math.max(section.level === undefined && section.overview ? 0.6 : 0, focus.levels.includes(section.level ?? '') ? 1 : 0.8 * share())
    }
  }

  function coverageOf(hit: Hit, asked: Understanding, focus: Focus): Pick<Candidate, 'coverage' | 'evidence' | 'missing'> {
    let total = 0
    let covered = 0
    const missing: Unit[] = []
    for (const unit of asked.units) {
      const weight = weightOf(unit, asked.topics)
      const share = covers(hit, unit, focus)
      total += weight
      covered += weight * share
      if (share < 0.3) missing.push(unit)
    }
    return { coverage: total === 0 ? 0 : covered / total, evidence: covered, missing }
  }

  /** The units of a question without its role (which is compared by itself), with their weights. */
  function keysOf(asked: Understanding, own: string | undefined): Map<string, number> {
    const keys = new Map<string, number>()
    for (const unit of asked.units) {
      if (unit.kind === 'role' && (unit.key === own || asked.roles.length < 2)) continue
      keys.set(`${unit.kind}:${unit.key}`, weightOf(unit, asked.topics))
    }
    for (const stem of asked.chatter) keys.set(`word:${stem}`, 0.15)
    return keys
  }

  /** 0 to 1: how much of what is special in the question stands in the section's title. */
  function titleShare({ matched }: Hit, asked: Understanding): number {
    let total = 0
    let found = 0
    for (const unit of asked.units) {
      if (unit.kind === 'role' || unit.kind === 'field') continue
      const weight = weightOf(unit, asked.topics)
      total += weight
      const terms = unit.kind === 'concept' ? [`#${unit.key}`] : unit.stems
      if (terms.some((term) => matched[term]?.includes('title'))) found += weight
    }
    return total === 0 ? 0 : found / total
  }

  function samplesOf(section: Section): Sample[] {
    let known = samples.get(section)
    if (known === undefined) {
      known = [section.title, ...section.questions].map((question) => {
        const sample = understand(question)
        return { keys: keysOf(sample, section.role), uncovered: sample.uncovered.map((missing) => missing.id) }
      })
      if (samples.size >= 5_000) samples.clear()
      samples.set(section, known)
    }
    return known
  }

  function similarityTo(section: Section, keys: ReadonlyMap<string, number>): number {
    if (keys.size === 0) return 0
    let best = 0
    let total = 0
    for (const weight of keys.values()) total += weight
    for (const sample of samplesOf(section)) {
      let shared = 0
      let own = 0
      for (const [key, weight] of sample.keys) {
        own += weight
        if (keys.has(key)) shared += Math.min(weight, keys.get(key)!)
      }
      if (total + own > 0) best = Math.max(best, (2 * shared) / (total + own))
    }
    return best
  }

  /** The sections that answer best, best first. */
  return function rank(asked: Understanding, focus: Focus, limit: number): Candidate[] {
    const hits = index.search(termsFor(asked, focus), Math.max(weights.candidates, limit))
    const most = hits[0]?.score ?? 1
    const keys = keysOf(asked, focus.roles[0])
    const specific = asked.units.some((unit) => unit.kind === 'word' || unit.kind === 'concept')
    const { rank: share } = weights
    const candidates = hits.map((hit): Candidate => {
      const { section } = hit
      const { coverage, evidence, missing } = coverageOf(hit, asked, focus)
      const similarity = similarityTo(section, keys)
      const title = titleShare(hit, asked)
      const role = roleAgreement(section, focus)
      const topic = topicAgreement(section, focus)
      const overview = section.overview && !specific ? share.overview : 0
      const score =
        (share.text * hit.score) / most +
        share.coverage * coverage +
        share.similarity * similarity +
        share.title * title +
        share.role * role +
        share.topic * topic * (asked.concepts.length > 0 ? share.topicBesideConcept : 1) +
        share.missing * missingConcepts(missing, asked) +
        share.level * levelAgreement(section, focus) +
        overview
      const spokenOf = new Set(asked.uncovered.length === 0 ? [] : samplesOf(section).flatMap((sample) => sample.uncovered))
      return { section, score, coverage, evidence, similarity, missing, role, topic, spokenOf, hit }
    })
    return candidates.sort((a, b) => b.score - a.score)
  }
}

/** 0 to 1: the share of the asked concepts that a section says nothing about. */
function missingConcepts(missing: readonly Unit[], asked: Understanding): number {
  if (asked.concepts.length === 0) return 0
  return missing.filter((unit) => unit.kind === 'concept').length / asked.concepts.length
}

/** True when all words of a unit stand in the section's title or questions. */
function isAskedFor(unit: Unit, matched: Hit['matched']): boolean {
  return unit.stems.length > 0 && unit.stems.every((stem) => matched[stem]?.some((field) => field === 'title' || field === 'questions'))
}

/** A word that only the text mentions says less than one in the title or in how people ask. */
function inBodyOnly(fields: readonly string[] | undefined): number {
  if (fields === undefined) return 0
  return fields.some((field) => field !== 'body') ? 1 : weights.bodyOnly
}

export type Rank = ReturnType<typeof createRank>
