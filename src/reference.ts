import { createHash } from 'node:crypto'

/**
 * Names something that can be shown again, also after a restart and after the conversation is forgotten, so that a
 * button can carry it: `s.<key>` a section, `c.<role>.<role>` a comparison, `q.<question>` whatever answers a question.
 * At most 80 characters.
 */
export type Reference = string

export type Target =
  | { kind: 'section'; key: string }
  | { kind: 'comparison'; roles: [string, string] }
  | { kind: 'question'; text: string }

/** Short enough for any button; two of 100,000 sections share a key once in 50,000 contents. */
export function sectionKey(id: string): string {
  return createHash('sha256').update(id).digest('base64url').slice(0, 8)
}

export function refer(target: Target): Reference {
  switch (target.kind) {
    case 'section':
      return `s.${target.key}`
    case 'comparison':
      return `c.${target.roles.join('.')}`
    case 'question':
      return `q.${target.text}`
  }
}

/** @returns undefined for anything that `refer` did not write */
export function readReference(reference: Reference): Target | undefined {
  const [kind, ...rest] = reference.split('.')
  const value = rest.join('.')
  if (value === '') return undefined
  if (kind === 's') return { kind: 'section', key: value }
  if (kind === 'q') return { kind: 'question', text: value }
  const [first, second, ...more] = rest
  if (kind === 'c' && first && second && more.length === 0)
    return { kind: 'comparison', roles: [first, second] }
  return undefined
}
