import { stemOf, wordsOf } from '../search/text.ts'
import {
  functionWords,
  informalForms,
  isChatter,
  questionWords,
  slipsAfterQuestionWord,
  synonymsOf,
} from './english.ts'
import type { Speller } from './spelling.ts'
import type { Tag, Tagger, Uncovered, Vocabulary } from './vocabulary.ts'

/** A piece of a question that an answer has to cover. */
export interface Unit {
  kind: 'word' | 'concept' | 'role' | 'field' | 'topic' | 'level'
  /** A stem for a word, otherwise the id in the vocabulary. */
  key: string
  /** As the person wrote it. */
  text: string
  /** The stems of its words. */
  stems: string[]
}

/** What a question says, before any section is looked at. */
export interface Understanding {
  /** Lower-case words, typos mended. */
  words: string[]
  stems: string[]
  /** What was mended, from → to. */
  mended: ReadonlyMap<string, string>
  roles: string[]
  /** Roles whose field of work is named ("machine learning"). */
  fields: string[]
  topics: ReadonlyMap<string, number>
  levels: string[]
  concepts: string[]
  /** Asked for and not in the documents. */
  uncovered: Missing[]
  compares: boolean
  units: Unit[]
  /** Words of chatter: searched for with little weight, never asked to be covered. */
  chatter: string[]
  /** Stems → stems of other words for them. */
  synonyms: ReadonlyMap<string, readonly string[]>
  /** True: most of its words are neither English nor typos of it. */
  unreadable: boolean
  /** True: it may lean on what was said before ("and they?"). */
  leaning: boolean
  /** True: it asks nothing but what a role is. */
  bareRole: boolean
  /** True: it is a whole sentence by itself ("What is …"), not a fragment ("and …?"). */
  complete: boolean
}

export interface Missing {
  kind: Uncovered['kind'] | 'role'
  id: string
  label: string
  start: number
  end: number
}

/** Longer questions are cut here; people's questions are far shorter. Characters. */
export const longestQuestion = 1_000

