/** A job that people ask about; `fields` are weaker signs of it than `aliases` (its field of work). */
export interface Role {
  id: string
  label: string
  plural: string
  aliases: string[]
  fields: string[]
  /** What is true of this more general role is true of this one too. */
  kindOf?: string | undefined
  /** False: people ask about it, the documents do not describe it. */
  covered: boolean
}

/** Something people want to know about a job. `near` topics answer too; `weight` is how strong a sign its words are. */
interface Topic {
  id: string
  label: string
  aliases: string[]
  patterns: string[]
  near: string[]
  weight: number
  /** False: the side-by-side of two roles says nothing about it. */
  compared: boolean
}

/** How far along somebody is (entry, mid, senior, lead). */
interface Level {
  id: string
  label: string
  aliases: string[]
}

/** A skill, tool, technique, task or idea with the words that people use for it. */
interface Concept {
  id: string
  label: string
  aliases: string[]
}

/** What people ask and the documents do not hold: a whole subject, or a detail such as a place. */
export interface Uncovered {
  id: string
  kind: 'subject' | 'detail'
  /** Undefined: the person's own words name it best ("Berlin"). */
  label?: string | undefined
  /** The concept under which the documents speak of it in general. */
  concept?: string | undefined
  /** It belongs to the subject even where nothing else in a question does ("remote jobs?"). */
  career: boolean
  aliases: string[]
  patterns: string[]
}

/** What the documents are about, in words that complete "I answer questions about …". */
export interface Subject {
  subject: string
  /** What can be asked about it, in a few words. */
  covers?: string | undefined
  defaultRole?: string | undefined
  /** What is asked when only a role is named ("data engineer?"). */
  defaultTopic?: string | undefined
  /** What is asked when only a level is named ("entry-level AI engineer"). */
  levelTopic?: string | undefined
  /** What is asked when two jobs are held against each other. */
  comparisonTopic?: string | undefined
  /** What is asked when somebody wants to become something. */
  startTopic?: string | undefined
  /** Short forms of the subject's words ("eng": "engineer"). */
  shorthand: Record<string, string>
  examples: string[]
  /** What is offered to somebody who is worried or down. */
  firstSteps: string[]
  /** Topics in the order in which people get to know a job. */
  journey: string[]
  /** Command (role, path, salary, learn) → the topic it asks for. */
  commands: Record<string, string>
}

/** The words of one community's subject, read from `vocabulary/*.yaml` in the content folder. */
export interface Vocabulary {
  subject: Subject
  roles: Role[]
  topics: Topic[]
  levels: Level[]
  concepts: Concept[]
  uncovered: Uncovered[]
}

/** A folder of plain Markdown has no vocabulary: everything then rests on its own words. */
export const emptyVocabulary: Vocabulary = {
  subject: {
    subject: 'what my documents cover',
    shorthand: {},
    examples: [],
    firstSteps: [],
    journey: [],
    commands: {},
  },
  roles: [],
  topics: [],
  levels: [],
  concepts: [],
  uncovered: [],
}
