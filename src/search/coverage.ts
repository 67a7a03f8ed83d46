import type { Focus } from '../conversation/focus.ts'
import type { Understanding, Unit } from '../query/understand.ts'
import type { Vocabulary } from '../query/vocabulary.ts'
import type { Hit, SectionIndex } from './section-index.ts'
import { weights } from './weights.ts'

/** How far a section speaks of what a question names. */
export interface Covered {
  /** 0 to 1, rare words counting more. */
  coverage: number
  /** The weight of what it covers: one common word is little to go by. */
  evidence: number
  /** What is special in the question and stands in the section's title, 0 to 1. */
  title: number
  /** Units that the section says nothing about. */
  missing: Unit[]
}

export interface Coverage {
  of(hit: Hit, asked: Understanding, focus: Focus): Covered
  /** How much a unit matters: rare words more than common ones, words nobody wrote most of all. */
  weightOf(unit: Unit, topics: ReadonlyMap<string, number>): number
}

/** Below this share, a unit counts as missing. */
const hardly = 0.3

export function createCoverage(index: SectionIndex, { roles, topics }: Vocabulary): Coverage {
  const kindOf = new Map(roles.map((role) => [role.id, role.kindOf]))
  const near = new Map(topics.map((topic) => [topic.id, new Set(topic.near)]))
  const { unit: heavy, cover } = weights

  function weightOf(unit: Unit, asked: ReadonlyMap<string, number>): number {
    switch (unit.kind) {
      case 'word':
        return index.rarity(unit.key)
      case 'concept':
        return Math.max(index.rarity(`#${unit.key}`), heavy.concept)
      case 'topic':
        return heavy.topic * (asked.get(unit.key) ?? 1)
      case 'role':
      case 'field':
      case 'level':
        return heavy[unit.kind]
    }
  }

  function coversRole({ section, matched }: Hit, unit: Unit): number {
    if (section.role === unit.key || section.roles.includes(unit.key)) return 1
    if (matched.has(`@${unit.key}`)) return unit.kind === 'field' ? 1 : cover.mention
    if (section.role === undefined || kindOf.get(unit.key) === section.role) return cover.general
    return unit.kind === 'field' ? Math.min(0.5, shareOf(unit, matched)) : 0
  }

  function coversTopic({ section, matched }: Hit, unit: Unit): number {
    if (section.topic === unit.key) return 1
    const isNear = section.topic !== undefined && near.get(unit.key)?.has(section.topic)
    return isNear || isAskedFor(unit, matched) ? cover.nearTopic : 0
  }

  function coversLevel({ section, matched }: Hit, unit: Unit, focus: Focus): number {
    if (section.level !== undefined && (section.level === unit.key || focus.levels.includes(section.level)))
      return 1
    return Math.max(
      section.level === undefined && section.overview ? cover.general : 0,
      0.8 * shareOf(unit, matched),
    )
  }

  function covers(hit: Hit, unit: Unit, asked: Understanding, focus: Focus): number {
    const { matched } = hit
    switch (unit.kind) {
      case 'word': {
        const own = whereFound(matched.get(unit.key))
        if (own > 0) return own
        const other = (asked.synonyms.get(unit.key) ?? []).some((synonym) => matched.has(synonym))
        return other ? cover.synonym : 0
      }
      case 'concept':
        return Math.max(whereFound(matched.get(`#${unit.key}`)), cover.conceptWords * shareOf(unit, matched))
      case 'role':
      case 'field':
        return coversRole(hit, unit)
      case 'topic':
        return coversTopic(hit, unit)
      case 'level':
        return coversLevel(hit, unit, focus)
    }
  }

  return {
    weightOf,
    of(hit, asked, focus) {
      const sum = { all: 0, covered: 0, evidence: 0, special: 0, inTitle: 0 }
      const missing: Unit[] = []
      for (const unit of [...asked.units, ...focus.inherited]) {
        const weight = weightOf(unit, asked.topics)
        const share = covers(hit, unit, asked, focus)
        sum.all += weight
        sum.covered += weight * share
        sum.evidence += weight * share * (isEveryday(unit, hit.matched) ? cover.everyday : 1)
        if (share < hardly) missing.push(unit)
        if (unit.kind === 'role' || unit.kind === 'field') continue
        sum.special += weight
        if (isInTitle(unit, hit.matched)) sum.inTitle += weight
      }
      return {
        coverage: sum.all === 0 ? 0 : sum.covered / sum.all,
        evidence: sum.evidence,
        title: sum.special === 0 ? 0 : sum.inTitle / sum.special,
        missing,
      }
    },
  }
}

/** The share of a unit's words that a section has. */
function shareOf(unit: Unit, matched: Hit['matched']): number {
  if (unit.stems.length === 0) return 0
  return unit.stems.filter((stem) => matched.has(stem)).length / unit.stems.length
}

/** A word that only the text mentions says less than one in the title or in how people ask. */
function whereFound(fields: readonly string[] | undefined): number {
  if (fields === undefined) return 0
  return fields.some((field) => field !== 'body') ? 1 : weights.cover.body
}

/** A word that only sample questions have is one of the words in which people put anything ("alarm", "taxi"). */
function isEveryday(unit: Unit, matched: Hit['matched']): boolean {
  if (unit.kind !== 'word') return false
  return matched.get(unit.key)?.every((field) => field === 'questions') ?? true
}

function isInTitle(unit: Unit, matched: Hit['matched']): boolean {
  const terms = unit.kind === 'concept' ? [`#${unit.key}`] : unit.stems
  return terms.length > 0 && terms.every((term) => matched.get(term)?.includes('title'))
}

/** True when all words of a unit stand in the section's title or questions. */
function isAskedFor(unit: Unit, matched: Hit['matched']): boolean {
  if (unit.stems.length === 0) return false
  return unit.stems.every((stem) =>
    matched.get(stem)?.some((field) => field === 'title' || field === 'questions'),
  )
}
