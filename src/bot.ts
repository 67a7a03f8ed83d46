import { aboutReply } from './answer/about.ts'
import { type Complete, createComplete } from './answer/complete.ts'
import { remarks } from './answer/phrases.ts'
import { createSuggest } from './answer/suggest.ts'
import { tailor } from './answer/tailor.ts'
import { type Browsing, createBrowsing } from './browse.ts'
import { createCommunityLimits } from './community-limits.ts'
import { noTalk, type Talk } from './conversation/focus.ts'
import { createHabits } from './conversation/habits.ts'
import { createMemory } from './conversation/memory.ts'
import { createProfiles, type Profile } from './conversation/profiles.ts'
import type { Answer, Engine } from './engine.ts'
import type { Browse, Event, Feedback, Guided, Joined, Missed, Personal, Question } from './event.ts'
import { type Answering, createKeptAnswers } from './kept-answers.ts'
import { createGreeter, type Greetings } from './onboarding/greeter.ts'
import { createGuide } from './onboarding/guide.ts'
import { createPersonal } from './personal.ts'
import type { RateLimit } from './rate-limit.ts'
import { Recent } from './recent.ts'
import { type Reference, readReference } from './reference.ts'
import { type AboutReply, isAnswered, type Reply, type Suggestion } from './reply.ts'
import type { Members } from './store/store.ts'
import { createUnasked } from './unasked.ts'

/** The one door for adapters: an event in, a reply out. It never throws for anything that a person can send. */
export interface Bot {
  handle(event: Event): Promise<Reply>
  /** The same for a question, with the sections that were considered, best first: programs want to see them. */
  ask(question: Question): Promise<Answered>
  /** What to offer while somebody types. */
  complete: Complete
  /**
   * The first look at a document takes longer than all others; this is it, so that nobody has to wait for it. The first
   * step makes what every answer needs and takes a while, the others take a few milliseconds each.
   */
  warmUp(): Iterator<void>
}

/** A reply and what it was chosen from. */
export type Answered = Pick<Answer, 'reply' | 'sections'>

export interface BotDeps {
  /** Gives the present engine: it changes when the content does. */
  engine(): Engine
  /** The time in milliseconds. */
  now(): number
  limit: RateLimit
  /** Keeps what members picked; their ids are hashed before. */
  members: Members
  /** Who was greeted in a community; left out: only this process remembers it. */
  greetings?: Greetings
  /** Keeps what people thought of an answer. */
  keepFeedback(feedback: Feedback): void
  /** How long questions are kept, to be told to whoever asks; 0 or nothing: they are not. */
  questionLogDays?: number | undefined
  /** Keeps a question and what became of it; left out: no question is kept. */
  keepQuestion?(question: Question, reply: Reply, section: string | undefined): void
}

/** So many documents are looked at before anybody asks. */
const mostWarmed = 150

const mostVotes = 10_000

const silence: Reply = { kind: 'silent', suggestions: [] }

type Asking = Exclude<Event, Personal | Guided | Joined | Missed | Feedback>

/** What is made of one version of the content. */
interface Offers {
  suggestions: readonly Suggestion[]
  complete: Complete
  browsing: Browsing
  /** What the engine answers, kept. */
  answer: Answering
}

