import { z } from 'zod'

const text = z.string().trim().min(1)
/** YAML reads an unquoted 2026-11-20 as text, and 2024 or true as something else. */
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date such as 2026-11-20')
const words = z.array(text)

const profileSchema = z.strictObject({
  focus: text.max(120).optional(),
  builds: text.max(120).optional(),
  needs: text.max(120).optional(),
  worksWith: text.max(120).optional(),
})

/** Front matter of a document. Keys of other tools (tags, draft, layout …) are left alone. */
export const frontMatterSchema = z.looseObject({
  title: text.max(150).optional(),
  role: text.optional(),
  topic: text.optional(),
  level: text.optional(),
  sources: words.optional(),
  reviewed: date.optional(),
  profile: profileSchema.optional(),
})

/** The comment under a heading; what it does not say, the front matter does. */
export const sectionMetadataSchema = z.strictObject({
  role: text.optional(),
  roles: z.array(text).length(2).optional(),
  topic: text.optional(),
  level: text.optional(),
  sources: words.optional(),
  reviewed: date.optional(),
  overview: z.boolean().optional(),
  questions: words.max(30).optional(),
})

export const sourcesSchema = z.record(z.string(), z.looseObject({ title: text }))

const id = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'must be lower-case words joined by -')

export const rolesSchema = z.array(
  z.strictObject({
    id,
    label: text,
    plural: text,
    aliases: words.default([]),
    fields: words.default([]),
    kindOf: text.optional(),
    covered: z.boolean().default(true),
  }),
)

export const topicsSchema = z.array(
  z.strictObject({
    id,
    label: text,
    aliases: words.default([]),
    patterns: words.default([]),
    near: words.default([]),
    weight: z.number().min(0).max(2).default(1),
    compared: z.boolean().default(true),
  }),
)

export const levelsSchema = z.array(z.strictObject({ id, label: text, aliases: words.default([]) }))

export const conceptsSchema = z.array(z.strictObject({ id, label: text, aliases: words.default([]) }))

export const uncoveredSchema = z.array(
  z.strictObject({
    id,
    kind: z.enum(['subject', 'detail']),
    label: text.optional(),
    aliases: words.default([]),
    patterns: words.default([]),
  }),
)

export const subjectSchema = z.strictObject({
  subject: text,
  covers: text.optional(),
  defaultRole: text.optional(),
  defaultTopic: text.optional(),
  levelTopic: text.optional(),
  comparisonTopic: text.optional(),
  startTopic: text.optional(),
  shorthand: z.record(z.string(), text).default({}),
  examples: words.default([]),
  firstSteps: words.default([]),
  journey: words.default([]),
  commands: z.record(z.string(), text).default({}),
})
