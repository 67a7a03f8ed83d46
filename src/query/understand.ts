import { stemOf } from '../search/text.ts'
import { functionWords, isChatter, synonymsOf } from './english.ts'
import { spell } from './normalise.ts'
import type { Speller } from './spelling.ts'
import type { Tag, Tagger } from './tagger.ts'
import { contentOf, createUncovered, type Missing, textOf } from './uncovered.ts'
import type { Vocabulary } from './vocabulary.ts'

/** A piece of a question that an answer has to cover. */
export interface Unit {
  kind: 'word' | 'concept' | 'role' | 'field' | 'topic' | 'level'
  /** A stem for a word, otherwise the id in the vocabulary. */
  key: string
  /** As the person wrote it. */
  text: string
  /** The stems of its words; none for a pattern. */
  stems: string[]
}

/** What a question says, before any section is looked at. */
export interface Understanding {
  /** Lower-case words, typos mended. */
  words: string[]
  /** What was mended, from → to. */
  mended: ReadonlyMap<string, string>
  roles: string[]
  /** Roles whose field of work is named ("machine learning"). */
  fields: string[]
  /** Topic → how strong a sign of it the words are. */
  topics: ReadonlyMap<string, number>
  /** True: the topic is not asked for, but what a bare role or level stands for. */
  assumed: boolean
  levels: string[]
  concepts: string[]
  uncovered: Missing[]
  /** Two things are held against each other. */
  compares: boolean
  /** Only an "or" stands between two jobs, and something is asked of both ("which language, for ML or data science?"). */
  offersBoth: boolean
  units: Unit[]
  /** Words of chatter: searched for with little weight, never asked to be covered. Stems. */
  chatter: string[]
  /** Stems → stems of other words for them. */
  synonyms: ReadonlyMap<string, readonly string[]>
  /** True: it sounds like a question about work ("who does …", "do they …"). */
  aboutWork: boolean
  /** True: it speaks of the asker's own things ("my phone"). */
  aboutOwnThings: boolean
  /** True: most of its words are neither English nor typos of it. */
  unreadable: boolean
  /** True: it may lean on what was said before ("and they?"). */
  leaning: boolean
  /** True: it is a whole sentence by itself ("What is …"), not a fragment ("and …?"). */
  complete: boolean
}

export type Understand = (question: string) => Understanding

/** A topic that is only assumed is a weak sign. */
const assumedLevelTopic = 0.5
/** What is left of a general topic beside a special one that belongs to it. */
const generalShare = 0.3

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '))
const comparing = set(
  'vs versus difference differences different differ differs compare compared comparison better distinguish distinguishes distinction',
)
const leaningStarts = new Set(['and', 'what about', 'how about', 'or', 'but', 'also', 'then', 'so'])
const leaningWords = set(
  'they them their theirs it its that those these there one ones he she his her this such same then else',
)
const workWords = set(
  'they them their who someone somebody anyone anybody people job jobs career careers engineer engineers',
)
const ownWords = set('my mine me')
/** "My boss says", "my team": this is about work again. */
const workMates = set(
  'colleague colleagues boss manager team office workplace class teacher father mother parents friend company job career teacher professor project model models degree skills background',
)
const degrees = set(
  'more most less least fewer harder hardest easier easiest higher highest lower safer faster quicker bigger',
)
const askingForOneself = /\b(?:do i need|do i have|would i|should i)\b/
const beginning = /^(?:what|who|how|which|why|where|when) (?:is|are|does|do|did|can|should|would|exactly)$/