export function createBot(deps: BotDeps): Bot {
  const { engine, now, limit, keepFeedback, keepQuestion, members } = deps
  const memory = createMemory(now)
  const habits = createHabits()
  const communityLimits = createCommunityLimits()
  const profiles = createProfiles(members, now)
  const guide = createGuide({ engine, profiles })
  const greeter = createGreeter(engine, deps.greetings)
  const personal = createPersonal({
    profiles,
    habits,
    about,
    complete: () => offers().complete,
    forgetTalk(member, conversation) {
      memory.remember(conversation, undefined)
      memory.remember(forOne(conversation), undefined)
      memory.forget(member)
      greeter.forget(member)
      for (const key of votes.keys()) if (key.startsWith(`${member}\n`)) votes.delete(key)
    },
  })
  const unasked = createUnasked(engine, now)
  /** What a member thought of an answer, the last ones. */
  const votes = new Recent<string, boolean>(mostVotes)
  const made = new WeakMap<Engine, Offers>()

  function about(): AboutReply {
    return aboutReply(engine().content, offers().suggestions, deps.questionLogDays ?? 0)
  }

  /** What is made of the content once, when somebody first needs it. */
  function offers() {
    const present = engine()
    let known = made.get(present)
    if (known === undefined) {
      const { sections, vocabulary } = present.content
      const suggestions = createSuggest(sections, vocabulary).about(undefined)
      const usual = suggestions.map(({ question }) => question)
      const answer = createKeptAnswers(present)
      known = {
        suggestions,
        complete: createComplete(present.content, usual),
        browsing: createBrowsing(present, byItself),
        answer,
      }
      made.set(present, known)
    }
    return known
  }

  function answer(event: Asking, profile: Profile | undefined): Answer | Reply {
    switch (event.kind) {
      case 'question':
        return question(event, profile)
      case 'browse':
        return tailorBrowse(event, profile)
      case 'compare':
        return offers().browsing.compare(event)
      case 'open':
        return open(event.reference)
      case 'about':
        return about()
      case 'help':
        return byItself('help')
    }
  }

  function question(event: Question, profile: Profile | undefined): Answer {
    const { role, level, others } = engine().picksOf(event)
    const earlier = event.after === undefined ? undefined : engine().open(event.after).talk
    const before = earlier ?? (event.alone ? undefined : recall(event))
    // A job that was picked is the one talked about, unless the question names another; so is a level, where it fits.
    const talk = role === undefined ? before : { ...(before ?? noTalk), roles: [role] }
    const ask = (...more: string[]): Answer => {
      const beside = [...others, ...more].map((words) => ` (${words})`).join('')
      return inTalk(event.text + beside, talk)
    }
    const told = level === undefined ? profile : { progress: null, ...profile, level }
    return tailor(engine(), ask(), told, ask)
  }

  function inTalk(question: string, talk: Talk | undefined): Answer {
    return offers().answer(question, talk)
  }

  function byItself(question: string): Answer {
    return inTalk(question, undefined)
  }

  function open(reference: Reference): Answer {
    const target = readReference(reference)
    return target?.kind === 'question' ? byItself(target.text) : engine().open(reference)
  }

  /** @returns undefined while there is room */
  async function limited(
    { member, limits }: Pick<Question, 'member' | 'limits'>,
    place?: string,
  ): Promise<Reply | undefined> {
    const over = (await limit(member, place)) ?? (limits && (await communityLimits(limits, member, place)))
    if (over === undefined) return undefined
    return { kind: 'limited', text: remarks.tooMany(over.retryAfter), suggestions: [], ...over }
  }

  /** What somebody asked in private, and what was filled in from their profile, must not show where others read along. */
  function recall({ conversation, isPrivate }: Question): Talk | undefined {
    const inPrivate = isPrivate ? memory.recall(forOne(conversation)) : undefined
    return inPrivate ?? memory.recall(conversation)
  }

  function remember({ conversation, member, isPrivate }: Asking, { talk }: Answer): void {
    memory.remember(forOne(conversation), isPrivate ? talk : undefined, member)
    if (!isPrivate) memory.remember(conversation, talk, member)
  }

  function tailorBrowse(event: Browse, profile: Profile | undefined): Answer {
    const { browse } = offers().browsing
    const { role, level } = event
    const unnamed = { role: !role, level: !level && event.subject !== 'role' }
    return tailor(engine(), { ...browse(event), unnamed }, profile, (told) =>
      browse({ ...event, role: role || told, level: role ? told : undefined }),
    )
  }

  async function rate(event: Feedback): Promise<Reply> {
    const over = await limited(event)
    if (over !== undefined) return over
    // What was made up must not fill the database.
    const { reply: rated } = open(event.reference)
    if (!isAnswered(rated)) return rated
    const { member: _, ...kept } = event
    if (isNews(event)) keepFeedback({ ...kept, reference: rated.reference })
    return { kind: 'chat', text: event.helpful ? remarks.thanks : remarks.thanksForSaying, suggestions: [] }
  }

  /** A member's second click on the same button says nothing new; a reason does. */
  function isNews({ member, reference, helpful, reason }: Feedback): boolean {
    if (member === undefined || reason !== undefined) return true
    const key = `${member}\n${reference}`
    if (votes.get(key) === helpful) return false
    votes.set(key, helpful)
    return true
  }

  /** Somebody who did not ask: what is not answered costs nobody a question, and too much is met with silence. */
  async function volunteer(event: Question): Promise<Answered> {
    const found = unasked(event.text, event.place)
    if (found === undefined || (await limited(event, event.place)) !== undefined) return only(silence)
    return given(event, found)
  }

  function given(event: Asking, answered: Answer): Answered {
    const { reply, sections } = answered
    if (isAnswered(reply)) habits.note(event.member, { label: reply.title, reference: reply.reference })
    if (event.kind === 'question' && !event.quoted) keepQuestion?.(event, reply, sections[0]?.id)
    remember(event, answered)
    return { reply, sections }
  }

  async function serve(event: Asking): Promise<Answered> {
    const { member, isPrivate } = event
    const isOwn = isPrivate && !(event.kind === 'question' && event.quoted)
    const profile = isOwn && member !== undefined ? await profiles.peek(member) : undefined
    const answered = answer(event, profile)
    return 'kind' in answered ? only(answered) : given(event, answered)
  }

  async function attend(event: Event): Promise<Answered> {
    if (event.kind === 'feedback') return only(await rate(event))
    if (event.kind === 'joined') return only(await greeter.greet(event))
    if (event.kind === 'missed') return only(await greeter.miss(event))
    if (event.kind === 'question' && event.unasked) return volunteer(event)
    const over = await limited(event, event.place)
    if (over !== undefined) return only(over)
    switch (event.kind) {
      case 'home':
      case 'forget':
      case 'profile':
        return only(await personal.handle(event))
      case 'start':
      case 'next':
      case 'step':
        return only(await guide.handle(event))
      default:
        return serve(event)
    }
  }

  return {
    handle: async (event) => (await attend(event)).reply,
    ask: attend,
    *warmUp() {
      offers().complete.questions('what', 1)
      for (const { value } of offers().complete.roles('', 50))
        offers().browsing.browse({ subject: 'role', role: value })
      yield
      for (const { questions } of engine().content.sections.slice(0, mostWarmed)) {
        engine().answer(questions[0] ?? '')
        yield
      }
    },
    complete: {
      questions: (typed, most) => offers().complete.questions(typed, most),
      roles: (typed, most) => offers().complete.roles(typed, most),
      levels: (typed, most) => offers().complete.levels(typed, most),
    },
  }
}

/** Nothing was looked up for it. */
function only(reply: Reply): Answered {
  return { reply, sections: [] }
}

/** A conversation as only the member sees it. */
function forOne(conversation: string): string {
  return `${conversation} (private)`
}
