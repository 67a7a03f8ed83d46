import type { Understanding, Unit } from '../query/understand.ts'

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

/** What was talked about: the last turn's subject after its own gaps were filled. */
export interface Talk {
  roles: readonly string[]
  topics: ReadonlyMap<string, number>
  levels: readonly string[]
  /** What else the last question named ("overfitting"). */
  units: readonly Unit[]
}

/**
 * Fills what a question leaves out from what was said before: "and a senior?" asks the same of another level,
 * "what about data engineers?" the same of another role, "which skills?" something else of the same role.
 *
 * @param covered the roles that the documents describe; another one cannot be talked about
 */
export function resolveFocus(
  asked: Understanding,
  talk: Talk | undefined,
  covered: ReadonlySet<string>,
): Focus {
  const roles = asked.roles.filter((role) => covered.has(role))
  const fields = asked.fields.filter((field) => !roles.includes(field))
  const own: Focus = {
    roles,
    fields,
    topics: asked.topics,
    levels: asked.levels,
    inherited: [],
    roleInherited: false,
  }
  if (talk === undefined) return own

  const saysMore = asked.units.some((unit) => unit.kind === 'word' || unit.kind === 'concept')
  const named = roles.length > 0 || asked.roles.length > 0
  const asksNothing = !saysMore && (asked.topics.size === 0 || asked.bareRole)
  const sameOfAnother = asked.leaning && asksNothing && !(asked.bareRole && asked.complete)
  const takesRole = !named && (fields.length === 0 || !asked.leaning)
  // "It" in a question that names a field means the field.
  const newRoles = named
    ? roles
    : asked.leaning && fields.length > 0 && asksNothing
      ? fields
      : takesRole
        ? talk.roles
        : roles
  return {
    roles:
      asked.compares && roles.length === 1 && asked.leaning
        ? [...new Set([...talk.roles, ...roles])]
        : newRoles,
    fields: newRoles === fields ? [] : fields,
    topics: sameOfAnother ? talk.topics : asked.topics,
    levels: asked.levels.length > 0 ? asked.levels : sameOfAnother && !named ? talk.levels : asked.levels,
    inherited: sameOfAnother && (named || asked.units.length === 0) ? talk.units : [],
    roleInherited: takesRole && talk.roles.length > 0,
  }
}

/** What the next question can lean on, after this one was answered from a section about `role` and `topic`. */
export function talkAfter(
  asked: Understanding,
  focus: Focus,
  answered: { role?: string | undefined; topic?: string | undefined } | undefined,
): Talk {
  const fromAnswer = answered?.role === undefined ? focus.fields : [answered.role]
  const topics =
    focus.topics.size > 0 || answered?.topic === undefined ? focus.topics : new Map([[answered.topic, 1]])
  const units = asked.units.filter((unit) => unit.kind === 'word' || unit.kind === 'concept')
  return {
    roles: focus.roles.length > 0 ? focus.roles : fromAnswer,
    topics,
    levels: focus.levels,
    units: units.length > 0 ? units : focus.inherited,
  }
}
