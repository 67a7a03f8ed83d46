import type { Engine } from '../engine.ts'
import { readReference } from '../reference.ts'
import { isAnswered } from '../reply.ts'
import type { FeedbackEntry, QuestionEntry } from '../store/store.ts'
import { type Group, groupAlike, takingTurns } from './group.ts'
import { createStub, type Stub } from './stub.ts'
import { type AskedQuestion, byText, type Counted, createTally, mostOften, outcomeOf } from './tally.ts'

/** What people asked and what became of it, for those who keep the documents. */
export interface Insights {
  /** Only what happened from this time on; undefined: all that is kept. Milliseconds since 1970. */
  since: number | undefined
  /** When it was counted. Milliseconds since 1970. */
  until: number
  /** False: questions are not kept at present, so what is shown was kept before. */
  questionsAreKept: boolean
  totals: Totals
  /** Most asked first; so for all lists. */
  topQuestions: readonly QuestionGroup[]
  /** Questions that found no answer, and find none in the present documents. */
  unanswered: readonly UnansweredGroup[]
  /** Groups that found no answer once, and find one in the present documents. */
  answeredSince: readonly QuestionGroup[]
  /** What answers did not cover, in the words that were said. */
  caveats: readonly Counted[]
  sectionsUsed: readonly SectionUse[]
  /** Worst first: those that more people called unhelpful. */
  unhelpful: readonly Rating[]
  /** In the order of time; days without anything are left out. */
  days: readonly DayUse[]
}

interface Totals {
  /** Without greetings and the like. */
  questions: number
  answered: number
  withCaveat: number
  unanswered: number
  /** The bot asked back which of two things is meant. */
  askedBack: number
  /** Greetings, thanks, help. */
  other: number
  /** How many members asked; undefined where they are not told apart. */
  members: number | undefined
  helpful: number
  unhelpful: number
  /** So many rarely asked questions are counted above and not grouped. */
  notGrouped: number
}

/** Questions that ask for the same. */
export interface QuestionGroup {
  /** The one that most people asked. */
  question: string
  /** How often all of them were asked. */
  count: number
  answered: number
  unanswered: number
  /** How many members asked; undefined where they are not told apart. */
  members: number | undefined
  /** The ways in which it was asked, at most 10. */
  wordings: readonly Counted[]
  /** Milliseconds since 1970. */
  first: number
  last: number
}

interface UnansweredGroup extends QuestionGroup {
  stub: Stub
}

interface SectionUse {
  id: string
  /** Undefined for a section that is gone. */
  title: string | undefined
  count: number
}

interface Rating {
  /** Undefined for a section that is gone. */
  section: string | undefined
  title: string | undefined
  helpful: number
  unhelpful: number
  /** At most 20. */
  reasons: readonly Counted[]
}

interface DayUse {
  /** ISO date in UTC. */
  day: string
  questions: number
  answered: number
  /** Name of the platform → questions. */
  platforms: Readonly<Record<string, number>>
}

export interface Rows {
  questions: AsyncIterable<QuestionEntry> | Iterable<QuestionEntry>
  feedback: AsyncIterable<FeedbackEntry> | Iterable<FeedbackEntry>
}

export type InsightOptions = Pick<Insights, 'since' | 'until' | 'questionsAreKept'>

/** Grouping more would take longer than anybody waits; the rarest are left out. */
const mostGrouped = 5_000
const mostListed = { top: 20, unanswered: 50, others: 50, wordings: 10, reasons: 20 }

/** The same rows, documents and options always give the same value. */
export async function computeInsights(
  { questions, feedback }: Rows,
  engine: Engine,
  options: InsightOptions,
): Promise<Insights> {
  const asked = await readQuestions(questions)
  const rated = await readFeedback(feedback, engine)
  const distinct = asked.tally.questions()
  const grouped = distinct.slice(0, mostGrouped)
  const left = distinct.slice(mostGrouped)
  const keysOf = ({ text }: AskedQuestion) => engine.keysOf(text)
  const unanswered = await groupAlike(
    grouped.filter((question) => question.unanswered > 0),
    keysOf,
  )
  const open: Group<AskedQuestion>[] = []
  const answeredSince: Group<AskedQuestion>[] = []
  const turn = takingTurns()
  for (const group of unanswered) {
    const isAnsweredNow = isAnswered(engine.answer(group[0].text).reply)
    if (isAnsweredNow) answeredSince.push(group)
    else open.push(group)
    await turn()
  }
  const titles = new Map(engine.content.sections.map(({ id, title }) => [id, title]))
  return {
    ...options,
    totals: {
      ...asked.totals,
      members: asked.members.size || undefined,
      helpful: rated.reduce((sum, { helpful }) => sum + helpful, 0),
      unhelpful: rated.reduce((sum, { unhelpful }) => sum + unhelpful, 0),
      notGrouped: left.reduce((sum, { count }) => sum + count, 0),
    },
    topQuestions: listed(await groupAlike(grouped, keysOf), mostListed.top),
    unanswered: listed(open, mostListed.unanswered, 'unanswered').map((group) => ({
      ...group,
      stub: createStub(
        group.wordings.map(({ text }) => text),
        engine.keysOf(group.question),
        engine.content.vocabulary,
      ),
    })),
    answeredSince: listed(answeredSince, mostListed.others, 'unanswered'),
    caveats: mostOften(asked.caveats).slice(0, mostListed.others),
    sectionsUsed: mostOften(asked.sections).map(({ text: id, count }) => ({
      id,
      title: titles.get(id),
      count,
    })),
    unhelpful: rated.filter((rating) => rating.unhelpful > 0).slice(0, mostListed.others),
    days: [...asked.days.values()].sort((a, b) => byText({ text: a.day }, { text: b.day })),
  }
}

