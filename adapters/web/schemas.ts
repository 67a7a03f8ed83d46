import { z } from 'zod'
import type { Reply } from '../../src/index.ts'

/** What the JSON API takes and gives; the OpenAPI description is made from it. */

const reference = z.string().min(1).max(200)
const wantsHtml = z.boolean().optional().describe('true: the answer comes as HTML too, as the page shows it')

export const askRequest = z
  .strictObject({
    question: z.string().min(1).max(4_000).describe('in any words'),
    role: z.string().max(100).nullish().describe('a job that the question is about, in any words'),
    level: z.string().max(100).nullish().describe('a level, such as "junior"'),
    after: reference
      .nullish()
      .describe(
        'the reference of the answer before, for a question that leans on it, such as "and the pay?"',
      ),
    html: wantsHtml,
  })
  .describe('A question')

export const openRequest = z
  .strictObject({ reference, html: wantsHtml })
  .describe('Something that an answer refers to')

export const feedbackRequest = z
  .strictObject({
    reference: reference.describe('of the answer'),
    helpful: z.boolean(),
    reason: z.string().max(500).optional().describe('in words of their own; amends what was said before'),
  })
  .describe('What somebody thought of an answer; who it was is not kept')

const kinds = [
  'answer',
  'role',
  'comparison',
  'clarify',
  'no-match',
  'help',
  'chat',
  'about',
  'home',
  'limited',
  'silent',
] as const satisfies readonly Reply['kind'][]

export const answer = z
  .strictObject({
    question: z.string(),
    kind: z.enum(kinds),
    answered: z.boolean().describe('true only when knowledge from the documents was given'),
    text: z.string().describe('title and body as plain text'),
    caveat: z.string().nullable().describe('what the answer does not cover of the question'),
    sections: z
      .array(
        z.strictObject({
          id: z.string(),
          title: z.string(),
          role: z.string().nullable(),
          topic: z.string().nullable(),
          score: z.number(),
        }),
      )
      .describe('what was considered, best first, also when nothing was answered'),
    suggestions: z.array(z.string()).describe('questions that can be answered next'),
    elapsedMs: z.number().describe('milliseconds that answering took'),
    source: z
      .strictObject({
        section: z.strictObject({ id: z.string(), title: z.string() }),
        document: z.string(),
        sources: z.array(z.string()),
        reviewed: z.iso.date().optional(),
      })
      .optional()
      .describe('where the answer comes from'),
    reference: z.string().nullable().describe('names this answer, for "after" and for feedback'),
    html: z.string().optional(),
  })
  .describe('The same as `npm run ask -- --json` prints, and the reference')

export const thanks = z.strictObject({ text: z.string() }).describe('Thanks')

export const failure = z
  .strictObject({ error: z.string().describe('what is wrong and how to mend it') })
  .describe('Nothing was done')
