import { type Answer, answerJson, type Engine } from '../../src/index.ts'
import { linesOf } from './lines.ts'
import { wholeText } from './text.ts'

export interface AskOptions {
  json: boolean
  stdin: boolean
  explain: boolean
  limit: number
}

/** One question with what was asked before it. */
interface Asked {
  q: string
  context: readonly string[]
}

/** Answers the question of the command line, or each line of standard input in order. */
export async function ask(
  engine: Engine,
  question: string,
  options: AskOptions,
  output: NodeJS.WritableStream,
): Promise<void> {
  if (!options.stdin) {
    output.write(respond(engine, { q: question, context: [] }, options))
    return
  }
  for await (const line of linesOf(process.stdin)) {
    if (line.trim() === '') continue
    const more = output.write(respond(engine, readLine(line), options))
    if (!more) await new Promise((resolve) => output.once('drain', resolve))
  }
}

/** Plain text, or `{"q": "…", "context": ["…"]}`; a line that only looks like JSON is a question like any other. */
function readLine(line: string): Asked {
  if (line.trimStart().startsWith('{')) {
    try {
      const value: unknown = JSON.parse(line)
      if (typeof value === 'object' && value !== null && 'q' in value && typeof value.q === 'string') {
        const context =
          'context' in value && Array.isArray(value.context)
            ? value.context.filter((one) => typeof one === 'string')
            : []
        return { q: value.q, context }
      }
    } catch {
      // Not JSON: somebody's text that begins with a brace.
    }
  }
  return { q: line, context: [] }
}

function respond(engine: Engine, { q, context }: Asked, options: AskOptions): string {
  let talk: Answer['talk']
  for (const earlier of context) talk = engine.answer(earlier, talk).talk
  const began = performance.now()
  const answer = engine.answer(q, talk, options.limit)
  const elapsedMs = performance.now() - began
  if (options.json) {
    const why = options.explain ? { explain: answer.explain() } : {}
    return `${JSON.stringify({ ...answerJson(q, answer, elapsedMs), ...why })}\n`
  }
  const why = options.explain
    ? `\nWhy:\n${answer
        .explain()
        .map((line) => `  ${line}`)
        .join('\n')}\n`
    : ''
  return `${wholeText(answer.reply)}${why}${options.stdin ? '\n' : ''}`
}
