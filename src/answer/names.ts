import type { Section } from '../content/section.ts'
import type { Vocabulary } from '../query/vocabulary.ts'
import { capital } from './comparison.ts'

/** A button on a phone holds so many characters. */
const longest = 40

/** Short names of sections, for buttons. */
export function createNames({ roles, topics }: Vocabulary) {
  const roleOf = new Map(roles.map((role) => [role.id, role]))
  const topicOf = new Map(topics.map((topic) => [topic.id, topic.label]))
  // "Skills of a data engineer", "Demand for AI engineers", "Data pipelines, built by data engineers"
  const jobs = roles.flatMap(({ label, plural }) => [label, plural]).map(escapeRegExp)
  const ofJob =
    jobs.length === 0 ? undefined : new RegExp(` (?:of|for|as|by) (?:an? |the )?(?:${jobs.join('|')})$`, 'i')

  const ownName = ({ title, overview, topic }: Section): string => {
    const label = overview && topic !== undefined ? topicOf.get(topic) : undefined
    if (label !== undefined) return capital(label)
    const [first = title] = title.split(/[,:]/)
    return withoutTail(ofJob === undefined ? first : first.replace(ofJob, ''))
  }

  return {
    /** @param shown the role that a person is reading about: it need not be said again */
    short(section: Section, shown: string | undefined): string {
      const name = ownName(section)
      const job = roleOf.get(section.role ?? '')
      const isSaid =
        job === undefined || job.id === shown || name.toLowerCase().includes(job.label.toLowerCase())
      return cutAt(isSaid ? name : `${capital(job.label)}: ${name.toLowerCase()}`, longest)
    },
    /** What tells two readings of one question apart. */
    role(section: Section): string {
      const job = roleOf.get(section.role ?? '')
      return cutAt(job === undefined ? ownName(section) : capital(job.plural), longest)
    },
  }
}

/** What is too long loses what narrows it down ("in deep learning projects") rather than its end. */
function withoutTail(name: string): string {
  // A question or a sentence makes no sense without its end.
  if (/^(?:what|which|who|how|why|when|where|is|are|do|does|can)\b/i.test(name)) return name
  let short = name.slice(0, 200)
  while (short.length > longest) {
    const at = short.search(
      / (?:of|for|by|in|with|to|on|an?|among|that|when|whose) (?!.* (?:of|for|by|in|with|to|on|an?|among|that|when|whose) )/,
    )
    if (at < 12) return name
    short = short.slice(0, at)
  }
  return short
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

/** Cut at a word, with a sign that something is missing. */
export function cutAt(text: string, most: number): string {
  if (text.length <= most) return text
  const short = text.slice(0, most - 1)
  return `${short.slice(0, Math.max(short.lastIndexOf(' '), most / 2))}…`
}
