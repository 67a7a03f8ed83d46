import { ContentError, formatProblem, loadContent } from '../../src/index.ts'

/** Prints every problem of a content folder as `file:line: what is wrong; how to mend it`. @returns the exit status */
export async function checkContent(folder: string, output: NodeJS.WritableStream): Promise<number> {
  try {
    const { problems, sections, documents, vocabulary } = await loadContent(folder)
    for (const problem of problems) output.write(`${formatProblem(problem)}\n`)
    const words =
      vocabulary.roles.length +
      vocabulary.topics.length +
      vocabulary.levels.length +
      vocabulary.concepts.length
    const summary = `${sections.length} sections in ${documents} documents, ${words} entries in the vocabulary`
    output.write(
      problems.length === 0 ? `${summary}: no problems\n` : `${problems.length} problems in ${summary}\n`,
    )
    return problems.length === 0 ? 0 : 1
  } catch (error) {
    if (!(error instanceof ContentError)) throw error
    for (const problem of error.problems) output.write(`${formatProblem(problem)}\n`)
    output.write(`${error.message}\n`)
    return 2
  }
}
