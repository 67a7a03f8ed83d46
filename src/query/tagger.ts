import { stemOf, wordsOf } from '../search/text.ts'
import type { Vocabulary } from './vocabulary.ts'

/** What a phrase means. A `field` is the field of work of the role with that id. */
type TagKind = 'role' | 'field' | 'topic' | 'level' | 'concept' | 'subject' | 'detail'

/** A phrase of the vocabulary found in words, from `start` up to but not including `end`. */
export interface Tag {
  kind: TagKind
  id: string
  start: number
  end: number
}

/** Finds the vocabulary's phrases in a text's stems. */
export interface Tagger {
  /** A text's words with the subject's short forms spelt out ("eng" → "engineer"). */
  expand(words: readonly string[]): string[]
  /**
   * The longest phrases of each group, left to right. Phrases of different groups may share words ("morning routine" is
   * a working day and its morning), but a job keeps its words to itself.
   */
  tag(stems: readonly string[]): Tag[]
  /** Topics and uncovered subjects whose patterns (`how much * make`) occur; they may overlap anything. */
  patterns(stems: readonly string[]): Tag[]
  /** Every single word that the vocabulary's phrases are made of, for mending typos. */
  words: ReadonlySet<string>
  /** Words of what the documents do not hold: known, but no typo is read as one of them. */
  otherWords: ReadonlySet<string>
  /** The vocabulary as read, to be kept. */
  snapshot(): TaggerSnapshot
}

/** The phrases of each entry as stems, and the words that they are made of. */
export interface TaggerSnapshot {
  words: string[]
  otherWords: string[]
  phrases: [Group, TagKind, string, string[]][]
}

/** Phrases of one group do not overlap. `what` holds jobs, their fields and what the documents do not hold. */
type Group = 'what' | 'topic' | 'level' | 'concept' | 'pattern'

interface Phrase {
  stems: string[]
  kind: TagKind
  id: string
}

/** First stem → phrases, longest first. */
type Phrases = Map<string, Phrase[]>

/** The most words that a `*` in a pattern stands for. */
const longestGap = 6

/** @param snapshot made from the same vocabulary; reading thousands of phrases takes longer than an answer */
export function createTagger(vocabulary: Vocabulary, snapshot?: TaggerSnapshot): Tagger {
  const { shorthand } = vocabulary.subject
  const expand = (found: readonly string[]): string[] =>
    found.flatMap((word) => (Object.hasOwn(shorthand, word) ? shorthand[word]!.split(' ') : [word]))
  const covered = new Set(vocabulary.roles.filter((role) => role.covered).map((role) => role.id))
  const read = snapshot ?? readPhrases(vocabulary, expand)
  const words = new Set(read.words)
  const otherWords = new Set(read.otherWords)
  const groups: Record<Group, Phrases> = {
    what: new Map(),
    topic: new Map(),
    level: new Map(),
    concept: new Map(),
    pattern: new Map(),
  }
  for (const [group, kind, id, stems] of read.phrases) {
    for (const one of stems) addPhrase(groups[group], { stems: one.split(' '), kind, id })
  }
  for (const phrases of Object.values(groups)) {
    for (const list of phrases.values()) list.sort((a, b) => b.stems.length - a.stems.length)
  }

  return {
    words,
    otherWords,
    expand,
    snapshot: () => read,
    tag(stems) {
      const what = tagPhrases(groups.what, stems)
      const others = (['topic', 'level', 'concept'] as const).flatMap((group) =>
        tagPhrases(groups[group], stems),
      )
      // "Software engineering skills" is a topic, not the job of a software engineer.
      const isPartOf = (tag: Tag): boolean => others.some((other) => isPartOfLonger(tag, other))
      // "A few years of experience" is a level; the experience in it is nothing else that is asked.
      const isInLevel = (tag: Tag): boolean =>
        tag.kind === 'concept' && others.some((other) => other.kind === 'level' && isInside(tag, other))
      // "Class imbalance" has nothing to do with classes; "ETL tools" are tools.
      const isInConcept = (tag: Tag): boolean =>
        tag.kind === 'topic' &&
        others.some((other) => other.kind === 'concept' && isInside(tag, other) && tag.end < other.end)
      return [
        ...what.filter((tag) => covered.has(tag.id) || !isPartOf(tag)),
        ...others.filter(
          (tag) => !what.some((other) => isInside(tag, other)) && !isInLevel(tag) && !isInConcept(tag),
        ),
      ]
    },
    patterns: (stems) => tagPatterns(groups.pattern, stems),
  }
}

