import { functionWords } from './english.ts'
import type { Tag } from './tagger.ts'
import type { Uncovered, Vocabulary } from './vocabulary.ts'

/** Something asked for that the documents do not describe. */
export interface Missing {
  kind: Uncovered['kind'] | 'role'
  id: string
  /** How to name it to a person. */
  label: string
  /** The stems of its words. */
  stems: string[]
  /** It belongs to the subject even where nothing else in the question does. */
  career?: boolean
  /** The concept under which the documents speak of it in general. */
  concept?: string | undefined
}

/** Finds what a question names and the documents do not describe. */
export function createUncovered({ roles, uncovered }: Vocabulary) {
  const isCovered = new Map(roles.map((role) => [role.id, role.covered]))
  const labels = new Map<string, string | undefined>([
    ...roles.map((role) => [role.id, role.plural] as const),
    ...uncovered.map((missing) => [missing.id, missing.label] as const),
  ])
  const careers = new Set(uncovered.filter(({ career }) => career).map(({ id }) => id))
  const conceptOf = new Map(
    uncovered.flatMap(({ id, concept }) => (concept === undefined ? [] : [[id, concept]])),
  )

  return {
    uncoveredOf(words: readonly string[], stems: readonly string[], tags: readonly Tag[]): Missing[] {
      const found = new Map<string, Missing>()
      for (const { kind, id, ...place } of tags) {
        const label = labels.get(id) ?? asName(textOf(words, place))
        const own = contentOf(words, stems, place)
        if (kind === 'subject' || kind === 'detail')
          found.set(`${id}:${label}`, {
            kind,
            id,
            label,
            stems: own,
            career: careers.has(id),
            concept: conceptOf.get(id),
          })
        else if (kind === 'role' && isCovered.get(id) === false)
          found.set(id, { kind: 'role', id, label, stems: own })
      }
      return [...found.values()]
    },
    /** What the documents say in general of what they say nothing about in particular. */
    generalOf: (tags: readonly Tag[]): Tag[] =>
      tags.flatMap((tag) => {
        const id = conceptOf.get(tag.id)
        return id === undefined ? [] : [{ ...tag, kind: 'concept' as const, id }]
      }),
    /** "Can an ML engineer become CTO?" is no change of jobs: it ends in something that the documents speak of. */
    withoutAimed: (patterns: readonly Tag[], tags: readonly Tag[]): Tag[] =>
      patterns.filter(
        ({ id, end }) =>
          !conceptOf.has(id) ||
          !tags.some((tag) => tag.kind === 'concept' && tag.start < end && tag.end >= end),
      ),
  }
}

type Place = Pick<Tag, 'start' | 'end'>

/** The stems of a phrase, without words of grammar. */
export function contentOf(
  words: readonly string[],
  stems: readonly string[],
  { start, end }: Place,
): string[] {
  return stems.slice(start, end).filter((_, i) => !functionWords.has(words[start + i] ?? ''))
}

export function textOf(words: readonly string[], { start, end }: Place): string {
  return words.slice(start, end).join(' ')
}

/** People write places and companies in lower case ("tel aviv"). */
function asName(label: string): string {
  return label.replace(/(?<=^| )\p{Ll}/gu, (letter) => letter.toUpperCase())
}
