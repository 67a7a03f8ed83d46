import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import type { Flow } from '../onboarding/flow.ts'
import { emptyVocabulary, type Vocabulary } from '../query/vocabulary.ts'
import { crossCheck } from './check.ts'
import { ContentError, listFiles, readText } from './files.ts'
import type { Content, Document, Problem, Profile, Source } from './section.ts'

/** How long reading may go on before other work gets its turn. Milliseconds. */
const longestTurn = 40

/** What was made of files before, by a key of their names and content, so that it is made once. */
export type Compiled = Map<string, unknown>

export interface LoadOptions {
  /** Results of an earlier load; afterwards those of this one. */
  compiled?: Compiled
  /** Called now and then with the number of files read. */
  onProgress?: (done: number, total: number) => void
}

/** The welcome tour. */
const tourFile = 'onboarding.yaml'

/** Where the search index of a content is kept. */
export function indexKey(fingerprint: string): string {
  return `index:${fingerprint}`
}

interface Parsed<T> {
  value: T
  problems: Problem[]
}

/**
 * Reads every Markdown file below a folder, and its `vocabulary/*.yaml` and `sources.yaml` where they are there.
 * A file with problems is used as far as it can be read; the problems are in the result.
 *
 * @throws ContentError when the folder cannot be read or holds not one readable section
 */
export async function loadContent(folder: string, options: LoadOptions = {}): Promise<Content> {
  const problems: Problem[] = []
  const files = listFiles(folder, problems)
  const compiled: Compiled = options.compiled ?? new Map()
  const used = new Set<string>()
  const documents: Document[] = []
  const profiles = new Map<string, Profile>()
  const yaml = new Map<string, string>()
  let turnBegan = performance.now()
  for (const [i, file] of files.entries()) {
    const source = readText(folder, file, problems)
    if (source === undefined) continue
    if (!/\.md$/i.test(file)) {
      yaml.set(file, source)
      continue
    }
    const { document, problems: found } = await readDocument(file, source, compiled, used)
    problems.push(...found)
    documents.push(document)
    if (document.role !== undefined && document.profile !== undefined)
      profiles.set(document.role, document.profile)
    if (performance.now() - turnBegan > longestTurn) {
      options.onProgress?.(i + 1, files.length)
      await setImmediate()
      turnBegan = performance.now()
    }
  }
  const { vocabulary, sources, onboarding } = await readVocabulary(yaml, compiled, used, problems)
  const fingerprint = createHash('sha256')
    .update([...used].join('\n'))
    .digest('base64url')

  const content: Content = {
    sections: documents.flatMap((document) => document.sections),
    documents: documents.filter((document) => document.sections.length > 0).length,
    vocabulary,
    profiles,
    sources,
    onboarding,
    problems,
    fingerprint,
  }
  // Files that were read without problems and checked together need not be checked again.
  const checked = `checked:${fingerprint}`
  used.add(checked).add(indexKey(fingerprint))
  if (!compiled.has(checked)) {
    const found = [...crossCheck(content), ...(await tourProblems(content, yaml.get(tourFile)))]
    if (found.length === 0 && problems.length === 0) compiled.set(checked, true)
    problems.push(...found)
  }
  for (const key of compiled.keys()) if (!used.has(key)) compiled.delete(key)
  if (content.sections.length === 0) {
    throw new ContentError(
      `${folder}: there is no Markdown file with text; put .md files there or name another folder with --content or CONTENT_DIR`,
      problems,
    )
  }
  return content
}

function keyOf(file: string, source: string): string {
  return `${file}:${createHash('sha256').update(source).digest('base64url')}`
}

async function remembered<T>(
  file: string,
  source: string,
  compiled: Compiled,
  used: Set<string>,
  read: () => Promise<Parsed<T>>,
): Promise<Parsed<T>> {
  const key = keyOf(file, source)
  const known = compiled.get(key)
  if (known !== undefined) {
    used.add(key)
    return { value: known as T, problems: [] }
  }
  const result = await read()
  if (result.problems.length === 0) {
    used.add(key)
    compiled.set(key, result.value)
  }
  return result
}

/** The Markdown and YAML parsers are loaded only when a file has to be parsed: they take longer than the answer. */
async function readDocument(file: string, source: string, compiled: Compiled, used: Set<string>) {
  const { value, problems } = await remembered<Document>(file, source, compiled, used, async () => {
    const { parseDocument } = await import('./document.ts')
    try {
      const result = parseDocument(file, source)
      return { value: result.document, problems: result.problems }
    } catch (error) {
      // Quotes or lists nested thousands deep exhaust the stack of whatever walks through them.
      if (!(error instanceof RangeError)) throw error
      const message = 'is nested too deeply to be read; write it with fewer levels'
      return { value: { sections: [] }, problems: [{ file, line: 1, message }] }
    }
  })
  return { document: value, problems }
}

async function readVocabulary(
  yaml: Map<string, string>,
  compiled: Compiled,
  used: Set<string>,
  problems: Problem[],
) {
  const read = async <T>(file: string, schemaName: string, otherwise: T): Promise<T> => {
    const source = yaml.get(file)
    if (source === undefined) return otherwise
    const result = await remembered<T>(file, source, compiled, used, async () => {
      const [{ parseYaml }, schemas] = await Promise.all([import('./yaml.ts'), import('./schema.ts')])
      const found: Problem[] = []
      const schema = schemas[`${schemaName}Schema` as keyof typeof schemas]
      const value = parseYaml(file, source, 1, schema as never, found) as T | undefined
      return { value: value ?? otherwise, problems: found }
    })
    problems.push(...result.problems)
    return result.value
  }
  const vocabulary: Vocabulary = {
    subject: await read('vocabulary/subject.yaml', 'subject', emptyVocabulary.subject),
    roles: await read('vocabulary/roles.yaml', 'roles', emptyVocabulary.roles),
    topics: await read('vocabulary/topics.yaml', 'topics', emptyVocabulary.topics),
    levels: await read('vocabulary/levels.yaml', 'levels', emptyVocabulary.levels),
    concepts: await read('vocabulary/concepts.yaml', 'concepts', emptyVocabulary.concepts),
    uncovered: await read('vocabulary/uncovered.yaml', 'uncovered', emptyVocabulary.uncovered),
  }
  const sources = await read<Record<string, Source>>('sources.yaml', 'sources', {})
  const onboarding = await read<Flow | undefined>(tourFile, 'onboarding', undefined)
  return { vocabulary, sources: new Map(Object.entries(sources)), onboarding }
}

async function tourProblems({ onboarding, ...content }: Content, source = ''): Promise<Problem[]> {
  if (onboarding === undefined) return []
  const [{ checkTour }, { lineAt }] = await Promise.all([import('./check-tour.ts'), import('./yaml.ts')])
  return checkTour(onboarding, content).map(({ path, message }) => ({
    file: tourFile,
    line: lineAt(source, path),
    message,
  }))
}