function readPhrases(vocabulary: Vocabulary, expand: (found: readonly string[]) => string[]): TaggerSnapshot {
  const words = new Set<string>()
  const otherWords = new Set<string>()
  const phrases = [...entriesOf(vocabulary)].map(([group, kind, id, texts]): Entry => {
    const known = kind === 'subject' || kind === 'detail' ? otherWords : words
    const stems = texts.map((text) => {
      const parts = text.split(/\s+/).flatMap((part) => (part === '*' ? ['*'] : expand(wordsOf(part))))
      for (const word of parts) if (word !== '*') known.add(word)
      return parts.map((part) => (part === '*' ? part : stemOf(part))).join(' ')
    })
    // A label and an alias may differ only in their endings.
    return [group, kind, id, [...new Set(stems)].filter(Boolean)]
  })
  return { words: [...words], otherWords: [...otherWords], phrases }
}

type Entry = TaggerSnapshot['phrases'][number]

function* entriesOf({ roles, topics, levels, concepts, uncovered }: Vocabulary): Generator<Entry> {
  for (const { id, label, aliases, fields } of roles) {
    yield ['what', 'role', id, [label, ...aliases]]
    yield ['what', 'field', id, fields]
  }
  for (const { id, aliases, patterns } of topics) {
    yield ['topic', 'topic', id, aliases]
    yield ['pattern', 'topic', id, patterns]
  }
  for (const { id, aliases } of levels) yield ['level', 'level', id, aliases]
  for (const { id, label, aliases } of concepts) yield ['concept', 'concept', id, [label, ...aliases]]
  for (const { id, kind, aliases, patterns } of uncovered) {
    yield ['what', kind, id, aliases]
    yield ['pattern', kind, id, patterns]
  }
}

function addPhrase(phrases: Phrases, phrase: Phrase): void {
  const first = phrase.stems.find((stem) => stem !== '*')
  if (first === undefined) return
  const same = phrases.get(first)
  if (same === undefined) phrases.set(first, [phrase])
  else same.push(phrase)
}

function isInside(inner: Tag, outer: Tag): boolean {
  return outer.start <= inner.start && inner.end <= outer.end
}

function isPartOfLonger(part: Tag, whole: Tag): boolean {
  return isInside(part, whole) && !isInside(whole, part)
}

function tagPhrases(phrases: Phrases, stems: readonly string[]): Tag[] {
  const tags: Tag[] = []
  let at = 0
  while (at < stems.length) {
    const found = longestAt(phrases, stems, at)
    for (const { kind, id, stems: own } of found) tags.push({ kind, id, start: at, end: at + own.length })
    at += Math.max(found[0]?.stems.length ?? 0, 1)
  }
  return tags
}

/** The longest phrase that begins here; several when the same words mean several things. */
function longestAt(phrases: Phrases, stems: readonly string[], at: number): Phrase[] {
  const found: Phrase[] = []
  for (const phrase of phrases.get(stems[at]!) ?? []) {
    const longest = found[0]
    if (longest !== undefined && phrase.stems.length < longest.stems.length) break
    if (phrase.stems.every((stem, i) => stem === stems[at + i])) found.push(phrase)
  }
  return found
}

function tagPatterns(patterns: Phrases, stems: readonly string[]): Tag[] {
  const tags: Tag[] = []
  for (let at = 0; at < stems.length; at++) {
    for (const { stems: parts, kind, id } of patterns.get(stems[at]!) ?? []) {
      const end = patternEnd(parts, stems, at)
      if (end > 0) tags.push({ kind, id, start: at, end })
    }
  }
  return tags
}

/**
 * Where a pattern ends whose first word stands at `at`, or 0. Each `*` takes the fewest words, at least one, so this
 * takes time linear in the question.
 */
function patternEnd(pattern: readonly string[], stems: readonly string[], at: number): number {
  const opensWithGap = pattern[0] === '*'
  if (opensWithGap && at === 0) return 0
  const parts = opensWithGap ? pattern.slice(1) : pattern
  let position = at
  for (const [i, part] of parts.entries()) {
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
