import { wordsOf } from '../search/text.ts'
import { questionWords } from './english.ts'
import {
  countedWords,
  digitsForWords,
  informalForms,
  informalQuestionWords,
  slipsAfterQuestionWord,
  wordsAfterAre,
  wordsAfterR,
  wordsBeforeNumbers,
} from './informal.ts'
import type { Speller } from './spelling.ts'

/** Longer questions are cut here; people's questions are far shorter. Characters. */
const longestQuestion = 1_000

const markup =
  /<script\b[^>]{0,200}>[^<]{0,500}|<[^<>]{0,300}>|https?:\/\/\S{0,500}|@(?:everyone|here)\b|```/gu

/** More words than this are no question any more. */
const mostWords = 90

/** The text that a person wrote to us: without pings, links, tags and control characters, and of bounded length. */
export function cleanQuestion(text: string): string {
  return text
    .slice(0, longestQuestion * 4)
    .replace(markup, ' ')
    .replace(/[\p{C}\p{Z}\s]+/gu, ' ')
    .trim()
    .slice(0, longestQuestion)
}

/** A question's words as they were meant, and what was mended for it, from → to. */
export interface Spelt {
  words: string[]
  mended: ReadonlyMap<string, string>
}

/** Chat spellings, slips and typos become the words they stand for; two words that are one become one. */
export function spell(
  question: string,
  speller: Speller,
  expand: (words: readonly string[]) => string[],
): Spelt {
  const mended = new Map<string, string>()
  const words: string[] = []
  const typed = expand(wordsOf(question)).slice(0, mostWords)
  for (const [i, word] of typed.entries()) {
    const informal = informalOf(word, typed[i - 1], typed[i + 1])
    if (informal !== undefined) {
      words.push(...informal.split(' '))
      continue
    }
    const before = words.at(-1)
    const slip =
      before !== undefined && questionWords.has(before) ? slipsAfterQuestionWord.get(word) : undefined
    const right = slip ?? speller.mend(word)
    if (right !== word) mended.set(word, right)
    const joined = before === undefined ? undefined : speller.join(before, right)
    if (joined === undefined) words.push(...right.split(' '))
    else words.splice(-1, 1, joined)
  }
  return { words, mended }
}

function informalOf(word: string, before: string | undefined, next: string | undefined): string | undefined {
  if (word === 'r') return isAre(before, next) ? 'are' : undefined
  const digit = digitsForWords.get(word)
  if (digit === undefined) return informalForms.get(word)
  const isNumber =
    before === undefined || next === undefined || wordsBeforeNumbers.has(before) || countedWords.has(next)
  return isNumber ? undefined : digit
}

/** "r u", "what r new trends", but not "what R packages". */
function isAre(before: string | undefined, next: string | undefined): boolean {
  if (next === undefined) return false
  const asksWhat = before !== undefined && (questionWords.has(before) || informalQuestionWords.has(before))
  return wordsAfterAre.has(next) || (asksWhat && !wordsAfterR.has(next))
}

/** A longer sentence is as hard to understand as all that was written. Characters. */
const longestLast = 300

/** What a sentence says of the one before it. */
const referring = /\b(?:that|this|it|they|them|those|these|one)\b/i

/**
 * The last sentence that ends in a question mark, with what stands in brackets behind it; undefined where it is the
 * whole text, or speaks of what stands before.
 */
export function lastQuestion(text: string): string | undefined {
  const end = text.lastIndexOf('?')
  if (end < 0) return undefined
  const before = text.slice(0, end)
  const start = Math.max(...['. ', '! ', '? ', ': ', '\n'].map((mark) => before.lastIndexOf(mark)))
  const question = before.slice(start + 1).trim()
  const behind = text.slice(end + 1).trim()
  const isAll = start < 0 && behind === ''
  if (isAll || question === '' || question.length > longestLast || referring.test(question)) return undefined
  return behind.startsWith('(') ? `${question}? ${behind}` : `${question}?`
}
