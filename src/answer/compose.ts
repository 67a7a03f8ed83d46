import type { Content, Section } from '../content/section.ts'
import type { Focus } from '../conversation/focus.ts'
import { questionWords } from '../query/english.ts'
import type { Language } from '../query/language.ts'
import type { SmallTalk } from '../query/small-talk-phrases.ts'
import { refer, sectionKey } from '../reference.ts'
import type { AnswerReply, Reply, SourceNote } from '../reply.ts'
import { capital, comparisonBody } from './comparison.ts'
import type { Caveat, Decision, NoMatch } from './decision.ts'
import { createPhrases } from './phrases.ts'
import { createSuggest } from './suggest.ts'

/** After these, nobody wants to be offered questions. */
const quiet: ReadonlySet<SmallTalk> = new Set(['thanks', 'goodbye', 'distress', 'stop'])

function roleOf({ roles, fields }: Focus): string | undefined {
  return roles[0] ?? fields[0]
}

export type Compose = ReturnType<typeof createCompose>

/** Puts a decision into words. */
export function createCompose(content: Content) {
  const { vocabulary, profiles, sources } = content
  const phrases = createPhrases(vocabulary.subject)
  const suggest = createSuggest(content.sections, vocabulary)
  const roles = new Map(vocabulary.roles.map((role) => [role.id, role]))
  const topics = new Map(vocabulary.topics.map((topic) => [topic.id, topic.label]))
  /** The section that says what a job is. */
  const described = new Map(
    [...content.sections]
      .reverse()
      .flatMap((section) =>
        section.role !== undefined && section.topic === vocabulary.subject.defaultTopic
          ? [[section.role, section]]
          : [],
      ),
  )
  const pluralOf = (role: string): string => roles.get(role)?.plural ?? role

  function sourceOf(section: Section): SourceNote {
    return {
      section: { id: section.id, title: section.title },
      document: section.path[0] ?? section.title,
      sources: section.sources.map((id) => sources.get(id)?.title ?? id),
      reviewed: section.reviewed,
    }
  }

  /** Put together from what is said of each of two jobs. */
  function sourceOfBoth(roles: readonly [string, string], found: Section): SourceNote {
    const [first, second] = roles.map((role) => described.get(role))
    if (first === undefined || second === undefined) return sourceOf(found)
    const [a, b] = [sourceOf(first), sourceOf(second)]
    const dates = [a.reviewed, b.reviewed].filter((date) => date !== undefined).sort()
    return {
      ...a,
      document: `${a.document} and ${b.document}`,
      sources: [...new Set([...a.sources, ...b.sources])],
      reviewed: dates[0],
    }
  }

  function caveatText(caveat: Caveat | undefined): string | undefined {
    switch (caveat?.kind) {
      case undefined:
        return undefined
      case 'detail':
        return phrases.caveatDetail(caveat.labels)
      case 'level':
        return phrases.caveatDetail([caveat.label])
      case 'role':
        return phrases.caveatRole(pluralOf(caveat.role), pluralOf(caveat.general))
      case 'uncovered-role':
        return phrases.caveatUncoveredRole(caveat.labels)
      case 'left-out-role':
        return phrases.caveatLeftOutRole(caveat.labels)
      case 'comparison':
        return phrases.caveatComparison(topics.get(caveat.topic) ?? caveat.topic)
      case 'third-role':
        return phrases.caveatThirdRole(pluralOf(caveat.role))
      case 'nearest':
        return phrases.caveatNearest
    }
  }

  function compared(decision: Extract<Decision, { kind: 'comparison' }>): Reply | undefined {
    const [a, b] = decision.roles.map((id) => roles.get(id))
    if (a === undefined || b === undefined) return undefined
    const body =
      decision.pair?.body ??
      comparisonBody({ role: a, profile: profiles.get(a.id) }, { role: b, profile: profiles.get(b.id) })
    if (body === undefined) return undefined
    return {
      kind: 'comparison',
      reference: refer({ kind: 'comparison', roles: [a.id, b.id] }),
      related: [],
      title: decision.pair?.title ?? `${capital(a.label)} and ${b.label}`,
      body,
      roles: [a.id, b.id],
      caveat: caveatText(decision.caveat),
      source:
        decision.pair === undefined
          ? sourceOfBoth([a.id, b.id], decision.candidate.section)
          : sourceOf(decision.pair),
      suggestions: [...suggest.about(a.id).slice(0, 2), ...suggest.about(b.id).slice(0, 2)],
    }
  }

  function declined(about: NoMatch, role: string | undefined): Reply {
    const suggestions = suggest.about(role)
    const say = (text: string, suggested = suggestions): Reply => ({
      kind: 'no-match',
      text: `${text} ${phrases.tryInstead}`,
      suggestions: suggested,
    })
    switch (about.kind) {
      case 'uncovered':
        return say(phrases.uncovered(about.labels))
      case 'undescribed':
        return say(phrases.uncovered(about.roles.map(pluralOf)))
      case 'topic':
        return say(phrases.noTopic(topics.get(about.topic) ?? about.topic, pluralOf(about.role)))
      case 'unknown':
        return say(phrases.unknown)
      case 'unclear':
        return { kind: 'no-match', text: phrases.unclear, suggestions }
      case 'off-topic':
        return say(phrases.offTopic, suggest.about(undefined))
      case 'unreadable':
        return say(phrases.unreadable, suggest.about(undefined))
    }
  }

  /**
   * @param asked the words of the question, so that it is not offered again
   * @param alternative what may have been meant instead, so that it is one press away
   */
  function shown(
    section: Section,
    caveat: Caveat | undefined,
    asked: readonly string[],
    alternative?: Section,
  ): AnswerReply {
    return {
      kind: 'answer',
      reference: refer({ kind: 'section', key: sectionKey(section.id) }),
      title: section.title,
      body: asksOpenly(asked) ? withoutYes(section.body) : section.body,
      caveat: caveatText(caveat),
      source: sourceOf(section),
      suggestions: suggest.after(section, asked, alternative),
      related: suggest.related(section),
    }
  }

  return {
    shown,
    declined,
    /** Two jobs that are one, or none. */
    pickTwo(): Reply {
      return { kind: 'clarify', text: phrases.pickTwo, suggestions: suggest.comparisons() }
    },
    /** A reference whose section or role is no longer there. */
    gone(): Reply {
      return { kind: 'no-match', text: phrases.gone, suggestions: suggest.about(undefined) }
    },
    /** What to ask after a section was shown, best first. */
    next: (section: Section) => suggest.after(section, []),
    /** @param shown the section that it is said to */
    smallTalk(kind: SmallTalk, shown?: Section): Reply {
      if (kind === 'worry')
        return { kind: 'chat', text: phrases.smallTalk.worry, suggestions: suggest.firstSteps() }
      if (kind === 'reason' && shown !== undefined)
        return { kind: 'chat', text: phrases.smallTalk.reason, suggestions: suggest.after(shown, []) }
      const suggestions = quiet.has(kind) ? [] : suggest.about(undefined)
      if (kind === 'reason') return { kind: 'no-match', text: phrases.unclear, suggestions }
      return { kind: kind === 'help' ? 'help' : 'chat', text: phrases.smallTalk[kind], suggestions }
    },
    /** What was asked besides is not forgotten: what is missing is said, too. */
    worry(decision: Decision): Reply {
      const missing =
        decision.kind === 'no-match' && decision.about.kind === 'uncovered' ? decision.about.labels : []
      const said = missing.length === 0 ? '' : ` ${phrases.uncovered(missing)}`
      return { kind: 'chat', text: `${phrases.smallTalk.worry}${said}`, suggestions: suggest.firstSteps() }
    },
    introduction(): Reply {
      return { kind: 'chat', text: phrases.introduction, suggestions: suggest.firstSteps() }
    },
    foreign(language: Language, role: string | undefined): Reply {
      const text = `${phrases.foreign(language)} ${phrases.tryInstead}`
      return { kind: 'no-match', text, suggestions: suggest.about(role) }
    },
    empty(): Reply {
      return { kind: 'help', text: phrases.empty, suggestions: suggest.about(undefined) }
    },
    /** @param words the question's, so that it is not offered again */
    reply(decision: Decision, focus: Focus, words: readonly string[]): Reply {
      switch (decision.kind) {
        case 'answer':
          return shown(decision.candidate.section, decision.caveat, words, decision.alternative)
        case 'comparison':
          return compared(decision) ?? declined({ kind: 'unknown' }, roleOf(focus))
        case 'clarify':
          return {
            kind: 'clarify',
            text: phrases.clarify,
            suggestions: suggest.readings(decision.candidates.map(({ section }) => section)),
          }
        case 'no-match':
          return declined(decision.about, roleOf(focus))
      }
    },
  }
}

/** "What is ETL?", but not "what about Java, do I need it?". */
function asksOpenly(asked: readonly string[]): boolean {
  return questionWords.has(asked[0] ?? '') && !asked.slice(2).some((word) => closedWords.has(word))
}

const closedWords = new Set(['do', 'does', 'can', 'should', 'must', 'is', 'are', 'will', 'would'])

/** A section that says "Yes, …" to most of its sample questions says the same to others, but not that. */
function withoutYes(body: Section['body']): Section['body'] {
  const [first, ...rest] = body
  if (first?.type !== 'paragraph') return body
  const [opening, ...others] = first.children
  const [said] = (opening?.type === 'text' && /^Yes[.,:] /.exec(opening.value)) || []
  if (opening?.type !== 'text' || said === undefined) return body
  const value = opening.value.slice(said.length)
  const next = { ...opening, value: value.charAt(0).toUpperCase() + value.slice(1) }
  return [{ ...first, children: [next, ...others] }, ...rest]
}
