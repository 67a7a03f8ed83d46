import type { Section } from '../content/section.ts'
import type { Vocabulary } from '../query/vocabulary.ts'
import { refer, sectionKey } from '../reference.ts'
import type { Link, Suggestion } from '../reply.ts'
import { wordsOf } from '../search/text.ts'
import { createNames, cutAt } from './names.ts'

/** The most next questions after an answer: more are not read on a phone. */
const mostSuggestions = 3

/** The most other parts offered: what a menu holds on any platform. */
const mostRelated = 25

export interface Suggest {
  /**
   * Next questions after a section was shown; never the one that was asked.
   * @param alternative a section that may have been meant instead: it comes first
   */
  after(section: Section, asked: readonly string[], alternative?: Section): Suggestion[]
  /** The other parts of the document that a section stands in. */
  related(section: Section): Link[]
  /** What a question may have meant. */
  readings(sections: readonly Section[]): Suggestion[]
  /** Questions about a role, or about the subject when there is none. */
  about(role: string | undefined): Suggestion[]
  /** Two jobs side by side. */
  comparisons(): Suggestion[]
  /** Small steps for somebody who is unsure of themselves. */
  firstSteps(): Suggestion[]
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
  const { defaultRole, examples, firstSteps, journey } = vocabulary.subject
  const names = createNames(vocabulary)
  // Hashing 25 ids takes longer than everything else here.
  const relatedTo = new WeakMap<Section, Link[]>()
  /**
   * @param shown the role that a person is reading about: it need not be said again
   * @param asked the words of a question that is not offered again
   */
  function offer(
    found: readonly Section[],
    shown: string | undefined,
    asked: readonly string[] = [],
  ): Suggestion[] {
    const said = asked.join(' ')
    function* offers() {
      for (const section of found) {
        const question = askFor(section)
        if (said === '' || wordsOf(question).join(' ') !== said)
          yield { question, label: names.short(section, shown) }
      }
    }
    return distinct(offers(), mostSuggestions)
  }

  function ofRole(role: string, except: string | undefined): Section[] {
    const own = byRole.get(role)
    const general = byRole.get(kindOf.get(role) ?? '')
    const from = except === undefined ? 0 : Math.max(journey.indexOf(except), 0)
    const order = [...journey.slice(from), ...journey.slice(0, from)]
    const ownFirst = order.flatMap((topic) => (topic === except ? [] : (own?.get(topic) ?? [])))
    return [...ownFirst, ...order.flatMap((topic) => (topic === except ? [] : (general?.get(topic) ?? [])))]
  }

  return {
    related(section) {
      const known = relatedTo.get(section)
      if (known !== undefined) return known
      const others = (byFile.get(section.file) ?? []).filter((one) => one !== section && isFull(one))
      // The parts around this one, where there are more than a menu holds.
      const from = Math.max(0, Math.min(others.indexOf(section) - 12, others.length - mostRelated))
      const links = others.slice(from, from + mostRelated).map((one) => ({
        label: cutAt(one.title, 75),
        reference: refer({ kind: 'section', key: sectionKey(one.id) }),
      }))
      relatedTo.set(section, links)
      return links
    },
    readings(found) {
      const offers = found.map((section) => ({ question: askFor(section), label: names.role(section) }))
      return distinct(offers)
    },
    about(role) {
      const found = role === undefined ? [] : ofRole(role, undefined)
      if (found.length > 0) return offer(found, undefined)
      if (examples.length === 0) return offer(sections.slice(0, mostSuggestions), undefined)
      return asIs(examples)
    },
    comparisons() {
      return asIs(sections.filter((one) => one.roles.length === 2 && isFull(one)).map(askFor))
    },
    firstSteps() {
      return asIs(firstSteps.length === 0 ? examples : firstSteps)
    },
    after(section, asked, alternative) {
      const inFile = byFile.get(section.file) ?? []
      const at = inFile.indexOf(section)
      const role = section.role ?? section.roles[0] ?? defaultRole
      // The next part of the same subject, then the next steps of somebody who gets to know a job.
      const parts = [inFile[at + 1], inFile[at - 1]].filter((one) => one !== undefined)
      const next = role === undefined ? parts : parts.slice(0, 1)
      const journeyOn = role === undefined ? [] : ofRole(role, section.topic)
      const first = alternative === undefined ? [] : [alternative]
      const found = [...first, ...next, ...journeyOn, ...inFile].filter(
        (one) => one !== section && isFull(one),
      )
      return offer(found, role, asked)
    },
  }
}

function asIs(questions: readonly string[]): Suggestion[] {
  return questions.slice(0, mostSuggestions).map((question) => ({ question, label: cutAt(question, 40) }))
}

/** The first ones: no question twice, and no two buttons that read the same. */
function distinct(offers: Iterable<Suggestion>, most = Number.POSITIVE_INFINITY): Suggestion[] {
  const byQuestion = new Map<string, Suggestion>()
  const labels = new Set<string>()
  for (const { question, label } of offers) {
    if (byQuestion.has(question)) continue
    const name = labels.has(label) ? cutAt(question, 40) : label
    labels.add(name)
    byQuestion.set(question, { question, label: name })
    if (byQuestion.size === most) break
  }
  return [...byQuestion.values()]
}

/** The question that a section answers first; plain documents have only a title. */
function askFor(section: Section): string {
  return section.questions[0] ?? cutAt(section.title, 75)
}
