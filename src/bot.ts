import { aboutReply } from './answer/about.ts'
import { capital } from './answer/comparison.ts'
import { type Complete, createComplete } from './answer/complete.ts'
import { remarks } from './answer/phrases.ts'
import { createSuggest } from './answer/suggest.ts'
import { tailor } from './answer/tailor.ts'
import { createCommunityLimits } from './community-limits.ts'
import type { Talk } from './conversation/focus.ts'
import { createHabits } from './conversation/habits.ts'
import { createMemory } from './conversation/memory.ts'
import { createProfiles, type Profile } from './conversation/profiles.ts'
import type { Answer, Engine } from './engine.ts'
import type { Browse, Event, Feedback, Guided, Joined, Personal, Question } from './event.ts'
import { createGreeter, type Greet } from './onboarding/greeter.ts'
import { createGuide } from './onboarding/guide.ts'
import { createPersonal } from './personal.ts'
import type { RateLimit } from './rate-limit.ts'
import { type Reference, readReference, refer } from './reference.ts'
import { isAnswered, type Link, type Reply, type Suggestion } from './reply.ts'
import type { Members } from './store/store.ts'

/** The one door for adapters: an event in, a reply out. It never throws for anything that a person can send. */
export interface Bot {
  handle(event: Event): Promise<Reply>
  /** What to offer while somebody types. */
  complete: Complete
  /** The first look at a document takes longer than all others; this is it, so that nobody has to wait for it. */
  warmUp(): void
}

export interface BotDeps {
  /** Gives the present engine: it changes when the content does. */
  engine(): Engine
  /** The time in milliseconds. */
  now(): number
  limit: RateLimit
  /** Keeps what members picked; their ids are hashed before. */
  members: Members
  /** Claims the greeting of a member in a community; left out: only this process remembers whom it greeted. */
  greet?: Greet
  /** Keeps what people thought of an answer. */
  keepFeedback(feedback: Feedback): void
  /** Keeps a question and what became of it; left out: no question is kept. */
  keepQuestion?(question: Question, reply: Reply, section: string | undefined): void
}

/** So many answers are kept ready, of questions of at most so many characters. About 2 kB each. */
const mostAnswers = 1_000
const longestKept = 200

/** Below this, nobody who did not ask is answered, 0 to 1. */
const certainEnough = 0.75

/** What is made of one version of the content. */
interface Offers {
  suggestions: readonly Suggestion[]
  complete: Complete
  /** Job → the way to all that is known of it. Finding out takes as long as eight questions, and jobs are few. */
  topics: Map<string, Link[]>
  /** Question → its answer, the one used last at the end. */
  answers: Map<string, Answer>
}

