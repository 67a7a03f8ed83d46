import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { command, run, runProgram } from './command.ts'

// biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes begin with the escape character
const colour = /\u001b\[[0-9;]*m/g

/** The replies in what the chat printed: each ends with its source or its next questions. */
function offeredIn(stdout: string): string[] {
  return [...stdout.matchAll(/^ {2}1\. (.+)$/gm)].map((match) => match[1] ?? '')
}

describe('chat over a pipe', () => {
  it('answers each line and remembers what was said before, without prompt and colours', async () => {
    const { status, stdout, stderr } = await run(
      ['chat'],
      'What does a data engineer do?\n\nwhich skills do they need?\n',
    )
    expect(status).toBe(0)
    expect(stderr).toBe('')
    expect(stdout.match(/^Source: /gm)).toHaveLength(2)
    expect(stdout).toMatch(/Source: Skills of a data engineer/)
    for (const part of ['\u001b', 'you ›']) expect(stdout).not.toContain(part)
  })

  it('takes a number for one of the offered questions', async () => {
    const first = await run(['chat'], 'What does a data engineer do?\n')
    const picked = offeredIn(first.stdout)[0] ?? ''
    expect(picked).not.toBe('')
    const byNumber = await run(['chat'], 'What does a data engineer do?\n1\n')
    const byWords = await run(['chat'], `What does a data engineer do?\n${picked}\n`)
    expect(byNumber.stdout).toBe(byWords.stdout)
    expect(byNumber.stdout.length).toBeGreaterThan(first.stdout.length)
  })

  it.each(['exit', 'quit', ':q', 'EXIT'])('leaves at "%s" without answering what follows', async (word) => {
    const { status, stdout } = await run(['chat'], `${word}\nWhat does a data engineer do?\n`)
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' })
  })

  it('stays up for a number that was not offered, an unreadable line and a very long one', async () => {
    const input = `7\n\u0000\u0007\n${'x'.repeat(200_000)}\nWhat does a data engineer do?\n`
    const { status, stdout } = await run(['chat'], input)
    expect(status).toBe(0)
    expect(stdout).toMatch(/^Source: /m)
    for (const part of ['\u0000', '\u0007', 'x'.repeat(100)]) expect(stdout).not.toContain(part)
  })
})

const script = '/usr/bin/script'

describe.skipIf(!existsSync(script))(`chat in a pseudo terminal (needs ${script})`, () => {
  /** Types each line when the prompt shows, in a window of 100 columns. */
  const inTerminal = (lines: readonly string[], environment: Record<string, string> = {}) => {
    const line = [...command, 'chat'].map((part) => `'${part}'`).join(' ')
    const typed = lines.map((text) => (text === '\u0004' ? text : `${text}\r`))
    return runProgram(
      script,
      ['-qec', `stty cols 100 rows 30; ${line}`, '/dev/null'],
      typed,
      { TERM: 'xterm-256color', ...environment },
      'you › ',
    )
  }

  it('greets, prompts, answers in colour with numbered questions, and leaves', async () => {
    const { status, stdout } = await inTerminal(['What does a data engineer do?', '1', 'exit'])
    expect(status).toBe(0)
    expect(stdout).toMatch(colour)
    const plain = stdout.replace(colour, '')
    expect(plain).toContain('Ask in your own words.')
    expect(plain.match(/^Source: /gm)).toHaveLength(2)
    expect(plain).toMatch(/^1 \S.+\?\r?$/m)
  })

  it('leaves at Ctrl+D', async () => {
    const { status, stdout } = await inTerminal(['hello', '\u0004'])
    expect(stdout).toContain('Hello!')
    expect(status).toBe(0)
  })

  it('breaks no line of an answer wider than 88 characters, and shows a table', async () => {
    const comparison = 'What is the difference between an ML engineer and a data engineer?'
    const { stdout } = await inTerminal([comparison, 'What skills does an AI engineer need?', 'exit'])
    const lines = stdout.replace(colour, '').split(/\r?\n/)
    expect(lines.filter((line) => line.length > 88 && !line.includes('\u001b'))).toEqual([])
    expect(lines.some((line) => line.includes(' │ '))).toBe(true)
  })

  it('shows no colours when NO_COLOR is set', async () => {
    const { stdout } = await inTerminal(['hello', 'exit'], { NO_COLOR: '1' })
    expect(stdout).toContain('Hello!')
    expect(stdout).not.toMatch(colour)
  })
})