/** @param by what decides which comes first */
function listed(
  groups: readonly Group<AskedQuestion>[],
  most: number,
  by: 'count' | 'unanswered' = 'count',
): QuestionGroup[] {
  return groups
    .map((group): QuestionGroup & { text: string } => {
      const sum = (name: 'count' | 'answered' | 'unanswered'): number =>
        group.reduce((total, question) => total + question[name], 0)
      const members = new Set(group.flatMap((question) => [...question.members]))
      return {
        text: group[0].text,
        question: group[0].text,
        count: sum('count'),
        answered: sum('answered'),
        unanswered: sum('unanswered'),
        members: members.size || undefined,
        wordings: group.slice(0, mostListed.wordings).map(({ text, count }) => ({ text, count })),
        first: Math.min(...group.map(({ first }) => first)),
        last: Math.max(...group.map(({ last }) => last)),
      }
    })
    .sort((a, b) => b[by] - a[by] || byText(a, b))
    .slice(0, most)
    .map(({ text: _, ...group }) => group)
}

async function readQuestions(questions: Rows['questions']) {
  const tally = createTally()
  const totals = { questions: 0, answered: 0, withCaveat: 0, unanswered: 0, askedBack: 0, other: 0 }
  const caveats = new Map<string, number>()
  const sections = new Map<string, number>()
  const members = new Set<string>()
  const days = new Map<string, DayUse & { platforms: Record<string, number> }>()
  const add = (counts: Map<string, number>, name: string): void =>
    void counts.set(name, (counts.get(name) ?? 0) + 1)
  for await (const entry of questions) {
    const outcome = outcomeOf(entry.kind)
    totals[outcome]++
    if (entry.member !== undefined) members.add(entry.member)
    if (outcome === 'other') continue
    totals.questions++
    tally.add(entry)
    // What is kept of a question without an answer is the section that came nearest.
    if (outcome === 'answered' && entry.section !== undefined) add(sections, entry.section)
    if (entry.caveat !== undefined) {
      totals.withCaveat++
      add(caveats, entry.caveat)
    }
    const day = new Date(entry.at).toISOString().slice(0, 10)
    const use = days.get(day) ?? { day, questions: 0, answered: 0, platforms: Object.create(null) }
    use.questions++
    use.answered += Number(outcome === 'answered')
    const platform = entry.platform ?? 'unknown'
    use.platforms[platform] = (use.platforms[platform] ?? 0) + 1
    days.set(day, use)
  }
  return { tally, totals, caveats, sections, members, days }
}

/** Worst first. */
async function readFeedback(feedback: Rows['feedback'], engine: Engine): Promise<Rating[]> {
  const known = new Map<string, ReturnType<typeof sectionOf>>()
  const ratings = new Map<string, Rating & { counts: Map<string, number> }>()
  for await (const { reference, helpful, reason } of feedback) {
    const found = known.get(reference) ?? sectionOf(reference, engine)
    known.set(reference, found)
    const { section, title } = found
    // Sections that are gone are told apart by their references, which are all that is left of them.
    const key = section ?? `~ ${reference}`
    const rating = ratings.get(key) ?? {
      section,
      title,
      helpful: 0,
      unhelpful: 0,
      reasons: [],
      counts: new Map(),
    }
    if (helpful) rating.helpful++
    else rating.unhelpful++
    if (!helpful && reason?.trim())
      rating.counts.set(reason.trim(), (rating.counts.get(reason.trim()) ?? 0) + 1)
    ratings.set(key, rating)
  }
  return [...ratings]
    .sort(([one, a], [other, b]) => b.unhelpful - a.unhelpful || byText({ text: one }, { text: other }))
    .map(([, { counts, ...rating }]) => ({
      ...rating,
      reasons: mostOften(counts).slice(0, mostListed.reasons),
    }))
}

function sectionOf(reference: string, engine: Engine) {
  const reply = readReference(reference) && engine.open(reference).reply
  if (reply === undefined || !isAnswered(reply)) return { section: undefined, title: undefined }
  const isPair = reply.kind === 'comparison'
  return { section: isPair ? reference : reply.source.section.id, title: reply.title }
}