export function createBot(deps: BotDeps): Bot {
  const { engine, now, limit, keepFeedback, keepQuestion, members } = deps
  const memory = createMemory(now)
  const habits = createHabits()
  const communityLimits = createCommunityLimits()
  const profiles = createProfiles(members, now)
  const guide = createGuide({ engine, profiles })
  const greeter = createGreeter(engine, deps.greet)
  const personal = createPersonal({
    profiles,
    habits,
    about: () => aboutReply(engine().content, offers().suggestions),
    complete: () => offers().complete,
    forgetTalk(member, conversation) {
      memory.remember(conversation, undefined)
      memory.remember(forOne(conversation), undefined)
      memory.forget(member)
      greeter.forget(member)
    },
  })
  const made = new WeakMap<Engine, Offers>()

  /** What is made of the content once, when somebody first needs it. */
  function offers() {
    const present = engine()
    let known = made.get(present)
    if (known === undefined) {
      const { sections, vocabulary } = present.content
      const suggestions = createSuggest(sections, vocabulary).about(undefined)
      const usual = suggestions.map(({ question }) => question)
      known = {
        suggestions,
        complete: createComplete(present.content, usual),
        topics: new Map(),
        answers: new Map(),
      }
      made.set(present, known)
    }
    return known
  }

  function answer(
    event: Exclude<Event, Personal | Guided | Joined | Feedback>,
    profile: Profile | undefined,
  ): Answer | Reply {
    switch (event.kind) {
      case 'question': {
        if (event.unasked) return unasked(event.text)
        const picked = [event.level, event.role].filter(Boolean).join(' ')
        const text = picked === '' ? event.text : `${event.text} (${picked})`
        const earlier = event.after === undefined ? undefined : engine().open(event.after).talk
        const before = event.alone ? undefined : recall(event)
        const talk = earlier ?? before
        const ask = (asked: string): Answer =>
          talk === undefined ? byItself(asked) : engine().answer(asked, talk)
        return tailor(engine(), ask(text), profile, (told) => ask(`${text} (${told})`))
      }
      case 'browse':
        return tailorBrowse(event, profile)
      case 'compare':
        return byItself(event.roles.join(' vs '))
      case 'open':
        return open(event.reference)
      case 'about':
        return aboutReply(engine().content, offers().suggestions)
      case 'help':
        return byItself('help')
    }
  }

  /**
   * The same question gets the same answer, and what buttons and suggestions ask is always the same, so the last answers
   * are kept.
   */
  function byItself(question: string): Answer {
    const { answers } = offers()
    const known = answers.get(question) ?? brief(engine().answer(question))
    answers.delete(question)
    if (question.length <= longestKept) answers.set(question, known)
    for (const oldest of answers.keys()) {
      if (answers.size <= mostAnswers) break
      answers.delete(oldest)
    }
    return known
  }

  function open(reference: Reference): Answer {
    const target = readReference(reference)
    return target?.kind === 'question' ? byItself(target.text) : engine().open(reference)
  }

  /** What was filled in from somebody's profile must not show where others read along. */
  function recall({ conversation, isPrivate }: Question): Talk | undefined {
    const inPrivate = isPrivate ? memory.recall(forOne(conversation)) : undefined
    return inPrivate ?? memory.recall(conversation)
  }

  function remember(
    { conversation, member }: Exclude<Event, Joined | Feedback>,
    { reply, talk }: Answer,
  ): void {
    const isTold = isAnswered(reply) && reply.told !== undefined
    memory.remember(forOne(conversation), isTold ? talk : undefined, member)
    if (!isTold) memory.remember(conversation, talk, member)
  }

  function tailorBrowse(event: Browse, profile: Profile | undefined): Answer {
    const { role, level } = event
    const answered = browse(event)
    const unnamed = { role: !role, level: !level && event.subject !== 'role' }
    return tailor(engine(), { ...answered, unnamed }, profile, (told) =>
      browse({ ...event, role: role || told, level: role ? told : undefined }),
    )
  }

  function browse({ subject, role, level = '' }: Omit<Browse, 'conversation'>): Answer {
    const { roles, subject: words } = engine().content.vocabulary
    const job = role || roles.find(({ id }) => id === words.defaultRole)?.label || ''
    const answered = byItself(`${topicLabel(words.commands[subject] ?? subject)}: ${level} ${job}`)
    if (subject !== 'role' || answered.reply.kind !== 'answer') return answered
    // As the vocabulary calls it, not as it was typed.
    const found = roles.find(({ id }) => id === answered.sections[0]?.role)?.label
    if (found === undefined) return answered
    return { ...answered, reply: { ...answered.reply, kind: 'role', topics: knownTopics(found) } }
  }

  function topicLabel(topic: string): string {
    return engine().content.vocabulary.topics.find(({ id }) => id === topic)?.label ?? topic
  }

  function knownTopics(job: string): Link[] {
    const { topics } = offers()
    const known = topics.get(job) ?? topicsOf(job)
    topics.set(job, known)
    return known
  }

  /** What is known of a job, in the order in which people get to know one. */
  function topicsOf(job: string): Link[] {
    const { journey, commands } = engine().content.vocabulary.subject
    return journey
      .filter((topic) => topic !== commands.role)
      .map((topic) => ({ label: capital(topicLabel(topic)), text: `${topicLabel(topic)}: ${job}` }))
      .filter(({ text }) => isAnswered(engine().answer(text).reply))
      .slice(0, 8)
      .map(({ label, text }) => ({ label, reference: refer({ kind: 'question', text }) }))
  }

  /** A post has a title and a text; whichever says clearly what it is about is answered. */
  function unasked(text: string): Answer | Reply {
    for (const part of new Set([text.split('\n', 1)[0] ?? '', text])) {
      const found = engine().answer(part)
      const { reply, certainty, onSubject } = found
      const isWhole = isAnswered(reply) && reply.caveat === undefined
      // "My pipeline is broken" may be about anybody's pipeline.
      if (isWhole && onSubject && certainty >= certainEnough) return found
    }
    return { kind: 'silent', suggestions: [] }
  }

  async function ask(event: Parameters<typeof answer>[0]): Promise<Reply> {
    const { member, isPrivate } = event
    const profile = isPrivate && member !== undefined ? await profiles.peek(member) : undefined
    const answered = answer(event, profile)
    if ('kind' in answered) return answered
    const { reply } = answered
    if (isAnswered(reply)) habits.note(member, { label: reply.title, reference: reply.reference })
    if (event.kind === 'question') keepQuestion?.(event, reply, answered.sections[0]?.id)
    remember(event, answered)
    return reply
  }

  return {
    async handle(event) {
      if (event.kind === 'feedback') {
        keepFeedback(event)
        return {
          kind: 'chat',
          text: event.helpful ? remarks.thanks : remarks.thanksForSaying,
          suggestions: [],
        }
      }
      if (event.kind === 'joined') return greeter.greet(event)
      const { member, place, limits } = event
      const over = (await limit(member, place)) ?? (limits && (await communityLimits(limits, member, place)))
      if (over !== undefined)
        return { kind: 'limited', text: remarks.tooMany(over.retryAfter), suggestions: [], ...over }
      if (event.kind === 'home' || event.kind === 'forget' || event.kind === 'profile')
        return personal.handle(event)
      if (event.kind === 'start' || event.kind === 'next' || event.kind === 'step') return guide.handle(event)
      return ask(event)
    },
    warmUp() {
      offers().complete.questions('what', 1)
      for (const { value } of offers().complete.roles('', 50))
        browse({ kind: 'browse', subject: 'role', role: value })
    },
    complete: {
      questions: (typed, most) => offers().complete.questions(typed, most),
      roles: (typed, most) => offers().complete.roles(typed, most),
      levels: (typed, most) => offers().complete.levels(typed, most),
    },
  }
}

/** A conversation as only the member sees it. */
function forOne(conversation: string): string {
  return `${conversation} (private)`
}

/** Without what only `--explain` needs: it holds on to every section that was considered. */
function brief({ reply, talk, certainty, onSubject, unnamed, sections }: Answer): Answer {
  return { reply, talk, certainty, onSubject, unnamed, sections: sections.slice(0, 1), explain: () => [] }
}
