/** A labelled question; `README.md` beside this file explains the fields. */
export interface Labelled {
  id: string
  q: string
  context?: string[]
  expect: 'answer' | 'decline' | 'chat'
  part: string
  must?: string[]
  must_not?: string[]
  may?: string[]
  borderline?: boolean
}

/** What the bot said, as far as scoring needs it. */
export interface Said {
  answered: boolean
  text: string
  caveat: string | null
  section: string | undefined
}

/**
 * right: what a careful reader wants · abstained: declined though the sources answer ·
 * caveat: answered an uncovered question but said what is missing · wrong: misleads.
 */
export type Verdict = 'right' | 'abstained' | 'caveat' | 'wrong'

export function judge(question: Labelled, said: Said): Verdict {
  const matches = (patterns: string[] | undefined): boolean =>
    (patterns ?? []).every((p) => new RegExp(p, 'i').test(said.text))
  const clashes = (question.must_not ?? []).some((p) => new RegExp(p, 'i').test(said.text))
  if (question.expect === 'chat') return said.answered ? 'wrong' : 'right'
  if (question.expect === 'decline') {
    if (!said.answered) return 'right'
    if (question.borderline && question.may?.length && matches(question.may)) return 'right'
    return said.caveat === null ? 'wrong' : 'caveat'
  }
  if (!said.answered) return question.borderline ? 'right' : 'abstained'
  return matches(question.must) && !clashes ? 'right' : 'wrong'
}

export type Group = 'real' | 'coverage' | 'noisy' | 'follow-up' | 'uncovered' | 'off topic' | 'small talk'

export function groupOf({ expect, part }: Labelled): Group {
  if (expect === 'chat') return 'small talk'
  if (expect === 'decline') return part === 'C' ? 'off topic' : 'uncovered'
  return part === 'B' ? 'coverage' : part === 'E' ? 'follow-up' : part === 'F' ? 'noisy' : 'real'
}

export type Tally = Record<Verdict, number> & { n: number }

/** The share of questions that count as good: an uncovered one may also be answered with a note. */
export function rateOf(group: Group, tally: Tally): number {
  return (tally.right + (group === 'uncovered' ? tally.caveat : 0)) / tally.n
}
