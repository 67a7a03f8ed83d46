import type { Section } from '../content/section.ts'
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
  /** The job before that. */
  others: readonly string[]
  topics: ReadonlyMap<string, number>
  levels: readonly string[]
  /** What else the last question named ("overfitting"). */
  units: readonly Unit[]
  /** The section that was shown last. */
  shown?: Section | undefined
}

export const noTalk: Talk = { roles: [], others: [], topics: new Map(), levels: [], units: [] }

/**
 * Fills what a question leaves out from what was said before: "and a senior?" asks the same of another level,
 * "what about data engineers?" the same of another role, "which skills?" something else of the same role.
 *
 * @param covered the roles that the documents describe; another one is only meant by what leans on it
 */
export function resolveFocus(
  asked: Understanding,
  talk: Talk | undefined,
  covered: ReadonlySet<string>,
): Focus {
  const { topics, levels, leaning } = asked
  const roles = asked.roles.filter((role) => covered.has(role))
  const fields = asked.fields.filter((field) => !roles.includes(field))
  const own: Focus = { roles, fields, topics, levels, inherited: [], roleInherited: false }
  if (talk === undefined) return own

  const isNamed = asked.roles.length > 0
  const meant = leansOnTalk(asked) ? talk.roles : talk.roles.filter((role) => covered.has(role))
  const saysMore = asked.units.some((unit) => unit.kind === 'word' || unit.kind === 'concept')
  const asksNothing = !saysMore && (topics.size === 0 || asked.assumed)
  // "What is an NLP engineer?" is a new question, "and NLP engineers?" is the last one again.
  const isSameAgain = leaning && asksNothing && !(asked.assumed && asked.complete)
  return {
    ...own,
    ...rolesAfter(asked, own, meant, asksNothing),
    topics: isSameAgain && talk.topics.size > 0 ? talk.topics : topics,
    levels: isSameAgain && levels.length === 0 && !isNamed ? talk.levels : levels,
    // "Which tools are there for it?" asks for the tools of what was talked about.
    inherited: [
      ...(isSameAgain && !isNamed ? topicUnits(talk.topics) : []),
      ...(leaning && !saysMore && (isSameAgain ? isNamed || asked.units.length === 0 : !isNamed)
        ? talk.units
        : []),
    ],
  }
}

/** "And how much do they earn?", but not "what is overfitting?". */
function leansOnTalk({ leaning, complete, units }: Understanding): boolean {
  return leaning && !(complete && units.some(({ kind }) => kind === 'word' || kind === 'concept'))
}

/** What was asked and is meant again ("in Germany?") has to be covered like what is said. */
function topicUnits(topics: ReadonlyMap<string, number>): Unit[] {
  return [...topics.keys()].map((key) => ({ kind: 'topic', key, text: key, stems: [] }))
}

function rolesAfter(
  asked: Understanding,
  { roles, fields }: Focus,
  before: readonly string[],
  asksNothing: boolean,
): Pick<Focus, 'roles' | 'fields' | 'roleInherited'> {
  if (asked.roles.length > 0) {
    // "How is that different from an ML engineer?" holds it against what was talked about.
    const isOtherSide = asked.compares && roles.length === 1 && asked.leaning
    return {
      roles: isOtherSide ? [...new Set([...before.slice(0, 1), ...roles])] : roles,
      fields,
      roleInherited: false,
    }
  }
  if (asked.leaning && fields.length > 0) {
    // "And in deep learning?" names the role by its field.
    return asksNothing
      ? { roles: fields, fields: [], roleInherited: false }
      : { roles, fields, roleInherited: false }
  }
  return { roles: before, fields, roleInherited: before.length > 0 }
}

/** True: a question that is understood once as the one and once as the other gets the same answer. */
export function isSame(one: Focus, other: Focus): boolean {
  return (
    one.roleInherited === other.roleInherited &&
    holdSame(one.roles, other.roles) &&
    holdSame(one.fields, other.fields) &&
    holdSame(one.levels, other.levels) &&
    holdSame([...one.topics].flat(), [...other.topics].flat()) &&
    holdSame(one.inherited.map(nameOf), other.inherited.map(nameOf))
  )
}

export function isSameTalk(one: Talk, other: Talk): boolean {
  return (
    one.shown === other.shown &&
    holdSame(one.roles, other.roles) &&
    holdSame(one.others, other.others) &&
    holdSame(one.levels, other.levels) &&
    holdSame(one.units, other.units) &&
    holdSame([...one.topics].flat(), [...other.topics].flat())
  )
}

function nameOf({ kind, key }: Unit): string {
  return `${kind} ${key}`
}

function holdSame(some: readonly unknown[], others: readonly unknown[]): boolean {
  return some.length === others.length && some.every((one, i) => one === others[i])
}

/** What was shown: a section about one job, or two that were compared. */
export interface Shown {
  section: Section
  /** In the order in which they were shown. */
  roles: readonly string[]
  /** What it says of them; of two jobs, what they were to be compared by. */
  topic: string | undefined
}

/**
 * What the next question can lean on, after this one was answered, or was declined.
 *
 * @param before what was talked about
 */
export function talkAfter(
  asked: Understanding,
  focus: Focus,
  shown: Shown | undefined,
  before: Talk = noTalk,
): Talk {
  // "What does a data scientist do?": what follows is about that job, too, though the documents do not describe it.
  const undescribed = asked.uncovered.flatMap(({ kind, id }) => (kind === 'role' ? [id] : []))
  const isUndescribed = shown === undefined && focus.roles.length === 0 && undescribed.length > 0
  const named = isUndescribed ? undescribed : focus.roles
  // A question that was declined says nothing about what comes next.
  if (shown === undefined && before !== noTalk && named.length === 0) return before
  const units = asked.units.filter((unit) => unit.kind === 'word' || unit.kind === 'concept')
  const compared = (shown?.roles.length ?? 0) > 1
  const known = shown?.roles ?? []
  const roles = (compared ? [known] : [named, known, focus.fields]).find((some) => some.length > 0) ?? []
  const isAsked = shown === undefined || (focus.topics.size > 0 && !compared)
  return {
    roles,
    others: othersAfter(roles, before),
    topics: isAsked ? focus.topics : new Map(shown.topic === undefined ? [] : [[shown.topic, 1]]),
    levels: focus.levels,
    units: isUndescribed || compared ? [] : units.length > 0 ? units : focus.inherited,
    shown: shown?.section,
  }
}

/** After two were compared, both are talked about and none is another one. */
function othersAfter(roles: readonly string[], before: Talk): readonly string[] {
  if (roles.length > 1) return []
  const others = before.roles.filter((role) => !roles.includes(role))
  return others.length > 0 ? others.slice(-1) : before.others.filter((role) => !roles.includes(role))
}
