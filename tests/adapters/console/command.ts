import { spawn } from 'node:child_process'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '..', '..', '..')
export const command = [process.execPath, join(root, 'dist', 'adapters', 'main.js')]

export interface Ended {
  status: number | null
  stdout: string
  stderr: string
}

/** Runs the real command line to its end. `input` goes to its standard input, which is a pipe. */
export function run(
  args: readonly string[],
  input = '',
  environment: Record<string, string> = {},
): Promise<Ended> {
  const [program = '', ...first] = command
  return runProgram(program, [...first, ...args], input, environment)
}

/**
 * Runs any program to its end.
 *
 * @param input all at once, or pieces that are typed one by one whenever `prompt` shows
 */
export function runProgram(
  program: string,
  args: readonly string[],
  input: string | readonly string[] = '',
  environment: Record<string, string> = {},
  prompt = '',
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    // Set and empty: a developer's own .env must not change what is tested.
    const unset = Object.fromEntries(
      'CONTENT_DIR LOG_LEVEL DISCORD_TOKEN SLACK_BOT_TOKEN DATA_DIR DATABASE_URL ENCRYPTION_KEY QUESTION_LOG_DAYS'
        .split(' ')
        .map((name) => [name, '']),
    )
    const { FORCE_COLOR: _, NO_COLOR: __, ...inherited } = process.env
    const child = spawn(program, args, { cwd: root, env: { ...inherited, ...unset, ...environment } })
    let stdout = ''
    let stderr = ''
    let typed = 0
    const typeNext = (): void => {
      if (typeof input === 'string' || stdout.split(prompt).length - 1 <= typed) return
      const piece = input[typed++]
      if (piece !== undefined) child.stdin.write(piece)
    }
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      if (typeof input !== 'string') typeNext()
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    // A program that has ended before it read everything is no fault of the test.
    child.stdin.on('error', () => {})
    child.on('error', reject)
    child.on('close', (status) => resolve({ status, stdout, stderr }))
    if (typeof input === 'string') child.stdin.end(input)
  })
}
