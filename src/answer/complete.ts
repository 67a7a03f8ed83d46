import MiniSearch from 'minisearch'
import type { Content } from '../content/section.ts'
import { Recent } from '../recent.ts'
import { stemOf, wordsOf } from '../search/text.ts'

/** A choice offered while somebody types. */
export interface Choice {
  /** What the person sees, at most 100 characters. */
  label: string
  /** What comes back when it is picked. */
  value: string
}

/** Offers questions that can be answered, jobs and levels that fit what is typed so far; with nothing typed, the usual ones. */
export interface Complete {
  questions(typed: string, limit: number): Choice[]
  roles(typed: string, limit: number): Choice[]
  levels(typed: string, limit: number): Choice[]
}

interface Entry {
  id: number
  choice: string
  /** Other words for it. */
  also: string
}

const longest = 100

/** So many choices that have every word are enough to choose from. */
const enough = 5

/** Everybody types the same few words, so what fits the last ones is kept. About 2 kB each. */
const mostKept = 500

/** @param usual questions for somebody who has not typed anything yet */
export function createComplete(content: Content, usual: readonly string[]): Complete {
  const { sections, vocabulary } = content
  // The second wording of a question is often how somebody would begin to type it.
  const questions = sections.flatMap(({ title, questions: [first = title, ...more], overview }) =>
    first.length > longest ? [] : [{ choice: first, also: more.slice(0, 3).join(' '), overview }],
  )
  questions.sort((a, b) => Number(b.overview) - Number(a.overview))
  const named = (entries: readonly { label: string; aliases: readonly string[] }[]) =>
    entries.map(({ label, aliases }) => ({ choice: label, also: aliases.join(' ') }))
  return {
    questions: finder(questions, [...usual, ...questions.map(({ choice }) => choice)]),
    roles: finder(named(vocabulary.roles.filter(({ covered }) => covered))),
    levels: finder(named(vocabulary.levels)),
  }
}

function finder(
  entries: readonly Omit<Entry, 'id'>[],
  usual = entries.map(({ choice }) => choice),
): (typed: string, limit: number) => Choice[] {
  const search = new MiniSearch<Entry>({
    fields: ['choice', 'also'],
    tokenize: wordsOf,
    processTerm: (term) => [...new Set([term, stemOf(term)])],
  })
  search.addAll(entries.map((entry, id) => ({ ...entry, id })))
  const kept = new Recent<string, Float32Array>(mostKept)
  const offer = (choices: readonly string[], limit: number): Choice[] => {
    const first = new Set<string>()
    for (const choice of choices) if (first.size < limit) first.add(choice)
    return [...first].map((choice) => ({ label: choice, value: choice }))
  }

  /** How well each entry fits one word, 0 for not at all. */
  function scoresOf(word: string, isLast: boolean, fuzzy: boolean): Float32Array {
    const key = `${isLast} ${fuzzy} ${word}`
    const known = kept.get(key)
    const scores = known ?? new Float32Array(entries.length)
    if (known === undefined) {
      const found = search.search(word, {
        processTerm: (term) => term,
        // Whoever types has not finished the last word.
        prefix: isLast,
        fuzzy: fuzzy && word.length > 3 ? 0.25 : false,
        boost: { choice: 3 },
      })
      for (const { id, score } of found) scores[id] = score
    }
    kept.set(key, scores)
    return scores
  }

  /** @param least so many of the words have to fit */
  function find(words: readonly string[], fuzzy: boolean, least: number): string[] {
    const sums = new Float32Array(entries.length)
    const fitting = new Uint8Array(entries.length)
    for (const [i, word] of words.entries()) {
      scoresOf(word, i === words.length - 1, fuzzy).forEach((score, id) => {
        if (score === 0) return
        sums[id]! += score
        fitting[id]!++
      })
    }
    const found: number[] = []
    for (let id = 0; id < entries.length; id++) {
      if (fitting[id]! >= least) found.push(id)
      sums[id]! *= fitting[id]!
    }
    return found.sort((a, b) => sums[b]! - sums[a]!).map((id) => entries[id]!.choice)
  }

  return (typed, limit) => {
    const words = wordsOf(typed.slice(0, 200)).slice(0, 12)
    if (words.length === 0) return offer(usual, limit)
    // Most typing is right, and looking for typos takes five times as long.
    const exact = find(words, false, words.length)
    const found = exact.length >= Math.min(limit, enough) ? exact : find(words, true, 1)
    // A list that ends empty is no help: all that can be picked is shown again.
    return offer(found.length === 0 ? usual : found, limit)
  }
}
