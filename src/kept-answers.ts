import type { Talk } from './conversation/focus.ts'
import type { Answer, Engine } from './engine.ts'
import { Recent } from './recent.ts'

export type Answering = (question: string, talk: Talk | undefined) => Answer

/** So many questions of at most so many characters have their answers kept, so many each. About 2 kB an answer. */
const mostQuestions = 1_000
const longestKept = 400
const mostVariants = 4

/**
 * The same question gets the same answer, and what buttons and suggestions ask is always the same, so the last answers
 * are kept.
 */
export function createKeptAnswers(engine: Engine): Answering {
  /** Question → its answers in different conversations, the last one first. */
  const answers = new Recent<string, Answer[]>(mostQuestions)

  return (question, talk) => {
    const known = answers.get(question) ?? []
    for (const one of known) {
      const again = one.after?.(talk)
      if (again !== undefined) return again
    }
    const fresh = engine.answer(question, talk)
    if (question.length <= longestKept)
      answers.set(question, [brief(fresh), ...known.slice(0, mostVariants - 1)])
    return fresh
  }
}

/** Without what only `--explain` needs: it holds on to every section that was considered. */
function brief(answer: Answer): Answer {
  return { ...answer, explain: () => [] }
}
