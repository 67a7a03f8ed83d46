import { certainEnough, createChat } from './answer/chat.ts'
import { createCompose } from './answer/compose.ts'
import { isOnSubject } from './answer/confidence.ts'
import { decide } from './answer/decide.ts'
import { type Caveat, type NoMatch, shownBy } from './answer/decision.ts'
import { explain } from './answer/explain.ts'
import { createLookUp, type Picked, type Picks } from './answer/look-up.ts'
import { type Compiled, indexKey } from './content/load.ts'
import type { Content, Section } from './content/section.ts'
import {
  type Focus,
  isSame,
  isSameTalk,
  noTalk,
  resolveFocus,
  type Shown,
  type Talk,
  talkAfter,
} from './conversation/focus.ts'
import { nameJobs, points } from './conversation/pointing.ts'
import { cleanQuestion, lastQuestion } from './query/normalise.ts'
import { afterOpening } from './query/small-talk.ts'
import { createSpeller } from './query/spelling.ts'
import { createTagger, type TaggerSnapshot } from './query/tagger.ts'
import { createUnderstand, type Understanding } from './query/understand.ts'
import { type Reference, readReference, sectionKey } from './reference.ts'
import type { Reply } from './reply.ts'
import { createCoverage } from './search/coverage.ts'
import { createMeaning } from './search/meaning.ts'
import { type Candidate, createRank } from './search/rank.ts'
import { createSectionIndex, type IndexSnapshot, openSectionIndex } from './search/section-index.ts'
import { createSimilarity, type Keys, type SamplesSnapshot } from './search/similarity.ts'
import { stemOf } from './search/text.ts'

/** A section that was considered for a question. */
interface RankedSection {
  id: string
  title: string
  role: string | null
  topic: string | null
  score: number
}

export interface Answer {
  reply: Reply
  /** What the next question of the conversation can lean on. */
  talk: Talk | undefined
  /** 0 to 1: how sure it is that the reply answers the question; 0 when it gives no knowledge. */
  certainty: number
  /** True: a job or a field of work is named, so it is about careers whatever else is asked. */
  onSubject: boolean
  /** What neither the question nor the conversation names. */
  unnamed: { role: boolean; level: boolean }
  /** Best first, also when none of them was good enough to be shown. */
  sections: readonly RankedSection[]
  /** The same answer in another conversation, or in none; undefined where that one would change it. */
  after?: ((talk: Talk | undefined) => Answer | undefined) | undefined
  /** Why this answer, for `--explain`: a line each. */
  explain(): string[]
}

/** Answers questions from one version of the content. Pure: the same question and talk always give the same answer. */
export interface Engine {
  readonly content: Content
  /** What was made of the content, to be kept with `indexKey`. */
  snapshot(): EngineSnapshot
  /** @param limit how many sections to list, 1 to 100 */
  answer(question: string, talk?: Talk, limit?: number): Answer
  /** @returns undefined when what was picked has to be asked in words */
  lookUp(picked: Picked): Answer | undefined
  /** What was picked beside a question, in any words. */
  picksOf(picked: { role?: string | undefined; level?: string | undefined }): Picks
  /** @returns what to say when two jobs, in any words, cannot be put side by side */
  comparable(roles: readonly [string, string]): Answer | undefined
  /** What a question names, to find questions that ask for the same. */
  keysOf(question: string): Keys
  /** Shows again what a reply referred to. */
  open(reference: Reference): Answer
}

/** What takes long to make of the content, as data. */
interface EngineSnapshot {
  index: IndexSnapshot
  tagger: TaggerSnapshot
  samples: SamplesSnapshot
  directions: string | undefined
}

export interface EngineOptions {
  /** May hold the index of this content. */
  compiled?: Compiled
  /** Called now and then with the number of sections indexed. */
  onProgress?: (done: number, total: number) => void
}

