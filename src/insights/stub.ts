import type { Vocabulary } from '../query/vocabulary.ts'
import type { Keys } from '../search/similarity.ts'

/** A document to fill in. Until there is a text under its heading, `check:content` says that it is missing. */
export interface Stub {
  /** A name for it, without folders. */
  file: string
  /** Markdown as docs/content.md describes it. */
  text: string
  role?: string | undefined
  topic?: string | undefined
  level?: string | undefined
}

/** The first sample question is offered as a button, so it is no longer than that. Characters. */
const longestOffered = 75
const longestTitle = 100
const mostQuestions = 10

/**
 * @param questions what people asked, most asked first
 * @param keys what the first of them names
 */
export function createStub(questions: readonly string[], keys: Keys, vocabulary: Vocabulary): Stub {
  const slots = slotsOf(keys, vocabulary)
  const offered = questions.find((question) => question.length <= longestOffered)
  const samples = [...new Set([...(offered === undefined ? [] : [offered]), ...questions])]
  const title = titleOf(questions[0] ?? '')
  const front = [['title', title], ...Object.entries(slots).filter(([, value]) => value !== undefined)].map(
    ([name, value]) => `${name}: ${quoted(value ?? '')}`,
  )
  const text = [
    '---',
    ...front,
    '# sources: [an id from sources.yaml]',
    '# reviewed: the date on which you checked it, such as 2026-11-20',
    '---',
    '',
    `# ${escaped(title)}`,
    '',
    `## ${escaped(title)}: the answer`,
    '',
    '<!--',
    'questions:',
    ...samples.slice(0, mostQuestions).map((question) => `  - ${quoted(question)}`),
    '-->',
    '',
    '<!-- Make the heading a title, then write 40 to 150 words here that stand alone: the fact first, then the reason. -->',
    '',
  ].join('\n')
  return { file: `${slugOf(title)}.md`, text, ...slots }
}

/** What all of it is about, where the vocabulary has a word for it. */
function slotsOf({ own }: Keys, { roles, topics, levels }: Vocabulary) {
  const known = {
    role: new Set(roles.map(({ id }) => id)),
    topic: new Set(topics.map(({ id }) => id)),
    level: new Set(levels.map(({ id }) => id)),
  }
  const only = (kind: keyof typeof known): string | undefined => {
    const ids = [...own.keys()]
      .filter((key) => key.startsWith(`${kind}:`))
      .map((key) => key.slice(kind.length + 1))
      .filter((id) => known[kind].has(id))
    // With two of them, people have to decide.
    return ids.length === 1 ? ids[0] : undefined
  }
  return { role: only('role'), topic: only('topic'), level: only('level') }
}

function titleOf(question: string): string {
  const title = question
    .replace(/[\s?!.]+$/u, '')
    .slice(0, longestTitle)
    .trim()
  return title.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase()) || 'Without a title'
}

/** A string for YAML that neither ends the comment it stands in nor breaks the line. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(/[<>\u0085\u2028\u2029]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}

/** What people type is text, not Markdown. */
function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#&|~$!]/g, '\\$&')
}

function slugOf(title: string): string {
  const slug = title
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '')
  return slug || 'question'
}