export function createUnderstand(vocabulary: Vocabulary, tagger: Tagger, speller: Speller): Understand {
  const { generalOf, uncoveredOf, withoutAimed } = createUncovered(vocabulary)
  const topicsOf = createTopics(vocabulary)
  const { comparisonTopic } = vocabulary.subject

  return (question) => {
    const { words, mended } = spell(question, speller, tagger.expand)
    const stems = words.map(stemOf)
    const tags = withoutParts(tagger.tag(stems))
    const patterns = withoutAimed(tagger.patterns(stems), tags)
    const general = generalOf([...tags, ...patterns])
    const idsOf = (kind: Tag['kind']): string[] => [
      ...new Set([...tags, ...general].filter((tag) => tag.kind === kind).map((tag) => tag.id)),
    ]
    const { topics, assumed } = topicsOf(words, tags, patterns)
    const start = words.slice(0, 2).join(' ')
    return {
      words,
      mended,
      roles: mainRoles(words, tags, comparesIn(words, tags)),
      fields: idsOf('field'),
      topics,
      assumed,
      levels: idsOf('level'),
      concepts: idsOf('concept'),
      uncovered: uncoveredOf(words, stems, [...tags, ...patterns]),
      compares: (comparisonTopic !== undefined && topics.has(comparisonTopic)) || comparesIn(words, tags),
      offersBoth:
        !assumed &&
        (topics.size > 0 || idsOf('concept').length > 0) &&
        !holdsApart(words) &&
        !asksToChoose(words),
      ...unitsOf(words, stems, tags, [...patterns, ...general]),
      aboutWork: words.some((word) => workWords.has(word)) || askingForOneself.test(words.join(' ')),
      aboutOwnThings: words.some((word, i) => ownWords.has(word) && !workMates.has(words[i + 1] ?? '')),
      unreadable: tags.length === 0 && isUnreadable(words, speller),
      leaning:
        words.length <= 5 ||
        leaningStarts.has(start) ||
        leaningStarts.has(words[0] ?? '') ||
        words.some((word) => leaningWords.has(word)),
      complete: beginning.test(start),
    }
  }
}

/**
 * The jobs asked about. "Data engineering skills for AI engineers" is about AI engineers; the other job is only
 * mentioned, unless the two are compared.
 */
function mainRoles(words: readonly string[], tags: readonly Tag[], compares: boolean): string[] {
  const jobs = tags.filter((tag) => tag.kind === 'role')
  const isMain = ({ start }: Tag): boolean =>
    words
      .slice(Math.max(0, start - 2), start)
      .some((word) => word === 'for' || word === 'as' || word === 'become')
  const main = compares ? [] : jobs.filter(isMain)
  return [...new Set((main.length > 0 ? main : jobs).map((tag) => tag.id))]
}

/** "Two years of experience" is a level, and no question about years of experience. */
function withoutParts(tags: readonly Tag[]): Tag[] {
  const isPart = (tag: Tag): boolean =>
    tag.kind === 'concept' &&
    tags.some(
      ({ kind, start, end }) =>
        kind === 'level' && start <= tag.start && tag.end <= end && end - start > tag.end - tag.start,
    )
  return tags.filter((tag) => !isPart(tag))
}

/** "What does she do that a programmer does not?" */
const heldApart = /\b(?:more|less|harder|easier) than\b|\bthat (?:\w{1,20} ){1,4}(?:does|do|can) not$/

function holdsApart(words: readonly string[]): boolean {
  return words.some((word) => comparing.has(word)) || heldApart.test(words.join(' '))
}

/** "Should I learn the one or the other?", "who earns more, …" */
function asksToChoose(words: readonly string[]): boolean {
  return words[0] === 'should' || words.some((word) => degrees.has(word))
}

function comparesIn(words: readonly string[], tags: readonly Tag[]): boolean {
  if (holdsApart(words)) return true
  const jobs = new Set(tags.filter((tag) => tag.kind === 'role' || tag.kind === 'field').map((tag) => tag.id))
  return jobs.size > 1 && words.includes('or')
}

