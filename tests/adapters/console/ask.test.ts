import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { folderOf } from '../../folder.ts'
import { run } from './command.ts'

/** A line of `ask --json`, as the design promises it. */
const lineSchema = z.looseObject({
  question: z.string(),
  kind: z.enum(['answer', 'comparison', 'clarify', 'no-match', 'help', 'chat']),
  answered: z.boolean(),
  text: z.string().min(1),
  caveat: z.string().nullable(),
  sections: z.array(
    z.strictObject({
      id: z.string().regex(/^[^#]+#[^#]+$/),
      title: z.string(),
      role: z.string().nullable(),
      topic: z.string().nullable(),
      score: z.number(),
    }),
  ),
  suggestions: z.array(z.string()),
  elapsedMs: z.number().nonnegative(),
})

function linesOf(stdout: string) {
  expect(stdout.endsWith('\n')).toBe(true)
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => lineSchema.parse(JSON.parse(line)))
}

const garden = {
  'garden.md':
    '# Garden\n\n## Watering a cactus\n\nWater it every 10 days.\n\n## Roses\n\nCut roses in March.\n',
}

describe('ask', () => {
  it('prints a readable answer with its source and next questions, without colours in a pipe', async () => {
    const { status, stdout, stderr } = await run(['ask', 'What does a data engineer do?'])
    expect(status).toBe(0)
    expect(stderr).toBe('')
    expect(stdout).toMatch(/data pipelines/i)
    expect(stdout).toMatch(/\nSource: .+ from “.+” · reviewed \d+ \w+ 20\d\d\n/)
    expect(stdout).toMatch(/You could ask next:\n {2}1\. .+\n {2}2\. /)
    expect(stdout).not.toContain('\u001b')
    expect(stdout).not.toMatch(/\*\*|<[a-z!]/)
  })

  it('takes a question that is not quoted', async () => {
    const { stdout } = await run(['ask', '--json', 'What', 'does', 'a', 'data', 'engineer', 'do?'])
    expect(linesOf(stdout)[0]).toMatchObject({ question: 'What does a data engineer do?', kind: 'answer' })
  })

  it('ends with 0 when there is no answer too', async () => {
    const { status, stdout } = await run(['ask', '--json', 'best pizza in town'])
    expect(status).toBe(0)
    expect(linesOf(stdout)).toMatchObject([{ kind: 'no-match', answered: false, caveat: null }])
  })

  it('prints one JSON object a line with what the design promises', async () => {
    const { stdout } = await run(['ask', '--json', 'How much do AI engineers earn in Germany?'])
    const [line] = linesOf(stdout)
    expect(line).toMatchObject({ kind: 'answer', answered: true })
    expect(line?.caveat).toContain('Germany')
    expect(line?.text).toContain('$')
    expect(line?.text).not.toContain(line?.suggestions[0] ?? 'missing')
    expect(line?.sections).toHaveLength(5)
    const scores = line?.sections.map(({ score }) => score) ?? []
    expect(scores).toEqual([...scores].sort((a, b) => b - a))
  })

  it('lists as many sections as --limit says', async () => {
    const limited = async (limit: string) =>
      linesOf(
        (await run(['ask', '--json', '--limit', limit, 'Which skills does an AI engineer need?'])).stdout,
      )[0]
    expect((await limited('1'))?.sections).toHaveLength(1)
    expect((await limited('100'))?.sections).toHaveLength(100)
    expect((await limited('100'))?.text).toBe((await limited('1'))?.text)
  })

  it('tells why with --explain, in words and in JSON', async () => {
    const { stdout } = await run(['ask', '--explain', 'wat skils does a data engineer need'])
    expect(stdout).toMatch(/\nWhy:\n/)
    for (const part of [
      'mended:',
      'roles: data-engineer',
      'topics: skills',
      'best: ',
      'runner-up: ',
      'matched: ',
      'score ',
      'decision: answer',
    ])
      expect(stdout).toContain(part)
    const json = JSON.parse((await run(['ask', '--explain', '--json', 'hello'])).stdout) as {
      explain: string[]
    }
    expect(json.explain).toEqual(['decision: chat, small talk: greeting'])
  })

  it('answers from another folder with --content and with CONTENT_DIR', async () => {
    const folder = folderOf(garden)
    const question = ['ask', '--json', 'How often do I water a cactus?']
    for (const { stdout } of [
      await run([...question, '--content', folder]),
      await run(question, '', { CONTENT_DIR: folder }),
    ])
      expect(linesOf(stdout)[0]).toMatchObject({
        answered: true,
        sections: [{ id: 'garden#watering-a-cactus', role: null, topic: null }],
      })
  })

  it('reports problems of the documents on standard error and still answers', async () => {
    const folder = folderOf({ ...garden, 'broken.md': '---\ntitle: a: b\n---\n\n# A\n\nText.\n' })
    const { status, stdout, stderr } = await run(['ask', '--json', '--content', folder, 'cutting roses'])
    expect(status).toBe(0)
    expect(stderr).toMatch(/^broken\.md:2: the YAML is broken: .+; mend this line\n$/)
    expect(linesOf(stdout)[0]?.answered).toBe(true)
  })
})

describe('ask --stdin', () => {
  it('answers a line each, in order: text, JSON with context, and text that only begins like JSON', async () => {
    const input = [
      'What does a data engineer do?',
      '',
      JSON.stringify({ q: 'which skills do they need?', context: ['What does an NLP engineer do?'] }),
      JSON.stringify({
        q: 'which skills do they need?',
        context: ['What does a data engineer do?', 'thanks'],
      }),
      '{not json} what is deep learning?',
      '{"question": "no q"}',
      '["hello"]',
      JSON.stringify({ q: 'what is\u2028MLOps?' }),
    ]
    const { status, stdout } = await run(['ask', '--json', '--stdin'], `${input.join('\r\n')}\n`)
    expect(status).toBe(0)
    const lines = linesOf(stdout)
    expect(lines.map(({ question }) => question)).toEqual([
      input[0],
      'which skills do they need?',
      'which skills do they need?',
      ...input.slice(4, -1),
      expect.stringMatching(/^what is\s+MLOps\?$/),
    ])
    expect(lines.map(({ sections }) => sections[0]?.role).slice(0, 3)).toEqual([
      'data-engineer',
      'nlp-engineer',
      'data-engineer',
    ])
  })

  it('answers a last line without an end, and none for no input', async () => {
    expect(linesOf((await run(['ask', '--json', '--stdin'], 'hello')).stdout)).toMatchObject([
      { kind: 'chat' },
    ])
    expect(await run(['ask', '--json', '--stdin'], '')).toEqual({ status: 0, stdout: '', stderr: '' })
  })

  it('lines do not lean on each other: each is a conversation of its own', async () => {
    const { stdout } = await run(
      ['ask', '--json', '--stdin'],
      'What skills do data engineers need?\nand NLP engineers?\nand NLP engineers?\n',
    )
    const [, second, third] = linesOf(stdout)
    expect(second?.text).toBe(third?.text)
  })

  it('gives every question of a long list an answer', async () => {
    const { status, stdout } = await run(
      ['ask', '--json', '--stdin'],
      'What does an AI engineer do?\n'.repeat(2_000),
    )
    expect(status).toBe(0)
    expect(new Set(linesOf(stdout).map(({ text }) => text)).size).toBe(1)
    expect(linesOf(stdout)).toHaveLength(2_000)
  })
})
