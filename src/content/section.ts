import type { RootContent } from 'mdast'
import type { Flow } from '../onboarding/flow.ts'
import type { Vocabulary } from '../query/vocabulary.ts'

/** One heading's worth of a document: it answers one thing by itself. */
export interface Section {
  /** `<file path inside the content folder without .md>#<heading slug>` */
  id: string
  /** Path inside the content folder, with `/`. */
  file: string
  /** 1-based line of the heading. */
  line: number
  title: string
  /** The document's title and the headings above this one, outermost first. */
  path: string[]
  role?: string | undefined
  /** Two roles, for a section that tells them apart. */
  roles: string[]
  topic?: string | undefined
  level?: string | undefined
  /** True: this section sums up its role and topic. */
  overview: boolean
  /** How people ask for this; the first is shown to people as a question. */
  questions: string[]
  sources: string[]
  /** ISO date. */
  reviewed?: string | undefined
  /** Markdown syntax tree without positions. */
  body: RootContent[]
  /** `body` as plain text. */
  text: string
}

/** Short phrases that put one role beside another. */
export interface Profile {
  focus?: string | undefined
  builds?: string | undefined
  needs?: string | undefined
  worksWith?: string | undefined
}

/** Something wrong in the content, as `file:line: what is wrong; how to mend it`. */
export interface Problem {
  file: string
  line: number
  message: string
}

export interface Source {
  title: string
}

/** One Markdown file, read. */
export interface Document {
  sections: Section[]
  role?: string | undefined
  profile?: Profile | undefined
}

/** Everything the bot knows. */
export interface Content {
  sections: Section[]
  /** How many Markdown files the sections come from. */
  documents: number
  vocabulary: Vocabulary
  profiles: ReadonlyMap<string, Profile>
  sources: ReadonlyMap<string, Source>
  /** The welcome tour; a plain folder has none. */
  onboarding?: Flow | undefined
  problems: Problem[]
  /** The same for the same files with the same content, and for no others. */
  fingerprint: string
}

export function formatProblem(problem: Problem): string {
  const text = `${problem.file}:${problem.line}: ${problem.message}`
  // A file's name may hold anything, also what a terminal obeys.
  return text.replace(/\p{Cc}/gu, '?')
}
