import type { ZodType } from 'zod'
import { StoreError } from './store-error.ts'
import type { Tables } from './tables.ts'

/** The first line of every file. */
export const header = { format: 'ai-career-bot', version: 1 }

/** Each table with its key. Claimed events and rate limits are over before anybody could move them. */
export const keys = {
  installations: ['key'],
  feedback: ['id'],
  profiles: ['member'],
  settings: ['community', 'key'],
  questions: ['id'],
} as const satisfies { [Table in keyof Tables]?: readonly (keyof Tables[Table])[] }

export type Table = keyof typeof keys
export type Row = Record<string, string | number | null>

/** @returns a function that checks a line; undefined for the first, which says what the file is */
export async function createReader() {
  const { z } = await import('zod')
  const text = z.string()
  const maybe = text.nullable()
  const at = z.int()
  const head = z.object({ format: z.literal(header.format), version: z.literal(header.version) })
  const rowOf = <Name extends Table>(
    table: Name,
    row: { [Column in keyof Tables[Name]]: ZodType<Tables[Name][Column]> },
  ) => z.object({ table: z.literal(table), row: z.strictObject(row) })
  const body = z.discriminatedUnion('table', [
    rowOf('installations', { key: text, value: text, at }),
    rowOf('feedback', {
      id: text,
      reference: text,
      helpful: z.int().min(0).max(1),
      reason: maybe,
      platform: maybe,
      at,
    }),
    rowOf('profiles', { member: text, role: maybe, level: maybe, progress: text, at }),
    rowOf('settings', { community: text, key: text, value: text, at }),
    rowOf('questions', {
      id: text,
      text,
      kind: text,
      section: maybe,
      // Files of the first version do not have it.
      caveat: maybe.default(null),
      platform: maybe,
      member: maybe,
      at,
    }),
  ])
  return (line: string, number: number): { table: Table; row: Row } | undefined => {
    const value = parse(line, number)
    if (number === 1) {
      if (head.safeParse(value).success) return undefined
      throw new StoreError(
        `line 1: it is no data of this program, or of a newer version; name a file that data:export wrote`,
        false,
      )
    }
    const read = body.safeParse(value)
    if (read.success) return read.data as { table: Table; row: Row }
    const [issue] = read.error.issues
    throw new StoreError(`line ${number}: ${issue?.path.join('.')}: ${issue?.message}`, false)
  }
}

function parse(line: string, number: number): unknown {
  try {
    return JSON.parse(line)
  } catch {
    throw new StoreError(`line ${number}: it is no JSON; name a file that data:export wrote`, false)
  }
}
