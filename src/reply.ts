import type { RootContent } from 'mdast'
import type { Choice } from './answer/complete.ts'
import type { Reference } from './reference.ts'

/** A question that the bot can answer, offered as a next step. */
export interface Suggestion {
  /** At most 75 characters. */
  question: string
  /** The same in a few words for a button on a phone, at most 40 characters. */
  label: string
}

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

/** Something else that can be opened, under a short name of at most 75 characters. */
export interface Link {
  label: string
  reference: Reference
}

interface Informing {
  /** This very answer, to show it again. */
  reference: Reference
  title: string
  /** Markdown syntax tree: adapters render it for their platform. */
  body: readonly RootContent[]
  /** What was filled in from what the member told before, as the beginning of a sentence. For the member's eyes only. */
  told?: string | undefined
  /** What the answer does not cover of the question, as a sentence or two. */
  caveat?: string | undefined
  source: SourceNote
  suggestions: readonly Suggestion[]
  /** Other parts of the same document, at most 25. */
  related: readonly Link[]
}

/** One section answers. */
export interface AnswerReply extends Informing {
  kind: 'answer'
}

/** A job at a glance, with the way to everything that is known of it. */
interface RoleReply extends Informing {
  kind: 'role'
  /** What people want to know of a job (what they do, skills, pay …), at most 8. */
  topics: readonly Link[]
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

/** What the bot knows, where from, and what becomes of questions. */
export interface AboutReply {
  kind: 'about'
  title: string
  body: readonly RootContent[]
  suggestions: readonly Suggestion[]
}

/** The bot's own page for one member. */
interface HomeReply {
  kind: 'home'
  title: string
  body: readonly RootContent[]
  /** What can be picked, and what this member has picked. */
  roles: readonly Choice[]
  levels: readonly Choice[]
  profile: { role?: string | undefined; level?: string | undefined }
  /** This member's last answers, and everybody's. */
  recent: readonly Link[]
  popular: readonly Link[]
  suggestions: readonly Suggestion[]
}

/** Something that can be picked in the welcome tour; it comes back as a `step` event. */
export interface Move {
  /** At most 75 characters. */
  label: string
  /** At most 70 characters: the step it belongs to stands in it, so an old button is known as one. */
  choice: string
}

/** A piece of a step, with where it comes from. */
export interface StepPart {
  title?: string | undefined
  caveat?: string | undefined
  body: readonly RootContent[]
  source?: SourceNote | undefined
}

/** A step of the welcome tour, for one member alone. */
export interface StepReply {
  kind: 'step'
  title: string
  /** Sentences that come first: an old button, something that could not be saved. */
  notes: readonly string[]
  parts: readonly StepPart[]
  choices: readonly Move[]
  /** Ways around: back, skip, stop. */
  moves: readonly Move[]
  /** "2 of 4"; none when it is over. */
  progress?: { at: number; of: number } | undefined
  /** What the member picked so far, by the names that `complete` offers. */
  picked: { role?: string | undefined; level?: string | undefined }
  /** Questions to try. */
  suggestions: readonly Suggestion[]
}

/** Newcomers are greeted, several at once when many come. */
interface GreetingReply {
  kind: 'greeting'
  title: string
  text: string
  /** The button that begins the tour. */
  start: string
  /** Who was not greeted before. */
  members: readonly string[]
  suggestions: readonly Suggestion[]
}

/** Too many questions in a short time. */
interface LimitedReply extends Saying {
  kind: 'limited'
  /** Whole seconds until the next question is answered. */
  retryAfter: number
  /** True: this was said before and not heeded; where a reply would be noise, say nothing. */
  again: boolean
}

/** Nobody asked, and the bot has nothing certain to say. */
interface SilentReply {
  kind: 'silent'
  suggestions: readonly Suggestion[]
}

/** Everything that the bot says. Renderers switch over `kind` without a default, so a new kind shows where it is missing. */
export type Reply =
  | AnswerReply
  | RoleReply
  | ComparisonReply
  | ClarifyReply
  | NoMatchReply
  | HelpReply
  | ChatReply
  | AboutReply
  | HomeReply
  | StepReply
  | GreetingReply
  | LimitedReply
  | SilentReply

/** True for a reply that gives knowledge from the content. */
export function isAnswered(reply: Reply): reply is AnswerReply | RoleReply | ComparisonReply {
  return reply.kind === 'answer' || reply.kind === 'role' || reply.kind === 'comparison'
}

/** Makes the compiler complain where a union is not handled in full. */
export function assertNever(value: never): never {
  throw new Error(`unhandled: ${JSON.stringify(value)}`)
}
