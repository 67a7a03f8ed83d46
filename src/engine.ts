import { createCompose } from './answer/compose.ts'
import { isOnSubject } from './answer/confidence.ts'
import { type Decision, decide } from './answer/decide.ts'
import { type Compiled, indexKey } from './content/load.ts'
import type { Content, Section } from './content/section.ts'
import { type Focus, resolveFocus, type Talk, talkAfter } from './conversation/focus.ts'
import { cleanQuestion } from './query/normalise.ts'
import { readSmallTalk } from './query/small-talk.ts'
import { createSpeller } from './query/spelling.ts'
import { createTagger } from './query/tagger.ts'
import { createUnderstand, type Understanding } from './query/understand.ts'
import { type Reference, readReference, sectionKey } from './reference.ts'
import type { Reply } from './reply.ts'
import { type Candidate, createRank } from './search/rank.ts'
import { createSectionIndex, type IndexSnapshot, openSectionIndex } from './search/section-index.ts'
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
  /** Why this answer, for `--explain`: a line each. */
  explain(): string[]
}

/** Answers questions from one version of the content. Pure: the same question and talk always give the same answer. */
export interface Engine {
  readonly content: Content
  /** The index as data, to be kept with `indexKey`. */
  snapshot(): IndexSnapshot
  /** @param limit how many sections to list, 1 to 100 */
  answer(question: string, talk?: Talk, limit?: number): Answer
  /** Shows again what a reply referred to. */
  open(reference: Reference): Answer
}

export interface EngineOptions {
  /** May hold the index of this content. */
  compiled?: Compiled
  /** Called now and then with the number of sections indexed. */
  onProgress?: (done: number, total: number) => void
}

export async function createEngine(content: Content, options: EngineOptions = {}): Promise<Engine> {
  const { vocabulary } = content
  const tagger = createTagger(vocabulary)
  const known = options.compiled?.get(indexKey(content.fingerprint)) as IndexSnapshot | undefined
  const index =
    known === undefined
      ? await createSectionIndex(content.sections, tagger, options.onProgress)
      : openSectionIndex(content.sections, known)
  const understand = createUnderstand(
    vocabulary,
    tagger,
    createSpeller({
      preferred: tagger.words,
      known: tagger.otherWords,
      words: index.words,
      frequency: (word) => index.frequency(stemOf(word)),
    }),
  )
  const rank = createRank(index, vocabulary, understand)
  const compose = createCompose(content)
  const knows = {
    covered: new Set(vocabulary.roles.filter((role) => role.covered).map((role) => role.id)),
    kindOf: new Map(vocabulary.roles.map((role) => [role.id, role.kindOf])),
    hasSubject: vocabulary.roles.length > 0,
    frequency: index.frequency,
    uncomparable: new Set(vocabulary.topics.filter((topic) => !topic.compared).map((topic) => topic.id)),
  }

  const labels = new Map(vocabulary.roles.map((role) => [role.id, role.label]))
  const labelOf = (role: string): string => labels.get(role) ?? role
  let byKey: Map<string, Section> | undefined
  function sectionOf(key: string): Section | undefined {
    byKey ??= new Map(content.sections.map((section) => [sectionKey(section.id), section]))
    return byKey.get(key)
  }

  const engine: Engine = {
    content,
    snapshot: index.snapshot,
    open(reference) {
      const target = readReference(reference)
      if (target?.kind === 'question') return engine.answer(target.text)
      if (target?.kind === 'comparison') return engine.answer(target.roles.map(labelOf).join(' vs '))
      const section = target === undefined ? undefined : sectionOf(target.key)
      if (section === undefined) return without(compose.gone(), undefined, 'the reference is not known')
      const { role, topic, level } = section
      return {
        reply: compose.shown(section, undefined, []),
        talk: {
          roles: role === undefined ? [] : [role],
          topics: new Map(topic === undefined ? [] : [[topic, 1]]),
          levels: level === undefined ? [] : [level],
          units: [],
        },
        certainty: 1,
        onSubject: true,
        unnamed: { role: false, level: false },
        sections: [{ ...listed(section), score: 1 }],
        explain: () => ['decision: answer, the section was picked'],
      }
    },
    answer(question, talk, limit = 5) {
      const asked = understand(cleanQuestion(question))
      if (asked.words.length === 0) return without(compose.empty(), talk, 'there are no words')
      const small = readSmallTalk(asked.words)
      if (small !== undefined) return without(compose.smallTalk(small), talk, `small talk: ${small}`)
      const focus = resolveFocus(asked, talk, knows.covered)
      const candidates = rank(asked, focus, limit)
      const decision = decide(asked, focus, candidates, knows)
      const shown =
        decision.kind === 'answer' || decision.kind === 'comparison' ? decision.candidate.section : undefined
      return {
        reply: compose.reply(decision, focus, asked.words),
        // A question that was declined says nothing about what comes next.
        talk:
          shown === undefined && talk !== undefined && focus.roles.length === 0
            ? talk
            : talkAfter(asked, focus, shown),
        onSubject: isOnSubject(asked, focus),
        unnamed: {
          role: [...asked.roles, ...focus.roles, ...focus.fields].length === 0 && !asked.compares,
          level: focus.levels.length === 0,
        },
        certainty: decision.kind === 'comparison' ? 1 : decision.kind === 'answer' ? decision.sureness : 0,
        sections: candidates
          .slice(0, limit)
          .map(({ section, score }) => ({ ...listed(section), score: Math.round(score * 1000) / 1000 })),
        explain: () => explain(asked, focus, candidates, decision),
      }
    },
  }
  return engine
}

function listed({ id, title, role, topic }: Section): Omit<RankedSection, 'score'> {
  return { id, title, role: role ?? null, topic: topic ?? null }
}

function without(reply: Reply, talk: Talk | undefined, reason: string): Answer {
  return {
    reply,
    talk,
    certainty: 0,
    onSubject: false,
    unnamed: { role: false, level: false },
    sections: [],
    explain: () => [`decision: ${reply.kind}, ${reason}`],
  }
}

function explain(
  asked: Understanding,
  focus: Focus,
  candidates: readonly Candidate[],
  decision: Decision,
): string[] {
  const some = (items: Iterable<string>): string => [...items].join(', ') || '-'
  const lines = [
    `words: ${asked.words.join(' ')}`,
    `mended: ${some([...asked.mended].map(([from, to]) => `${from} → ${to}`))}`,
    `roles: ${some(focus.roles)}${focus.roleInherited ? ' (from the conversation)' : ''}; fields: ${some(focus.fields)}`,
    `topics: ${some([...focus.topics].map(([topic, weight]) => `${topic} ${weight.toFixed(1)}`))}; levels: ${some(focus.levels)}`,
    `asked for: ${some(asked.units.map((unit) => `${unit.kind} ${unit.text}`))}`,
    `not in the documents: ${some(asked.uncovered.map((missing) => missing.label))}`,
  ]
  for (const [i, candidate] of candidates.slice(0, 2).entries()) {
    const { section, score, coverage, evidence, similarity, role, topic, missing } = candidate
    lines.push(
      `${i === 0 ? 'best' : 'runner-up'}: ${section.id}`,
      `  score ${score.toFixed(2)}: coverage ${coverage.toFixed(2)}, evidence ${evidence.toFixed(2)}, similarity ${similarity.toFixed(2)}, role ${role.toFixed(1)}, topic ${topic.toFixed(1)}`,
      `  matched: ${some(candidate.hit.matched.keys())}; missing: ${some(missing.map((unit) => unit.text))}`,
    )
  }
  lines.push(`decision: ${decision.kind}, ${decision.reason}`)
  return lines
}
