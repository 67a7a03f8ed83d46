import { createHash } from 'node:crypto'

// biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is what has to go
const unstorable = /\u0000|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g

/** PostgreSQL refuses NUL and libsql cuts the text there; halves of surrogate pairs have no UTF-8. */
function storableText(text: string): string {
  return text.replace(unstorable, '\uFFFD')
}

/** Longer ones do not fit an index of PostgreSQL, 2,704 bytes over all its columns. Characters. */
const longestKey = 200

/** Any text as a key that every database can look up, the same for the same text and no other. */
export function keyOf(text: string): string {
  if (text.length <= longestKey && storableText(text) === text) return text
  // JSON writes out what UTF-8 cannot tell apart.
  return `sha256.${createHash('sha256').update(JSON.stringify(text)).digest('base64url')}`
}

/** The value as every database keeps it. */
export function storable(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value)
  // A boolean that is bound to a statement of libsql ends the program.
  if (typeof value === 'boolean') return Number(value)
  return value ?? null
}