export async function createEngine(content: Content, options: EngineOptions = {}): Promise<Engine> {
  const { vocabulary } = content
  const known = options.compiled?.get(indexKey(content.fingerprint)) as EngineSnapshot | undefined
  const tagger = createTagger(vocabulary, known?.tagger)
  const index =
    known === undefined
      ? await createSectionIndex(content.sections, tagger, options.onProgress)
      : openSectionIndex(content.sections, known.index)
  const understand = createUnderstand(
    vocabulary,
    tagger,
    createSpeller({
      preferred: tagger.words,
      known: tagger.otherWords,
      words: index.words,
      frequency: (word) => index.frequency(stemOf(word)),
      isPhrase: (parts) =>
        tagger.tag(parts.map(stemOf)).some(({ start, end }) => end - start === parts.length),
    }),
  )
  const { sections } = content
  const coverage = createCoverage(index, vocabulary)
  const similarity = createSimilarity(sections, understand, coverage, known?.samples)
  const meaning = vocabulary.roles.length === 0 ? undefined : createMeaning(sections, known?.directions)
  const rank = createRank(index, vocabulary, coverage, similarity, meaning)
  const compose = createCompose(content)
  const looking = createLookUp(content, understand)
  const knows = {
    covered: new Set(vocabulary.roles.filter((role) => role.covered).map((role) => role.id)),
    kindOf: new Map(vocabulary.roles.map((role) => [role.id, role.kindOf])),
    hasSubject: vocabulary.roles.length > 0,
    frequency: index.frequency,
    startTopic: vocabulary.subject.startTopic,
    uncomparable: new Set(vocabulary.topics.filter((topic) => !topic.compared).map((topic) => topic.id)),
  }

  const { asideOf, chatOf, nextAfter } = createChat(compose, knows.hasSubject)
  const labels = new Map(vocabulary.roles.map((role) => [role.id, role.label]))
  let byKey: Map<string, Section> | undefined
  function sectionOf(key: string): Section | undefined {
    byKey ??= new Map(content.sections.map((section) => [sectionKey(section.id), section]))
    return byKey.get(key)
  }

  function declined(about: NoMatch): Answer {
    const role = about.kind === 'topic' ? about.role : undefined
    return without(
      compose.declined(about, role),
      undefined,
      `nothing was found for what was picked: ${about.kind}`,
    )
  }

  function picked(section: Section, caveat: Caveat | undefined): Answer {
    const { role, topic, level } = section
    return {
      reply: compose.shown(section, caveat, []),
      talk: {
        ...noTalk,
        roles: role === undefined ? [] : [role],
        topics: new Map(topic === undefined ? [] : [[topic, 1]]),
        levels: level === undefined ? [] : [level],
        shown: section,
      },
      certainty: 1,
      onSubject: true,
      unnamed: { role: false, level: false },
      sections: [{ ...listed(section), score: 1 }],
      explain: () => ['decision: answer, the section was picked'],
    }
  }

  /** Its own function, so that what is kept holds on to no candidate. */
  function anywhere(
    answered: Answer,
    asked: Understanding,
    focus: Focus,
    shown: Shown | undefined,
  ): Answer['after'] {
    const { explain: _, ...rest } = answered
    return function after(talk) {
      if (!isSame(resolveFocus(asked, talk, knows.covered), focus)) return undefined
      const next = talkAfter(asked, focus, shown, talk)
      // Thousands of conversations hold on to the same talk rather than each to one of its own.
      const same = rest.talk !== undefined && isSameTalk(next, rest.talk) ? rest.talk : next
      return { ...rest, talk: same, after, explain: () => [] }
    }
  }

  /** @param text clean, of one sentence or several */
  function answerTo(text: string, talk: Talk | undefined, limit: number): Answer {
    const whole = understand(text)
    const next = nextAfter(whole, talk?.shown)
    if (next !== undefined) return { ...answerTo(next, undefined, limit), after: undefined }
    const chat = chatOf(whole, text, talk?.shown)
    if (chat !== undefined) {
      const said = without(chat.reply, talk, chat.reason)
      return chat.leans ? { ...said, after: undefined } : said
    }
    const rest = afterOpening(text)
    const asked = rest === text ? whole : understand(rest)
    const focus = resolveFocus(asked, talk, knows.covered)
    const candidates = rank(asked, focus, limit)
    const decision = decide(asked, focus, candidates, knows)
    const aside = asideOf(whole.words, text, decision)
    if (aside !== undefined) return without(aside.reply, talk, aside.reason)
    const shown = shownBy(decision)
    const answered = {
      reply: compose.reply(decision, focus, asked.words),
      talk: talkAfter(asked, focus, shown, talk),
      onSubject: isOnSubject(asked, focus),
      unnamed: {
        role: [...asked.roles, ...focus.roles, ...focus.fields].length === 0 && !asked.compares,
        level: focus.levels.length === 0,
      },
      certainty: decision.kind === 'comparison' ? 1 : decision.kind === 'answer' ? decision.sureness : 0,
      sections: shownFirst(candidates, shown?.section)
        .slice(0, limit)
        .map(({ section, score }) => ({ ...listed(section), score: Math.round(score * 1000) / 1000 })),
      explain: () => explain(asked, focus, candidates, decision),
    }
    return { ...answered, after: anywhere(answered, asked, focus, shown) }
  }

  const engine: Engine = {
    content,
    snapshot: () => ({
      index: index.snapshot(),
      tagger: tagger.snapshot(),
      samples: similarity.snapshot(),
      directions: meaning?.snapshot(),
    }),
    keysOf: similarity.wholeOf,
    open(reference) {
      const target = readReference(reference)
      if (target?.kind === 'question') return engine.answer(target.text)
      if (target?.kind === 'comparison' && target.roles.every((role) => labels.has(role)))
        return engine.answer(target.roles.map((role) => labels.get(role)).join(' vs '))
      const section = target?.kind === 'section' ? sectionOf(target.key) : undefined
      if (section === undefined) return without(compose.gone(), undefined, 'the reference is not known')
      return picked(section, undefined)
    },
    lookUp(what) {
      const found = looking.lookUp(what)
      if (found.kind === 'question') return undefined
      return found.kind === 'section' ? picked(found.section, found.caveat) : declined(found.about)
    },
    picksOf: ({ role = '', level = '' }) => looking.picksOf({ role, level }),
    comparable(words) {
      const [first, second] = words.map(looking.roleOf)
      const unknown = [first, second].flatMap((one) =>
        one !== undefined && 'unknown' in one ? one.unknown : [],
      )
      if (unknown.length > 0) return declined({ kind: 'uncovered', labels: unknown })
      const ids = [first, second].flatMap((one) => (one !== undefined && 'id' in one ? one.id : []))
      if (new Set(ids).size === 2) return undefined
      return without(compose.pickTwo(), undefined, 'there are no two jobs')
    },
    answer(question, talk, limit = 5) {
      const said = cleanQuestion(question)
      const text = nameJobs(said, talk, (role) => labels.get(role) ?? role)
      const whole = answerTo(text, talk, limit)
      // Whoever tells much about themselves may come to the question only in the end.
      const isUnsure = ['answer', 'no-match'].includes(whole.reply.kind) && whole.certainty < certainEnough
      const last = isUnsure ? lastQuestion(text) : undefined
      const found = last === undefined ? whole : answerTo(last, talk, limit)
      const best = found.certainty >= certainEnough && isPlain(found.reply) ? found : whole
      return points(said) ? { ...best, after: undefined } : best
    },
  }
  return engine
}

/** What is shown leads the list, also where deciding preferred it to one that fits the words better. */
function shownFirst(candidates: readonly Candidate[], shown: Section | undefined): readonly Candidate[] {
  const first = candidates.filter(({ section }) => section === shown)
  return first.length === 0
    ? candidates
    : [...first, ...candidates.filter(({ section }) => section !== shown)]
}

/** An answer to all that was asked. */
function isPlain(reply: Reply): boolean {
  return !('caveat' in reply) || reply.caveat === undefined
}

function listed({ id, title, role, topic }: Section): Omit<RankedSection, 'score'> {
  return { id, title, role: role ?? null, topic: topic ?? null }
}

function without(reply: Reply, talk: Talk | undefined, reason: string): Answer {
  return {
    reply,
    after: (other) => without(reply, other, reason),
    talk,
    certainty: 0,
    onSubject: false,
    unnamed: { role: false, level: false },
    sections: [],
    explain: () => [`decision: ${reply.kind}, ${reason}`],
  }
}
