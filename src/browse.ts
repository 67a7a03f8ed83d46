import { capital } from './answer/comparison.ts'
import type { Answer, Engine } from './engine.ts'
import type { Browse, Compare } from './event.ts'
import { refer } from './reference.ts'
import { isAnswered, type Link } from './reply.ts'

/** The most ways on from a job. */
const mostTopics = 8

/** What is picked instead of asked: a job, its path, its pay, how to learn it, or two jobs side by side. */
export interface Browsing {
  browse(picked: Pick<Browse, 'subject' | 'role' | 'level'>): Answer
  compare(picked: Pick<Compare, 'roles'>): Answer
}

/** @param ask answers a question that leans on nothing */
export function createBrowsing(engine: Engine, ask: (question: string) => Answer): Browsing {
  const { vocabulary } = engine.content
  const { journey, commands, defaultRole } = vocabulary.subject
  /** Finding out takes as long as eight questions, and jobs are few. */
  const known = new Map<string, Link[]>()

  function labelOf(topic: string): string {
    return vocabulary.topics.find(({ id }) => id === topic)?.label ?? topic
  }

  function jobOf(role: string | undefined): string | undefined {
    return vocabulary.roles.find(({ id }) => id === role)?.label
  }

  /** What is known of a job, in the order in which people get to know one. */
  function topicsOf(job: string): Link[] {
    const made =
      known.get(job) ??
      journey
        .filter((topic) => topic !== commands.role)
        .map((topic) => ({ label: capital(labelOf(topic)), text: `${labelOf(topic)}: ${job}` }))
        .filter(({ text }) => isAnswered(engine.answer(text).reply))
        .slice(0, mostTopics)
        .map(({ label, text }) => ({ label, reference: refer({ kind: 'question', text }) }))
    known.set(job, made)
    return made
  }

  function browse({ subject, role = '', level = '' }: Pick<Browse, 'subject' | 'role' | 'level'>): Answer {
    const topic = commands[subject]
    const found = topic === undefined ? undefined : engine.lookUp({ topic, role, level })
    const job = role || jobOf(defaultRole) || ''
    const answered = found ?? ask(`${labelOf(topic ?? subject)}: ${level} ${job}`)
    const name = jobOf(answered.sections[0]?.role ?? undefined)
    const { reply } = answered
    // Only what a job is leads on to all that is known of it.
    if (subject !== 'role' || name === undefined || reply.kind !== 'answer') return answered
    return { ...answered, reply: { ...reply, kind: 'role', topics: topicsOf(name) } }
  }

  return {
    browse,
    compare({ roles }) {
      const problem = engine.comparable(roles)
      if (problem !== undefined) return problem
      return ask(roles.join(' vs '))
    },
  }
}
