import type { Reference } from './reference.ts'

/** So many answers a minute in one community. */
export interface CommunityLimits {
  community: string
  perMember?: number | undefined
  perPlace?: number | undefined
}

/** What the people's own words or choices have in common. The ids are opaque: only the adapter knows what they mean. */
interface Asked {
  /** Where it was asked: turns of one conversation lean on each other. */
  conversation: string
  /** Who asked; counted, and kept at most as a keyed hash. */
  member?: string | undefined
  /** The channel or room, where everybody reads the answer. */
  place?: string | undefined
  /** The name of the adapter. */
  platform?: string | undefined
  /** The community's own limits, beside those for everybody. */
  limits?: CommunityLimits | undefined
  /** True: nobody else sees the answer, so it may lean on what the member told about themselves. */
  isPrivate?: boolean | undefined
}

/** Somebody asks in words of their own. */
export interface Question extends Asked {
  kind: 'question'
  text: string
  /** A job and a level that were picked beside the question, in any words. */
  role?: string | undefined
  level?: string | undefined
  /** True: nothing that was said before belongs to it. */
  alone?: boolean | undefined
  /** True: somebody else wrote it, so nothing of whoever asks goes into the answer, and it is not kept as theirs. */
  quoted?: boolean | undefined
  /** The answer that this one is a reply to; it counts for more than what was said last. */
  after?: Reference | undefined
  /** Nobody asked the bot: it speaks only when it is certain. The first line is taken for the title of a post. */
  unasked?: boolean | undefined
}

/** Somebody picked a subject: what a job is, how one moves up, what it pays, where to learn it. */
export interface Browse extends Asked {
  kind: 'browse'
  subject: 'role' | 'path' | 'salary' | 'learn'
  role?: string | undefined
  level?: string | undefined
}

/** Two jobs side by side, in any words. */
export interface Compare extends Asked {
  kind: 'compare'
  roles: readonly [string, string]
}

/** Somebody picked something that a reply offered. */
interface Open extends Asked {
  kind: 'open'
  reference: Reference
}

/** What the bot knows, where from, and what it does with questions. */
interface About extends Asked {
  kind: 'about' | 'help'
}

/** Somebody looks at the bot's own page, says what they are interested in, or wants to be forgotten. */
interface Home extends Asked {
  kind: 'home'
  member: string
}

interface Forget extends Asked {
  kind: 'forget'
  member: string
}

interface Choose extends Asked {
  kind: 'profile'
  member: string
  /** What was picked; empty: nothing any more. */
  role?: string | undefined
  level?: string | undefined
}

/** What somebody thought of an answer. */
export interface Feedback {
  kind: 'feedback'
  reference: Reference
  helpful: boolean
  /** In words of their own. */
  reason?: string | undefined
  /** An opaque id of the click, so that a reason that is given after it is not counted as another one. */
  click?: string | undefined
  /** Who clicked: only counted, so that nobody floods it, and never kept. */
  member?: string | undefined
  /** The name of the adapter. */
  platform?: string | undefined
}

/** Somebody begins the welcome tour or goes on with it, or wants to know the next step on their path. */
interface Start extends Asked {
  kind: 'start'
  member: string
}

interface Next extends Asked {
  kind: 'next'
  member: string
}

/** Somebody picked something in the tour. */
interface Step extends Asked {
  kind: 'step'
  member: string
  /** As the reply gave it. */
  choice: string
}

/** What happens in the welcome tour. */
export type Guided = Start | Next | Step

/** People came into a community and may be greeted. */
export interface Joined {
  kind: 'joined'
  /** An opaque id of the server or workspace. */
  community: string
  members: readonly string[]
  /** The name of the adapter. */
  platform?: string | undefined
}

/** A greeting did not reach these members; it is theirs the next time they are named. */
export interface Missed extends Omit<Joined, 'kind'> {
  kind: 'missed'
}

/** What concerns one member alone. */
export type Personal = Home | Forget | Choose

/** What somebody did on a platform, in the core's terms. */
export type Event =
  | Question
  | Browse
  | Compare
  | Open
  | About
  | Personal
  | Guided
  | Joined
  | Missed
  | Feedback
