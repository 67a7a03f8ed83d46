import { aboutReply } from './answer/about.ts'
import { capital } from './answer/comparison.ts'
import { type Complete, createComplete } from './answer/complete.ts'
import { remarks } from './answer/phrases.ts'
import { createSuggest } from './answer/suggest.ts'
import { createHabits } from './conversation/habits.ts'
import { createMemory } from './conversation/memory.ts'
import type { Answer, Engine } from './engine.ts'
import type { Browse, Event, Feedback, Personal, Question } from './event.ts'
import { createPersonal } from './personal.ts'
import type { RateLimit } from './rate-limit.ts'
import { type Reference, readReference, refer } from './reference.ts'
import { isAnswered, type Link, type Reply, type Suggestion } from './reply.ts'
import type { Members } from './store/store.ts'

/** The one door for adapters: an event in, a reply out. It never throws for anything that a person can send. */
export interface Bot {
  handle(event: Event): Promise<Reply>
  /** The same for a question, with the sections that were considered, best first: programs want to see them. */
  ask(question: Question): Promise<Answered>
  /** What to offer while somebody types. */
  complete: Complete
  /** The first look at a document takes longer than all others; this is it, so that nobody has to wait for it. */
  warmUp(): void
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

export function createBot({ engine, now, limit, keepFeedback, keepQuestion, members }: BotDeps): Bot {
  const memory = createMemory(now)
  const habits = createHabits()
  const personal = createPersonal({
    members,
    habits,
    about: () => aboutReply(engine().content, offers().suggestions),
    complete: () => offers().complete,
    forgetTalk: (talk) => memory.remember(talk, undefined),
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

  function answer(event: Exclude<Event, Personal | Feedback>): Answer | Reply {
    switch (event.kind) {
      case 'question': {
        if (event.unasked) return unasked(event.text)
        const picked = [event.level, event.role].filter(Boolean).join(' ')
        const text = picked === '' ? event.text : `${event.text} (${picked})`
        const earlier = event.after === undefined ? undefined : engine().open(event.after).talk
        const before = event.alone ? undefined : memory.recall(event.conversation)
        const talk = earlier ?? before
        return talk === undefined ? byItself(text) : engine().answer(text, talk)
      }
      case 'browse':
        return browse(event)
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

  async function attend(event: Event): Promise<Answered> {
    if (event.kind === 'feedback') {
      keepFeedback(event)
      return only({
        kind: 'chat',
        text: event.helpful ? remarks.thanks : remarks.thanksForSaying,
        suggestions: [],
      })
    }
    const over = await limit(event.member, event.place)
    if (over !== undefined)
      return only({ kind: 'limited', text: remarks.tooMany(over.retryAfter), suggestions: [], ...over })
    if (event.kind === 'home' || event.kind === 'forget' || event.kind === 'profile')
      return only(await personal.handle(event))
    const answered = answer(event)
    if ('kind' in answered) return only(answered)
    const { reply, sections } = answered
    if (isAnswered(reply)) habits.note(event.member, { label: reply.title, reference: reply.reference })
    if (event.kind === 'question') keepQuestion?.(event, reply, sections[0]?.id)
    memory.remember(event.conversation, answered.talk)
    return { reply, sections }
  }

  return {
    handle: async (event) => (await attend(event)).reply,
    ask: attend,
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

/** Nothing was looked up for it. */
function only(reply: Reply): Answered {
  return { reply, sections: [] }
}

/** Without what only `--explain` needs: it holds on to every section that was considered. */
function brief({ reply, talk, certainty, onSubject, sections }: Answer): Answer {
  return { reply, talk, certainty, onSubject, sections, explain: () => [] }
}
