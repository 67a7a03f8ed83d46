import { isAlias, isMap, isScalar, LineCounter, type Node, parseDocument, visit } from 'yaml'
import type { z } from 'zod'
import type { Problem } from './section.ts'

/**
 * Reads YAML and checks it against a schema. What is wrong is added to `problems` with its line in the file;
 * the answer is then undefined.
 *
 * @param firstLine 1-based line of the file on which `source` begins
 */
export function parseYaml<T>(
  file: string,
  source: string,
  firstLine: number,
  schema: z.ZodType<T>,
  problems: Problem[],
): T | undefined {
  const lines = new LineCounter()
  const document = parseDocument(source, { lineCounter: lines, uniqueKeys: true })
  const lineOf = (offset: number): number => lines.linePos(offset).line + firstLine - 1
  const broken = document.errors[0] ?? aliasError(document.contents)
  if (broken !== undefined) {
    const message = broken.message.split('\n')[0]!.replace(/ at line \d+, column \d+:?$/, '')
    problems.push({
      file,
      line: lineOf(broken.pos[0]),
      message: `the YAML is broken: ${message}; mend this line`,
    })
    return undefined
  }
  const parsed = schema.safeParse(document.toJS() ?? {})
  if (parsed.success) return parsed.data
  for (const issue of parsed.error.issues) {
    const node =
      issue.code === 'unrecognized_keys'
        ? keyAt(document, issue.path, issue.keys[0])
        : nodeAt(document, issue.path)
    const field = issue.path.map(String).join('.')
    problems.push({
      file,
      line: node?.range ? lineOf(node.range[0]) : firstLine,
      message: `${field === '' ? '' : `"${field}": `}${issue.message}; mend the field${field === '' ? 's' : ''}`,
    })
  }
  return undefined
}

/** The 1-based line of a field in YAML that is known to be sound. */
export function lineAt(source: string, path: readonly PropertyKey[]): number {
  const lines = new LineCounter()
  const node = nodeAt(parseDocument(source, { lineCounter: lines }), [...path])
  return node?.range ? lines.linePos(node.range[0]).line : 1
}

/** The key itself, where it should not be there. */
function keyAt(
  document: ReturnType<typeof parseDocument>,
  path: PropertyKey[],
  key: string | undefined,
): Node | undefined {
  const map = path.length === 0 ? document.contents : document.getIn(path, true)
  if (!isMap(map)) return undefined
  const pair = map.items.find((item) => isScalar(item.key) && item.key.value === key)
  return pair?.key as Node | undefined
}

/** The innermost node on the way to a field that the file has. */
function nodeAt(document: ReturnType<typeof parseDocument>, path: PropertyKey[]): Node | undefined {
  for (let depth = path.length; depth > 0; depth--) {
    const node = document.getIn(path.slice(0, depth), true)
    if (node !== undefined && node !== null) return node as Node
  }
  return document.contents ?? undefined
}

/** Aliases let a few lines stand for millions, and no document of ours needs them. */
function aliasError(contents: Node | null): { message: string; pos: [number, number] } | undefined {
  let at: number | undefined
  visit(contents, (_, node) => {
    if (!isAlias(node)) return undefined
    at = node.range?.[0] ?? 0
    return visit.BREAK
  })
  return at === undefined
    ? undefined
    : { message: 'YAML aliases (*name) are not allowed here', pos: [at, at] }
}
