import type { Section } from '../content/section.ts'
import type { Vocabulary } from '../query/vocabulary.ts'
import type { Suggestion } from '../reply.ts'
import { wordsOf } from '../search/text.ts'

/** The most next questions after an answer: more are not read on a phone. */
const mostSuggestions = 3

export interface Suggest {
  /** Next questions after a section was shown; never the one that was asked. */
  after(section: Section, asked: readonly string[]): Suggestion[]
  /** Questions about a role, or about the subject when there is none. */
  about(role: string | undefined): Suggestion[]
}

export function createSuggest(sections: readonly Section[], vocabulary: Vocabulary): Suggest {
  const byRole = new Map<string, Map<string, Section>>()
  const byFile = new Map<string, Section[]>()
  for (const section of sections) {
    const inFile = byFile.get(section.file)
    if (inFile === undefined) byFile.set(section.file, [section])
    else inFile.push(section)
    if (section.role === undefined || section.topic === undefined || section.questions.length === 0) continue
    const topics = byRole.get(section.role) ?? new Map<string, Section>()
    byRole.set(section.role, topics)
    const known = topics.get(section.topic)
    // The overview stands for its topic; without one, the first section does.
    if (known === undefined || (section.overview && !known.overview)) topics.set(section.topic, section)
  }
  const kindOf = new Map(vocabulary.roles.map((role) => [role.id, role.kindOf]))
  const covered = new Map(vocabulary.roles.map((role) => [role.id, role.covered]))
  /** False for a section on a job that the documents know only in passing: its answer comes with a note. */
  const isFull = ({ roles }: Section): boolean => roles.every((role) => covered.get(role) !== false)
  const { defaultRole, examples, journey } = vocabulary.subject

  function ofRole(role: string, except: string | undefined): Section[] {
    const own = byRole.get(role)
    const general = byRole.get(kindOf.get(role) ?? '')
    const from = except === undefined ? 0 : Math.max(journey.indexOf(except), 0)
    const order = [...journey.slice(from), ...journey.slice(0, from)]
    const ownFirst = order.flatMap((topic) => (topic === except ? [] : (own?.get(topic) ?? [])))
    return [...ownFirst, ...order.flatMap((topic) => (topic === except ? [] : (general?.get(topic) ?? [])))]
  }

  return {
    about(role) {
      const found = role === undefined ? [] : ofRole(role, undefined)
      const questions =
        found.length > 0
          ? found.map(askFor)
          : examples.length > 0
            ? examples
            : sections.slice(0, mostSuggestions).map(askFor)
      return [...new Set(questions)].slice(0, mostSuggestions)
    },
    after(section, asked) {
      const inFile = byFile.get(section.file) ?? []
      const at = inFile.indexOf(section)
      const role = section.role ?? section.roles[0] ?? defaultRole
      // The next part of the same subject, then the next steps of somebody who gets to know a job.
      const parts = [inFile[at + 1], inFile[at - 1]].filter((one) => one !== undefined)
      const next = role === undefined ? parts : parts.slice(0, 1)
      const journeyOn = role === undefined ? [] : ofRole(role, section.topic)
      const questions = [...next, ...journeyOn, ...inFile]
        .filter((one) => one !== section && isFull(one))
        .map(askFor)
      const isAsked = (question: string): boolean => wordsOf(question).join(' ') === asked.join(' ')
      return [...new Set(questions)].filter((question) => !isAsked(question)).slice(0, mostSuggestions)
    },
  }
}

/** The question that a section answers first; plain documents have only a title. */
function askFor(section: Section): Suggestion {
  return section.questions[0] ?? shorten(section.title)
}

/** Cut at a word, because a button cannot hold more. */
function shorten(title: string): string {
  if (title.length <= 75) return title
  const cut = title.slice(0, 74)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), 40))}…`
}
