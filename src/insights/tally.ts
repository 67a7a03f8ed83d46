import { cleanQuestion } from '../query/normalise.ts'
import { wordsOf } from '../search/text.ts'
import type { QuestionEntry } from '../store/store.ts'

/** How often something happened, most often first. */
export interface Counted {
  text: string
  count: number
}

/** One question, however it was spelt. */
export interface AskedQuestion {
  /** As most people wrote it. */
  text: string
  count: number
  answered: number
  unanswered: number
  /** Members that can be told apart, as keyed hashes. */
  members: ReadonlySet<string>
  /** Milliseconds since 1970. */
  first: number
  last: number
}

interface Tallied extends AskedQuestion {
  spellings: Map<string, number>
  members: Set<string>
}

const answeredKinds = new Set(['answer', 'role', 'comparison'])
/** So many ways to write a question are told apart. */
const mostSpellings = 20

export type Outcome = 'answered' | 'unanswered' | 'askedBack' | 'other'

/** What became of a question; greetings, thanks and the like are no questions about anything. */
export function outcomeOf(kind: string): Outcome {
  if (answeredKinds.has(kind)) return 'answered'
  if (kind === 'no-match') return 'unanswered'
  return kind === 'clarify' ? 'askedBack' : 'other'
}

/** Counts questions; those that differ in case, punctuation or markup only are one. */
export function createTally() {
  const known = new Map<string, Tallied>()
  return {
    add({ text, kind, member, at }: QuestionEntry): void {
      const clean = cleanQuestion(text).trim()
      const words = wordsOf(clean).join(' ')
      const outcome = outcomeOf(kind)
      if (words === '' || outcome === 'other') return
      let asked = known.get(words)
      if (asked === undefined) {
        asked = {
          text: clean,
          count: 0,
          answered: 0,
          unanswered: 0,
          members: new Set(),
          first: at,
          last: at,
          spellings: new Map(),
        }
        known.set(words, asked)
      }
      asked.count++
      asked.answered += Number(outcome === 'answered')
      asked.unanswered += Number(outcome === 'unanswered')
      if (member !== undefined) asked.members.add(member)
      asked.first = Math.min(asked.first, at)
      asked.last = Math.max(asked.last, at)
      if (asked.spellings.size < mostSpellings || asked.spellings.has(clean))
        asked.spellings.set(clean, (asked.spellings.get(clean) ?? 0) + 1)
    },
    /** Most asked first. */
    questions: (): AskedQuestion[] =>
      [...known.values()]
        .map((asked) => ({ ...asked, text: mostOften(asked.spellings)[0]?.text ?? asked.text }))
        .sort((a, b) => b.count - a.count || byText(a, b)),
  }
}

/** Most often first; what happened as often, in the order of the alphabet. */
export function mostOften(counts: ReadonlyMap<string, number>): Counted[] {
  return [...counts]
    .map(([text, count]) => ({ text, count }))
    .sort((a, b) => b.count - a.count || byText(a, b))
}

/** The same on every machine, whatever its language. */
export function byText(a: { text: string }, b: { text: string }): number {
  return a.text < b.text ? -1 : a.text > b.text ? 1 : 0
}
