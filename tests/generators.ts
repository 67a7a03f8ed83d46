import type { Content } from '../src/content/section.ts'

/** A source of chance: 0 up to but not including 1. */
export type Chance = () => number

/** The same numbers for the same seed (mulberry32, public domain), so that a failure can be had again. */
export function chanceFrom(seed: number): Chance {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Every word and phrase that the content and its vocabulary are made of. */
export function wordsOfContent({ sections, vocabulary }: Content): string[] {
  const { roles, topics, levels, concepts, uncovered } = vocabulary
  const phrases = [...roles, ...topics, ...levels, ...concepts, ...uncovered].flatMap(
    ({ aliases }) => aliases,
  )
  const asked = sections.flatMap(({ questions }) => questions).flatMap((question) => question.split(' '))
  return [...new Set([...phrases, ...asked, ...topics.flatMap(({ patterns }) => patterns)])]
}

const letters = 'abcdefghijklmnopqrstuvwxyz'
const pieces = [
  '<',
  '>',
  '</',
  '<!--',
  '-->',
  '<script>',
  '<@',
  '@everyone',
  '@here',
  '```',
  '**',
  '[',
  '](',
  ')',
  '{',
  '}',
  '((',
  '&lt;',
  '&#x3C;',
  'http://',
  'https://x',
  '\u202e',
  '\u0000',
  '\u001b[31m',
  "'",
  '"',
  '\\',
  '%s',
  '${',
  '*',
  '|',
  '\n',
  '- ',
  '# ',
  'constructor',
  '__proto__',
]

/** Each gives a text of about that many characters. */
export function generatorsOf(words: readonly string[], chance: Chance) {
  const upTo = (most: number): number => Math.floor(chance() * most)
  const oneOf = (list: readonly string[]): string => list[upTo(list.length)] ?? ''
  const until = (length: number, next: () => string): string => {
    let text = ''
    while (text.length < length) text += next()
    return text.slice(0, length)
  }
  const nearMiss = (word: string): string => {
    const at = upTo(word.length)
    const letter = letters[upTo(26)] ?? ''
    return [
      word.slice(0, at) + word.slice(at + 1),
      word.slice(0, at) + letter + word.slice(at),
      word.slice(0, at) + letter + word.slice(at + 1),
      word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2),
    ][upTo(4)]!
  }
  return {
    /** Any UTF-16 code unit: every script, unassigned ones, lone surrogates. */
    codeUnits: (length: number) => until(length, () => String.fromCharCode(upTo(65_536))),
    /** Any code point, mostly outside the first plane. */
    codePoints: (length: number) => until(length, () => String.fromCodePoint(upTo(0x110000))),
    letters: (length: number) => until(length, () => ` ${letters}`[upTo(27)]!),
    words: (length: number) => until(length, () => `${oneOf(words)} `),
    nearMisses: (length: number) => until(length, () => `${nearMiss(oneOf(words))} `),
    markup: (length: number) => until(length, () => oneOf(pieces) + (chance() < 0.3 ? oneOf(words) : '')),
    repeated: (length: number) =>
      oneOf([...pieces, ...letters, ...words])
        .repeat(length)
        .slice(0, length),
    nested: (length: number) => {
      const [open, close] = [
        ['<', '>'],
        ['(', ')'],
        ['[', ']'],
        ['{', '}'],
        ['<a', '</a>'],
        ['**', '**'],
      ][upTo(6)]!
      const depth = Math.floor(length / (open!.length + close!.length))
      return open!.repeat(depth) + close!.repeat(depth)
    },
  }
}
