import { stemOf, wordsOf } from '../search/text.ts'

/** A job that people ask about; `fields` are weaker signs of it than `aliases` (its field of work). */
export interface Role {
  id: string
  label: string
  plural: string
  aliases: string[]
  fields: string[]
  /** What is true of this more general role is true of this one too. */
  kindOf?: string | undefined
  /** False: people ask about it, the documents do not describe it. */
  covered: boolean
}

/** Something people want to know about a job. `near` topics answer too; `weight` is how strong a sign its words are. */
export interface Topic {
  id: string
  label: string
  aliases: string[]
  patterns: string[]
  near: string[]
  weight: number
  /** False: the side-by-side of two roles says nothing about it. */
  compared: boolean
}

/** How far along somebody is (entry, mid, senior, lead). */
export interface Level {
  id: string
  label: string
  aliases: string[]
}

/** A skill, tool, technique, task or idea with the words that people use for it. */
export interface Concept {
  id: string
  label: string
  aliases: string[]
}

/** What people ask and the documents do not hold: a whole subject, or a detail such as a place. */
export interface Uncovered {
  id: string
  kind: 'subject' | 'detail'
  /** Undefined: the person's own words name it best ("Berlin"). */
  label?: string | undefined
  aliases: string[]
  patterns: string[]
}

/** What the documents are about, in words that complete "I answer questions about …". */
export interface Subject {
  subject: string
  defaultRole?: string | undefined
  /** What is asked when only a role is named ("data engineer?"). */
  defaultTopic?: string | undefined
  /** What is asked when only a level is named ("entry-level AI engineer"). */
  levelTopic?: string | undefined
  /** Short forms of the subject's words ("eng": "engineer"). */
  shorthand: Record<string, string>
  examples: string[]
  /** Topics in the order in which people get to know a job. */
  journey: string[]
}

/** The words of one community's subject, read from `vocabulary/*.yaml` in the content folder. */
export interface Vocabulary {
  subject: Subject
  roles: Role[]
  topics: Topic[]
  levels: Level[]
  concepts: Concept[]
  uncovered: Uncovered[]
}

/** A folder of plain Markdown has no vocabulary: everything then rests on its own words. */
export const emptyVocabulary: Vocabulary = {
  subject: { subject: 'what my documents cover', shorthand: {}, examples: [], journey: [] },
  roles: [],
  topics: [],
  levels: [],
  concepts: [],
  uncovered: [],
}

/** What a phrase means. A `field` is the field of work of the role with that id. */
export type TagKind = 'role' | 'field' | 'topic' | 'level' | 'concept' | 'subject' | 'detail'

/** A phrase of the vocabulary found in words, from `start` up to but not including `end`. */
export interface Tag {
  kind: TagKind
  id: string
  start: number
  end: number
}

type Group = 'what' | 'topic' | 'level' | 'concept'
/** First stem → phrases, longest first. */
type Phrases = Map<string, Phrase[]>

interface Phrase {
  stems: string[]
  kind: TagKind
  id: string
}

/** The most words that a `*` in a pattern stands for. */
const longestGap = 6

/** Finds the vocabulary's phrases in a text's stems. */
export interface Tagger {
  /**
   * The longest phrases of each kind, left to right. Phrases of different kinds may share words ("morning routine" is
   * a working day and its morning), but nothing overlaps a job or an uncovered subject that is longer.
   */
  tag(stems: readonly string[]): Tag[]
  /** Topics and uncovered subjects whose patterns (`how much * make`) occur; they may overlap anything. */
  patterns(stems: readonly string[]): Tag[]
  /** A text's words with the subject's short forms spelt out ("eng" → "engineer"). */
  expand(words: readonly string[]): string[]
  /** Every single word that the vocabulary's phrases are made of, for mending typos. */
  words: ReadonlySet<string>
}

