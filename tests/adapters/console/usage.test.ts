import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { folderOf } from '../../folder.ts'
import { run } from './command.ts'

describe('bad usage ends with 2 and says what is wrong', () => {
  it.each([
    ['no question', ['ask'], /There is no question/],
    ['a limit of 0', ['ask', '--limit', '0', 'hi'], /whole number from 1 to 100/],
    ['a limit that is too high', ['ask', '--limit', '101', 'hi'], /whole number from 1 to 100/],
    ['a limit that is no number', ['ask', '--limit', 'many', 'hi'], /whole number from 1 to 100/],
    ['an unknown flag', ['ask', '--nope', 'hi'], /unknown option '--nope'/],
    ['a flag without its value', ['ask', 'hi', '--content'], /argument missing/],
    ['an unknown command', ['answer'], /answer|unknown|too many arguments/],
  ])('%s', async (_, args, message) => {
    const { status, stdout, stderr } = await run(args)
    expect(status).toBe(2)
    expect(stderr).toMatch(message)
    expect(stdout).toBe('')
  })

  it('a setting that is not right', async () => {
    const { status, stderr } = await run(['ask', 'hi'], '', { LOG_LEVEL: 'loud' })
    expect(status).toBe(2)
    expect(stderr).toMatch(/LOG_LEVEL: .*info.* \(mend it in \.env/)
  })
})

describe('unreadable content ends with 2 and says what to do', () => {
  it.each([
    [
      'a missing folder',
      {},
      'missing',
      /there is no such folder; name the folder of your documents with --content/,
    ],
    ['a file', { 'a.md': '# A\n\nText.\n' }, 'a.md', /this is a file, not a folder/],
    ['an empty folder', {}, '.', /no Markdown file with text/],
    [
      'a folder of broken files',
      { 'a.md': '---\n: : :\n---\n# A\n\nText.\n' },
      '.',
      /a\.md:2: .+\n.*no Markdown file with text/,
    ],
  ])('%s', async (_, files, path, message) => {
    const folder = join(folderOf(files), path)
    for (const args of [
      ['ask', 'hi', '--content', folder],
      ['chat', '--content', folder],
    ]) {
      const { status, stdout, stderr } = await run(args)
      expect(status).toBe(2)
      expect(stderr).toMatch(message)
      expect(stderr).not.toMatch(/\n\s+at /)
      expect(stdout).toBe('')
    }
  })
})

describe('check-content', () => {
  it('ends with 0 for documents without problems', async () => {
    const { status, stdout } = await run(['check-content', folderOf({ 'a.md': '# A\n\nText.\n' })])
    expect(stdout).toBe('1 sections in 1 documents, 0 entries in the vocabulary: no problems\n')
    expect(status).toBe(0)
  })

  it('ends with 1 and lists every problem as file:line: what; how to mend it', async () => {
    const broken = '---\ntitle: [a]\n---\n\n# A\n\nText.\n'
    const { status, stdout } = await run([
      'check-content',
      folderOf({ 'a.md': broken, 'b.md': '', 'c.md': '# C\n\nText.\n' }),
    ])
    expect(status).toBe(1)
    expect(stdout.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^a\.md:2: "title": .+; mend the field$/),
      expect.stringMatching(/^b\.md:1: .+; .+$/),
      expect.stringMatching(/^2 problems in 1 sections/),
    ])
  })

  it('ends with 2 for a folder that cannot be read', async () => {
    expect((await run(['check-content', join(folderOf({}), 'missing')])).status).toBe(2)
  })

  it('finds no problems in the shipped content', async () => {
    const { status, stdout } = await run(['check-content'])
    expect(stdout).toMatch(/: no problems\n$/)
    expect(status).toBe(0)
  })
})

it('--help explains the commands and ends with 0', async () => {
  const { status, stdout } = await run(['--help'])
  expect(status).toBe(0)
  for (const command of ['start', 'ask', 'chat', 'check-content']) expect(stdout).toContain(command)
})