const markup = /<[^<>]{0,300}>|https?:\/\/\S{0,500}|@(?:everyone|here)\b|```/gu

/** The text that a person wrote to us: without pings, links, tags and control characters, and of bounded length. */
export function cleanQuestion(text: string): string {
  return text
    .slice(0, longestQuestion * 4)
    .replace(markup, ' ')
    .replace(/[\p{C}\p{Z}\s]+/gu, ' ')
    .trim()
    .slice(0, longestQuestion)
}

const comparing = new Set([
  'vs',
  'versus',
  'difference',
  'differences',
  'different',
  'differ',
  'differs',
  'compare',
  'compared',
  'comparison',
  'distinguish',
  'distinguishes',
  'distinction',
])
const leaningStarts = new Set(['and', 'what about', 'how about', 'or', 'but', 'also', 'then', 'so'])
const leaningWords = new Set([
  'they',
  'them',
  'their',
  'theirs',
  'it',
  'its',
  'that',
  'those',
  'these',
  'there',
  'one',
  'ones',
  'he',
  'she',
  'his',
  'her',
  'this',
  'such',
  'same',
  'then',
  'else',
])

export function createUnderstand(vocabulary: Vocabulary, tagger: Tagger, speller: Speller) {
  const weightOf = new Map(vocabulary.topics.map((topic) => [topic.id, topic.weight]))
  const near = new Map(vocabulary.topics.map((topic) => [topic.id, topic.near]))
  const coveredRoles = new Set(vocabulary.roles.filter((role) => role.covered).map((role) => role.id))
  const labels = new Map<string, string | undefined>([
    ...vocabulary.roles.map((role) => [role.id, role.plural] as const),
    ...vocabulary.uncovered.map((missing) => [missing.id, missing.label] as const),
  ])

  return function understand(question: string): Understanding {
    const { words, mended } = spell(tagger.expand(wordsOf(question)), speller)
    const stems = words.map(stemOf)
    const tags = tagger.tag(stems)
    const patterns = tagger.patterns(stems)
    const topics = new Map<string, number>()
    for (const tag of [...tags, ...patterns]) {
      if (tag.kind === 'topic')
        topics.set(tag.id, Math.max(topics.get(tag.id) ?? 0, weightOf.get(tag.id) ?? 1))
    }
    lightenGeneral(topics, near)
    const { defaultTopic, levelTopic } = vocabulary.subject
    if (topics.size === 0 && levelTopic !== undefined && tags.some((tag) => tag.kind === 'level'))
      topics.set(levelTopic, 0.5)
    const bareRole = topics.size === 0 && namesOnlyARole(words, tags)
    if (bareRole && defaultTopic !== undefined) topics.set(defaultTopic, 1)
    const textOf = (tag: Tag): string => words.slice(tag.start, tag.end).join(' ')
    const idsOf = (kind: Tag['kind']): string[] => [
      ...new Set(tags.filter((tag) => tag.kind === kind).map((tag) => tag.id)),
    ]
    const uncovered: Missing[] = []
    for (const tag of [...tags, ...patterns]) {
      const kind = tag.kind === 'subject' || tag.kind === 'detail' ? tag.kind : undefined
      if (kind === undefined && !(tag.kind === 'role' && !coveredRoles.has(tag.id))) continue
      if (
        uncovered.some(
          (missing) => missing.id === tag.id && missing.label === (labels.get(tag.id) ?? textOf(tag)),
        )
      )
        continue
      uncovered.push({
        kind: kind ?? 'role',
        id: tag.id,
        label: labels.get(tag.id) ?? textOf(tag),
        start: tag.start,
        end: tag.end,
      })
    }
    const inTag = new Set<number>()
    for (const tag of tags) for (let i = tag.start; i < tag.end; i++) inTag.add(i)
    const chatter: string[] = []
    const synonyms = new Map<string, readonly string[]>()
    const units: Unit[] = []
    for (const tag of [...tags, ...patterns]) {
      if (tag.kind === 'subject' || tag.kind === 'detail') continue
      // The same words as a topic and as a concept are one thing asked, and the concept says more.
      if (
        tag.kind === 'topic' &&
        tags.some((other) => other.kind === 'concept' && other.start === tag.start && other.end === tag.end)
      )
        continue
      units.push({
        kind: tag.kind,
        key: tag.id,
        text: textOf(tag),
        stems: patterns.includes(tag) ? [] : contentStems(words, stems, tag),
      })
    }
    for (const [i, word] of words.entries()) {
      if (functionWords.has(word)) continue
      const others = synonymsOf(stems[i]!)
      if (others.length > 0) synonyms.set(stems[i]!, others)
      if (inTag.has(i)) continue
      if (isChatter(word) || /^\p{N}+$/u.test(word)) chatter.push(stems[i]!)
      else units.push({ kind: 'word', key: stems[i]!, text: word, stems: [stems[i]!] })
    }
    return {
      words,
      stems,
      mended,
      roles: idsOf('role'),
      fields: idsOf('field'),
      topics,
      levels: idsOf('level'),
      concepts: idsOf('concept'),
      uncovered,
      compares: words.some((word) => comparing.has(word)) || topics.has('comparison'),
      units: dedupe(units),
      chatter,
      synonyms,
      unreadable: tags.length === 0 && isUnreadable(words, speller),
      leaning: leans(words),
      bareRole,
      complete:
        /^(?:what|who|how|which|why|where|when) (?:is|are|does|do|did|can|should|would|exactly)\b/.test(
          words.slice(0, 2).join(' '),
        ),
    }
  }
}

export type Understand = ReturnType<typeof createUnderstand>

/** "Which math skills?" asks for math: a general topic counts little beside a special one that belongs to it. */
function lightenGeneral(topics: Map<string, number>, near: ReadonlyMap<string, readonly string[]>): void {
  for (const [topic, weight] of topics) {
    const special = near.get(topic)?.some((other) => (topics.get(other) ?? 0) > weight)
    if (special) topics.set(topic, weight * 0.3)
  }
}

/** "What is data engineering?", "who are NLP engineers": beside the role there are only words of grammar and chatter. */
function namesOnlyARole(words: readonly string[], tags: readonly Tag[]): boolean {
  const roles = tags.filter((tag) => tag.kind === 'role' || tag.kind === 'field')
  if (!roles.some((tag) => tag.kind === 'role')) return false
  if (!tags.every((tag) => roles.some((role) => role.start <= tag.start && tag.end <= role.end))) return false
  return words.every(
    (word, i) =>
      functionWords.has(word) || isChatter(word) || tags.some((tag) => tag.start <= i && i < tag.end),
  )
}

function contentStems(words: readonly string[], stems: readonly string[], tag: Tag): string[] {
  const content: string[] = []
  for (let i = tag.start; i < tag.end; i++) if (!functionWords.has(words[i]!)) content.push(stems[i]!)
  return content
}

function dedupe(units: Unit[]): Unit[] {
  const seen = new Set<string>()
  return units.filter((unit) => {
    const key = `${unit.kind}:${unit.key}`
    return !seen.has(key) && seen.add(key)
  })
}

/** Gibberish, or another language. */
function isUnreadable(words: readonly string[], speller: Speller): boolean {
  const strange = words.filter(
    (word) => !/^\p{N}/u.test(word) && !functionWords.has(word) && !speller.isKnown(word),
  )
  return strange.length > 0 && strange.length >= words.length * 0.6
}

function leans(words: readonly string[]): boolean {
  const start = words.slice(0, 2).join(' ')
  return (
    words.length <= 5 ||
    leaningStarts.has(start) ||
    leaningStarts.has(words[0] ?? '') ||
    words.some((word) => leaningWords.has(word))
  )
}

/** Chat spellings, slips and typos become the words they stand for; two words that are one become one. */
function spell(words: readonly string[], speller: Speller) {
  const mended = new Map<string, string>()
  const spelt: string[] = []
  for (const [i, word] of words.entries()) {
    const informal = informalForms.get(word)
    if (informal !== undefined) {
      spelt.push(...informal.split(' '))
      continue
    }
    const slip = questionWords.has(spelt.at(-1) ?? '') ? slipsAfterQuestionWord.get(word) : undefined
    const right = slip ?? speller.mend(word)
    if (right !== word) mended.set(word, right)
    spelt.push(right)
    const before = spelt.at(-2)
    const joined = i > 0 && before !== undefined ? speller.join(before, right) : undefined
    if (joined !== undefined) spelt.splice(-2, 2, joined)
  }
  return { words: spelt, mended }
}
