import type { RootContent } from 'mdast'

/** A question that the bot can answer, offered as a next step. At most 75 characters, so that it fits a button. */
export type Suggestion = string

/** Where an answer comes from. */
export interface SourceNote {
  /** The section in our own documents. */
  section: { id: string; title: string }
  /** The title of the document the section stands in. */
  document: string
  /** Titles of the source documents that the facts were taken from. */
  sources: readonly string[]
  /** ISO date on which somebody last checked the section. */
  reviewed?: string | undefined
}

interface Informing {
  title: string
  /** Markdown syntax tree: adapters render it for their platform. */
  body: readonly RootContent[]
  /** What the answer does not cover of the question, as a sentence or two. */
  caveat?: string | undefined
  source: SourceNote
  suggestions: readonly Suggestion[]
}

/** One section answers. */
export interface AnswerReply extends Informing {
  kind: 'answer'
}

/** Two roles side by side; the body holds a table. */
export interface ComparisonReply extends Informing {
  kind: 'comparison'
  roles: readonly [string, string]
}

interface Saying {
  /** Plain sentences. */
  text: string
  suggestions: readonly Suggestion[]
}

/** Two readings are equally good; the suggestions are the readings. */
interface ClarifyReply extends Saying {
  kind: 'clarify'
}

/** The documents do not answer this. */
interface NoMatchReply extends Saying {
  kind: 'no-match'
}

/** What can be asked. */
interface HelpReply extends Saying {
  kind: 'help'
}

/** Greetings, thanks and the like. */
interface ChatReply extends Saying {
  kind: 'chat'
}

/** Everything that the bot says. Renderers switch over `kind` without a default, so a new kind shows where it is missing. */
export type Reply = AnswerReply | ComparisonReply | ClarifyReply | NoMatchReply | HelpReply | ChatReply

/** True for a reply that gives knowledge from the content. */
export function isAnswered(reply: Reply): reply is AnswerReply | ComparisonReply {
  return reply.kind === 'answer' || reply.kind === 'comparison'
}

/** Makes the compiler complain where a union is not handled in full. */
export function assertNever(value: never): never {
  throw new Error(`unhandled: ${JSON.stringify(value)}`)
}
