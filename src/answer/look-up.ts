import type { Content, Section } from '../content/section.ts'
import type { Understand } from '../query/understand.ts'
import type { Caveat, NoMatch } from './decision.ts'

/** What somebody picked instead of asking, in any words; empty: nothing. */
export interface Picked {
  topic: string
  role: string
  level: string
}

export type LookedUp =
  | { kind: 'section'; section: Section; caveat?: Caveat | undefined }
  | { kind: 'no-match'; about: NoMatch }
  /** More than a job and a level was picked ("Berlin"): that has to be asked. */
  | { kind: 'question' }

/** A job and a level that stand beside a question. */
export interface Picks {
  role?: string
  level?: string
  others: string[]
}

/** A job that somebody picked in words of their own. */
export type PickedRole = { id: string } | { unknown: string } | undefined

/** Longer names of jobs are cut when they are said again. Characters. */
const longestName = 60

/** Finds what the documents say of a topic for a job at a level, without searching: the same pick, the same section. */
export function createLookUp({ sections, vocabulary }: Content, understand: Understand) {
  const { defaultRole } = vocabulary.subject
  const roles = new Map(vocabulary.roles.map((role) => [role.id, role]))
  const levels = new Map(vocabulary.levels.map((level) => [level.id, level.label]))

  function roleOf(words: string): PickedRole {
    if (words.trim() === '') return undefined
    const { roles: known, fields, levels: said } = understand(words)
    const role = roles.get(known[0] ?? fields[0] ?? '')
    // "Junior" names a level and no job.
    if (role === undefined) return said.length > 0 ? undefined : { unknown: named(words) }
    if (role.covered) return { id: role.id }
    // Many jobs may go under one name that nobody typed ("other professions").
    const isTyped = words.toLowerCase().includes(role.label.toLowerCase())
    return { unknown: isTyped ? role.plural : named(words) }
  }

  function find(topic: string, role: string, level: string | undefined): Section | undefined {
    const own = sections.filter((section) => section.topic === topic && section.role === role)
    if (level !== undefined) return own.find((section) => section.level === level)
    return own.find((section) => section.overview) ?? own[0]
  }

  /** The job's own section on the level, then the more general job's, then what is said of all levels. */
  function best(topic: string, role: string, level: string | undefined): LookedUp {
    const general = roles.get(role)?.kindOf
    const exact = find(topic, role, level)
    if (exact !== undefined) return { kind: 'section', section: exact }
    const like = general === undefined ? undefined : find(topic, general, level)
    const forRole: Caveat | undefined = general === undefined ? undefined : { kind: 'role', role, general }
    if (like !== undefined) return { kind: 'section', section: like, caveat: forRole }
    const wide = find(topic, role, undefined)
    const label = levels.get(level ?? '') ?? ''
    if (wide !== undefined) return { kind: 'section', section: wide, caveat: { kind: 'level', label } }
    const widest = general === undefined ? undefined : find(topic, general, undefined)
    if (widest !== undefined) return { kind: 'section', section: widest, caveat: forRole }
    return { kind: 'no-match', about: { kind: 'topic', topic, role } }
  }

  return {
    roleOf,
    /** What was picked beside a question, by the vocabulary's ids, and what of it is not known there. */
    picksOf({ role = '', level = '' }: Partial<Pick<Picked, 'role' | 'level'>>): Picks {
      const job = roleOf(role)
      const isKnown = job !== undefined && 'id' in job
      const [known] = level.trim() === '' ? [] : understand(level).levels
      return {
        ...(isKnown && { role: job.id }),
        ...(known !== undefined && { level: known }),
        others: [known === undefined ? level : '', isKnown ? '' : role].filter(
          (words) => words.trim() !== '',
        ),
      }
    },
    lookUp({ topic, role, level }: Picked): LookedUp {
      const picked = understand(`${role} ${level}`)
      const isMore = picked.uncovered.some((missing) => missing.kind === 'detail')
      if (isMore || defaultRole === undefined) return { kind: 'question' }
      const job = roleOf(role)
      if (job !== undefined && 'unknown' in job)
        return { kind: 'no-match', about: { kind: 'uncovered', labels: [job.unknown] } }
      const [asked = picked.levels[0]] = understand(level).levels
      const found = best(topic, job?.id ?? defaultRole, asked)
      if (asked !== undefined || level.trim() === '' || found.kind !== 'section') return found
      return { ...found, caveat: { kind: 'level', label: named(level) } }
    },
  }
}

/** What somebody typed, to be said again. */
function named(words: string): string {
  return words.trim().slice(0, longestName)
}
