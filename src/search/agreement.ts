import type { Section } from '../content/section.ts'
import type { Focus } from '../conversation/focus.ts'
import type { Understanding } from '../query/understand.ts'
import type { Vocabulary } from '../query/vocabulary.ts'
import { weights } from './weights.ts'

/** How well what a section is about fits what is asked for: about 1 for the same, below 0 for something else. */
export interface Agreement {
  role(section: Section, focus: Focus, asked: Understanding): number
  topic(section: Section, focus: Focus): number
  level(section: Section, focus: Focus): number
}

export function createAgreement({ roles, topics, subject: { defaultRole } }: Vocabulary): Agreement {
  const kindOf = new Map(roles.map((role) => [role.id, role.kindOf]))
  const near = new Map(topics.map((topic) => [topic.id, new Set(topic.near)]))
  const { role: fit } = weights

  function named(section: Section, { roles: asked, fields }: Focus): number {
    const { role, roles: pair } = section
    if (pair.length > 0) return fit.pair
    if (role === undefined) return fit.theme
    if (asked.includes(role)) return fit.same
    if (fields.includes(role)) return fit.field
    return asked.some((one) => kindOf.get(one) === role) ? fit.general : fit.other
  }

  return {
    role(section, focus, { compares, roles: all }) {
      const { role, roles: pair } = section
      const { roles: asked, fields } = focus
      const isNamed = (one: string): boolean =>
        asked.includes(one) || fields.includes(one) || all.includes(one)
      if (compares && pair.length > 0 && pair.every(isNamed)) return fit.both
      if (asked.length > 0) return named(section, focus) * (focus.roleInherited ? fit.inherited : 1)
      const isGeneral = role === undefined || role === defaultRole
      if (fields.length === 0) return isGeneral ? fit.default : 0
      if (role !== undefined && fields.includes(role)) return fit.field
      return isGeneral ? 0 : fit.fieldOther
    },
    topic({ topic }, focus) {
      if (focus.topics.size === 0 || topic === undefined) return 0
      let best = -1
      let heaviest = 0
      for (const [asked, weight] of focus.topics) {
        heaviest = Math.max(heaviest, weight)
        if (topic === asked) best = Math.max(best, weights.topic.same * weight)
        else if (near.get(asked)?.has(topic)) best = Math.max(best, weights.topic.near * weight)
      }
      // A side topic that agrees does not make up for the main one.
      const isOther = best < heaviest * weights.topic.main
      return isOther ? weights.topic.other * heaviest + Math.max(best, 0) : best
    },
    level({ level, overview }, focus) {
      // "From junior to senior" asks for all that lies between.
      if (focus.levels.length > 1 && level === undefined && overview) return weights.level.same
      if (focus.levels.length === 0) return level === undefined ? 0 : weights.level.unasked
      if (level === undefined) return weights.level.open
      return focus.levels.includes(level) ? weights.level.same : weights.level.other
    },
  }
}