export function createTagger(vocabulary: Vocabulary): Tagger {
  const { shorthand } = vocabulary.subject
  const expand = (found: readonly string[]): string[] =>
    found.flatMap((word) => (Object.hasOwn(shorthand, word) ? shorthand[word]!.split(' ') : [word]))
  const covered = new Set(vocabulary.roles.filter((role) => role.covered).map((role) => role.id))
  const words = new Set<string>()
  const phrases: Record<Group, Phrases> = {
    what: new Map(),
    topic: new Map(),
    level: new Map(),
    concept: new Map(),
  }
  const patterns = new Map<string, Phrase[]>()

  const add = (into: Phrases, text: string, kind: TagKind, id: string): void => {
    const parts = text.split(/\s+/).flatMap((part) => (part === '*' ? ['*'] : expand(wordsOf(part))))
    for (const word of parts) words.add(word)
    const stems = parts.map((part) => (part === '*' ? part : stemOf(part)))
    const first = stems[0] === '*' ? stems[1] : stems[0]
    if (first === undefined) return
    const phrase = { stems, kind, id }
    const same = into.get(first)
    if (same === undefined) into.set(first, [phrase])
    else if (
      !same.some(
        (other) => other.kind === kind && other.id === id && other.stems.join(' ') === stems.join(' '),
      )
    )
      same.push(phrase)
  }

  for (const role of vocabulary.roles) {
    for (const alias of [role.label, ...role.aliases]) add(phrases.what, alias, 'role', role.id)
    for (const field of role.fields) add(phrases.what, field, 'field', role.id)
  }
  for (const topic of vocabulary.topics) {
    for (const alias of topic.aliases) add(phrases.topic, alias, 'topic', topic.id)
    for (const pattern of topic.patterns) add(patterns, pattern, 'topic', topic.id)
  }
  for (const level of vocabulary.levels)
    for (const alias of level.aliases) add(phrases.level, alias, 'level', level.id)
  for (const concept of vocabulary.concepts) {
    for (const alias of [concept.label, ...concept.aliases])
      add(phrases.concept, alias, 'concept', concept.id)
  }
  for (const missing of vocabulary.uncovered) {
    for (const alias of missing.aliases) add(phrases.what, alias, missing.kind, missing.id)
    for (const pattern of missing.patterns) add(patterns, pattern, missing.kind, missing.id)
  }
  words.delete('*')
  for (const group of Object.values(phrases)) {
    for (const list of group.values()) list.sort((a, b) => b.stems.length - a.stems.length)
  }

  return {
    words,
    expand,
    tag(stems) {
      const what = tagPhrases(phrases.what, stems)
      const others = (['topic', 'level', 'concept'] as const).flatMap((group) =>
        tagPhrases(phrases[group], stems),
      )
      return [
        ...what.filter(
          (tag) =>
            covered.has(tag.id) || !others.some((other) => isInside(tag, other) && !isInside(other, tag)),
        ),
        ...others.filter((tag) => !what.some((other) => isInside(tag, other))),
      ]
    },
    patterns: (stems) => tagPatterns(patterns, stems),
  }
}

function isInside(inner: Tag, outer: Tag): boolean {
  return outer.start <= inner.start && inner.end <= outer.end
}

function tagPhrases(phrases: Map<string, Phrase[]>, stems: readonly string[]): Tag[] {
  const tags: Tag[] = []
  let at = 0
  while (at < stems.length) {
    const candidates = phrases.get(stems[at]!)
    let length = 0
    if (candidates !== undefined) {
      for (const phrase of candidates) {
        if (phrase.stems.length < length) break
        if (!matchesAt(phrase.stems, stems, at)) continue
        length = phrase.stems.length
        tags.push({ kind: phrase.kind, id: phrase.id, start: at, end: at + length })
      }
    }
    at += Math.max(length, 1)
  }
  return tags
}

function matchesAt(phrase: readonly string[], stems: readonly string[], at: number): boolean {
  if (at + phrase.length > stems.length) return false
  for (let i = 0; i < phrase.length; i++) if (phrase[i] !== stems[at + i]) return false
  return true
}

function tagPatterns(patterns: Map<string, Phrase[]>, stems: readonly string[]): Tag[] {
  const tags: Tag[] = []
  for (let at = 0; at < stems.length; at++) {
    for (const pattern of patterns.get(stems[at]!) ?? []) {
      const end = patternEnd(pattern.stems, stems, at)
      if (end > 0) tags.push({ kind: pattern.kind, id: pattern.id, start: at, end })
    }
  }
  return tags
}

/** Where a pattern that starts at `at` ends, or 0. Each `*` takes the fewest words, at least one, so this is linear. */
function patternEnd(pattern: readonly string[], stems: readonly string[], at: number): number {
  let position = pattern[0] === '*' ? at : at
  const parts = pattern[0] === '*' ? pattern.slice(1) : pattern
  if (pattern[0] === '*' && at === 0) return 0
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]!
    if (part !== '*') {
      if (stems[position] !== part) return 0
      position++
      continue
    }
    const next = parts[i + 1]
    if (position >= stems.length) return 0
    if (next === undefined) return position + 1
    const found = stems.indexOf(next, position + 1)
    if (found < 0 || found > position + longestGap) return 0
    position = found
  }
  return position
}
