import { z } from 'zod'
import type { Flow } from '../onboarding/flow.ts'

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
    concept: text.optional(),
    career: z.boolean().default(false),
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

/** Fits a button on every platform. Characters. */
const label = text.max(40)
const heading = text.max(100)
const sentences = text.max(600)
const packPart = z.strictObject({ title: heading, topic: text })

export const onboardingSchema: z.ZodType<Flow> = z.strictObject({
  welcome: z.strictObject({ title: heading, text: sentences, start: label }),
  interest: z.strictObject({
    title: heading,
    text: sentences,
    unsure: label,
    choices: z
      .array(z.strictObject({ label, role: id }))
      .min(1)
      .max(20),
  }),
  quiz: z
    .array(
      z.strictObject({
        question: heading,
        choices: z
          .array(
            z.strictObject({
              label,
              points: z.record(id, z.number().int().min(1).max(5)),
              section: text.regex(/#/, 'must be <file without .md>#<heading>'),
            }),
          )
          .min(2)
          .max(8),
      }),
    )
    .min(5, 'must have five to seven questions')
    .max(7, 'must have five to seven questions'),
  level: z.strictObject({
    title: heading,
    text: sentences,
    choices: z
      .array(z.strictObject({ label, level: id }))
      .min(1)
      .max(8),
  }),
  pack: z.strictObject({
    title: heading,
    role: packPart,
    skills: packPart,
    resources: packPart,
    path: packPart,
    questions: heading,
    finish: label,
  }),
  done: z.strictObject({ title: heading, text: sentences }),
})