function createTopics({ topics: known, subject }: Vocabulary) {
  const weightOf = new Map(known.map((topic) => [topic.id, topic.weight]))
  const near = new Map(known.map((topic) => [topic.id, topic.near]))
  const { defaultTopic, levelTopic } = subject

  return (words: readonly string[], tags: readonly Tag[], patterns: readonly Tag[]) => {
    const topics = new Map<string, number>()
    for (const { kind, id } of [...tags, ...patterns]) {
      if (kind === 'topic') topics.set(id, Math.max(topics.get(id) ?? 0, weightOf.get(id) ?? 1))
    }
    // "Which math skills?" asks for math: skills in general count little beside it.
    for (const [topic, weight] of topics) {
      const isGeneral = near.get(topic)?.some((other) => (topics.get(other) ?? 0) > weight)
      if (isGeneral) topics.set(topic, weight * generalShare)
    }
    if (topics.size > 0) return { topics, assumed: false }
    const namesLevel = tags.some((tag) => tag.kind === 'level')
    if (namesLevel && levelTopic !== undefined) topics.set(levelTopic, assumedLevelTopic)
    else if (defaultTopic !== undefined && namesOnlyARole(words, tags)) topics.set(defaultTopic, 1)
    return { topics, assumed: topics.size > 0 }
  }
}

/** "What is data engineering?", "who are NLP engineers": beside the role there are only words of grammar and chatter. */
function namesOnlyARole(words: readonly string[], tags: readonly Tag[]): boolean {
  const roles = tags.filter((tag) => tag.kind === 'role' || tag.kind === 'field')
  const isInRole = (start: number, end: number): boolean =>
    roles.some((role) => role.start <= start && end <= role.end)
  return (
    // Two jobs that are not held against each other have something to do with one another, and that is asked.
    (new Set(roles.map(({ id }) => id)).size === 1 || comparesIn(words, tags)) &&
    roles.length > 0 &&
    tags.every((tag) => isInRole(tag.start, tag.end)) &&
    words.every((word, i) => isInRole(i, i + 1) || functionWords.has(word) || isChatter(word))
  )
}

/** The pieces of a question: what the vocabulary knows, then the words that are left. */
function unitsOf(
  words: readonly string[],
  stems: readonly string[],
  tags: readonly Tag[],
  patterns: readonly Tag[],
): Pick<Understanding, 'units' | 'chatter' | 'synonyms'> {
  const units = new Map<string, Unit>()
  const add = (unit: Unit): void => {
    const name = `${unit.kind}:${unit.key}`
    if (!units.has(name)) units.set(name, unit)
  }
  for (const tag of tags) {
    if (tag.kind === 'subject' || tag.kind === 'detail' || isSaidByConcept(tag, tags)) continue
    add({ kind: tag.kind, key: tag.id, text: textOf(words, tag), stems: contentOf(words, stems, tag) })
  }
  for (const tag of patterns) {
    if (tag.kind === 'topic' || tag.kind === 'concept')
      add({ kind: tag.kind, key: tag.id, text: textOf(words, tag), stems: [] })
  }
  const known = new Set(
    tags.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, i) => start + i)),
  )
  const content = words.flatMap((word, i) => {
    const stem = stems[i]
    return stem === undefined || functionWords.has(word) ? [] : { word, stem, isKnown: known.has(i) }
  })
  const synonyms = new Map(
    content.map(({ stem }) => [stem, synonymsOf(stem)] as const).filter(([, others]) => others.length > 0),
  )
  const left = content.filter((one) => !one.isKnown)
  const isAsking = ({ word }: { word: string }): boolean => isChatter(word) || /^\p{N}+$/u.test(word)
  for (const one of left)
    if (!isAsking(one)) add({ kind: 'word', key: one.stem, text: one.word, stems: [one.stem] })
  return {
    units: [...units.values()],
    chatter: left.filter(isAsking).map(({ stem }) => stem),
    synonyms,
  }
}

/** The same words as a topic and as a concept are one thing asked, and the concept says more. */
function isSaidByConcept(tag: Tag, tags: readonly Tag[]): boolean {
  return (
    tag.kind === 'topic' &&
    tags.some((other) => other.kind === 'concept' && other.start === tag.start && other.end === tag.end)
  )
}

/** Gibberish, or another language. */
function isUnreadable(words: readonly string[], speller: Speller): boolean {
  const strange = words.filter(
    (word) => !/^\p{N}/u.test(word) && !functionWords.has(word) && !speller.isKnown(word),
  )
  return strange.length > 0 && strange.length >= words.length * 0.6
}
