/** One thing to read in the starter pack: a heading of ours and the topic it shows. */
interface PackPart {
  title: string
  topic: string
}

/** An answer of the fit quiz. */
interface QuizChoice {
  label: string
  /** Role → points. */
  points: Record<string, number>
  /** The id of the section that says why. */
  section: string
}

/** The welcome tour as the content words it, read from `onboarding.yaml`. Roles, levels and topics are ids. */
export interface Flow {
  welcome: { title: string; text: string; start: string }
  interest: { title: string; text: string; unsure: string; choices: { label: string; role: string }[] }
  quiz: { question: string; choices: QuizChoice[] }[]
  level: { title: string; text: string; choices: { label: string; level: string }[] }
  pack: {
    title: string
    role: PackPart
    skills: PackPart
    resources: PackPart
    path: PackPart
    questions: string
    finish: string
  }
  done: { title: string; text: string }
}

export interface Score {
  role: string
  points: number
  /** What gave the points, in the order of the quiz. */
  reasons: { label: string; points: number; section: string }[]
}

/**
 * Adds up the points of the quiz, most first; equal ones in the order in which the roles were first given points.
 *
 * @param answers the number of the choice for each question, null where it was skipped
 */
export function scores(flow: Flow, answers: readonly (number | null)[]): Score[] {
  const found = new Map<string, Score>()
  for (const [i, answer] of answers.entries()) {
    const choice = answer === null ? undefined : flow.quiz[i]?.choices[answer]
    if (choice === undefined) continue
    for (const [role, points] of Object.entries(choice.points)) {
      const score = found.get(role) ?? { role, points: 0, reasons: [] }
      score.points += points
      score.reasons.push({ label: choice.label, points, section: choice.section })
      found.set(role, score)
    }
  }
  return [...found.values()].sort((a, b) => b.points - a.points)
}
