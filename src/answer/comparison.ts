import type { PhrasingContent, RootContent, Table, TableCell } from 'mdast'
import type { Profile } from '../content/section.ts'
import type { Role } from '../query/vocabulary.ts'

const rows: readonly (readonly [keyof Profile, string])[] = [
  ['focus', 'Focus'],
  ['builds', 'Builds'],
  ['needs', 'Needs'],
  ['worksWith', 'Works with'],
]

/** Two roles side by side, from the short phrases of their profiles; undefined when a profile is missing. */
export function comparisonBody(
  first: { role: Role; profile: Profile | undefined },
  second: { role: Role; profile: Profile | undefined },
): RootContent[] | undefined {
  const { profile: a } = first
  const { profile: b } = second
  if (a === undefined || b === undefined) return undefined
  const table: Table = {
    type: 'table',
    children: [
      {
        type: 'tableRow',
        children: [cell(''), cell(capital(first.role.label)), cell(capital(second.role.label))],
      },
      ...rows
        .filter(([key]) => a[key] !== undefined || b[key] !== undefined)
        .map(([key, label]) => ({
          type: 'tableRow' as const,
          children: [
            cell(label),
            cell(a[key] ?? 'not said in my documents'),
            cell(b[key] ?? 'not said in my documents'),
          ],
        })),
    ],
  }
  const lead: PhrasingContent[] = [
    { type: 'text', value: `In one line: ${article(first.role.label)} ` },
    { type: 'strong', children: [{ type: 'text', value: first.role.label }] },
    { type: 'text', value: ` is about ${a.focus ?? a.builds}; ${article(second.role.label)} ` },
    { type: 'strong', children: [{ type: 'text', value: second.role.label }] },
    { type: 'text', value: ` is about ${b.focus ?? b.builds}.` },
  ]
  return [{ type: 'paragraph', children: lead }, table]
}

function cell(value: string): TableCell {
  return { type: 'tableCell', children: value === '' ? [] : [{ type: 'text', value }] }
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** "an AI engineer", "an NLP engineer", "a machine learning engineer" */
export function article(noun: string): string {
  return /^(?:[aeiouAEIO]|[FHLMNRSX][A-Z])/.test(noun) ? 'an' : 'a'
}
