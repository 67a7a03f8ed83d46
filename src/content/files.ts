import { lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import type { Problem } from './section.ts'

/** A larger file is not something a person reviews, and would hold the bot up. Bytes. */
const largestFile = 1024 * 1024

/** Thrown when a folder gives no content at all; the message says what to do. */
export class ContentError extends Error {
  override name = 'ContentError'
  readonly problems: readonly Problem[]
  constructor(message: string, problems: readonly Problem[] = []) {
    super(message)
    this.problems = problems
  }
}

/**
 * The files to read, in the same order on every machine: `.md` anywhere, `sources.yaml`, `onboarding.yaml`, `vocabulary/*.yaml`.
 * Hidden files and `node_modules` are passed over.
 *
 * @returns paths inside the folder, with `/`
 * @throws ContentError when the folder cannot be read
 */
export function listFiles(folder: string, problems: Problem[]): string[] {
  const root = rootOf(folder)
  const files: string[] = []

  // Each folder once, however many links lead to it: links may go round or multiply.
  const visited = new Set([root])

  function visit(directory: string): void {
    for (const name of namesIn(directory)) {
      if (name.startsWith('.') || name === 'node_modules') continue
      const path = join(directory, name)
      const found = resolvePath(path)
      if (found === undefined) continue
      if (!found.isFolder) take(inside(folder, path))
      else if (!visited.has(found.target)) {
        visited.add(found.target)
        visit(path)
      }
    }
  }

  function take(file: string): void {
    if (isContent(file)) files.push(file)
    else if (/\.markdown$/i.test(file))
      problems.push({ file, line: 1, message: 'is not read; rename it so that it ends in .md' })
  }

  function namesIn(directory: string): string[] {
    try {
      return readdirSync(directory).sort()
    } catch (error) {
      problems.push({
        file: inside(folder, directory),
        line: 1,
        message: `cannot be read (${codeOf(error)}); mend its permissions`,
      })
      return []
    }
  }

  /** Undefined when it cannot be used. */
  function resolvePath(path: string): { target: string; isFolder: boolean } | undefined {
    const file = inside(folder, path)
    try {
      const target = realpathSync(path)
      if (lstatSync(path).isSymbolicLink() && target !== root && !target.startsWith(root + sep)) {
        problems.push({
          file,
          line: 1,
          message: 'is a symbolic link out of the content folder; copy the file into the folder',
        })
        return undefined
      }
      return { target, isFolder: statSync(target).isDirectory() }
    } catch (error) {
      problems.push({ file, line: 1, message: `cannot be read (${codeOf(error)}); mend or remove it` })
      return undefined
    }
  }

  visit(folder)
  return files
}

function rootOf(folder: string): string {
  const advice = 'name the folder of your documents with --content or CONTENT_DIR'
  try {
    const root = realpathSync(folder)
    if (statSync(root).isDirectory()) return root
  } catch (error) {
    const code = codeOf(error)
    throw new ContentError(
      `${folder}: ${code === 'ENOENT' ? 'there is no such folder' : `cannot be read (${code})`}; ${advice}`,
    )
  }
  throw new ContentError(`${folder}: this is a file, not a folder; ${advice}`)
}

function isContent(file: string): boolean {
  return (
    /\.md$/i.test(file) ||
    file === 'sources.yaml' ||
    file === 'onboarding.yaml' ||
    /^vocabulary\/[^/]+\.yaml$/.test(file)
  )
}

function inside(folder: string, path: string): string {
  return relative(folder, path).split(sep).join('/') || '.'
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'unknown error'
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** A file's text, or undefined with a problem. */
export function readText(folder: string, file: string, problems: Problem[]): string | undefined {
  const path = join(folder, file)
  try {
    const found = statSync(path)
    if (!found.isFile()) {
      problems.push({ file, line: 1, message: 'is not an ordinary file; move it out of the folder' })
      return undefined
    }
    const { size } = found
    if (size > largestFile) {
      problems.push({
        file,
        line: 1,
        message: `is ${(size / largestFile).toFixed(1)} MiB; split it into files below 1 MiB`,
      })
      return undefined
    }
    const bytes = readFileSync(path)
    try {
      return withoutControls(file, utf8.decode(bytes), problems)
    } catch {
      problems.push({ file, line: badLine(bytes), message: 'is not UTF-8 text; save the file as UTF-8' })
    }
  } catch (error) {
    problems.push({
      file,
      line: 1,
      message: `cannot be read (${codeOf(error)}); mend its permissions`,
    })
  }
  return undefined
}

/** Control characters and marks that turn the direction of text around: a terminal would obey them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/gu

function withoutControls(file: string, text: string, problems: Problem[]): string {
  const at = text.search(controls)
  if (at < 0) return text
  const line = text.slice(0, at).split('\n').length
  problems.push({ file, line, message: 'there is a control character, which is left out; delete it' })
  return text.replace(controls, '')
}

/** The first line whose bytes are not UTF-8. */
function badLine(bytes: Buffer): number {
  let line = 1
  let begin = 0
  while (begin < bytes.length) {
    const newline = bytes.indexOf(10, begin)
    const end = newline < 0 ? bytes.length : newline
    try {
      utf8.decode(bytes.subarray(begin, end))
    } catch {
      return line
    }
    begin = end + 1
    line++
  }
  return 1
}
