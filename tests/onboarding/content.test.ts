import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { formatProblem, loadContent } from '../../src/index.ts'
import { botOf, engineOf, shippedFolder } from '../engines.ts'
import { folderOf } from '../folder.ts'

const read = (file: string): string => readFileSync(join(shippedFolder, file), 'utf8')
const files = [
  'vocabulary/roles.yaml',
  'vocabulary/levels.yaml',
  'vocabulary/topics.yaml',
  'vocabulary/subject.yaml',
  'themes/types-of-ai-engineers.md',
  'roles/nlp-engineer.md',
]

async function problemsOf(change: (tour: string) => string): Promise<string[]> {
  const tour = change(read('onboarding.yaml'))
  const folder = folderOf({
    ...Object.fromEntries(files.map((file) => [file, read(file)])),
    'onboarding.yaml': tour,
  })
  const { problems } = await loadContent(folder)
  return problems.map(formatProblem).filter((problem) => problem.startsWith('onboarding.yaml'))
}

const lineOf = (words: string): number =>
  read('onboarding.yaml')
    .split('\n')
    .findIndex((line) => line.includes(words)) + 1

describe('onboarding.yaml', () => {
  it('names a job that is not known, with its line', async () => {
    const found = await problemsOf((tour) => tour.replace('role: nlp-engineer}', 'role: nlp-enginer}'))
    expect(found).toContainEqual(
      expect.stringMatching(
        new RegExp(
          `^onboarding\\.yaml:${lineOf('label: Language, role')}: unknown role "nlp-enginer"; use one of `,
        ),
      ),
    )
  })

  it('names a section that is not there, with its line', async () => {
    const found = await problemsOf((tour) => tour.replace('#linguistics-for-nlp-engineers', '#gone'))
    expect(found).toContain(
      `onboarding.yaml:${lineOf('#linguistics-for-nlp-engineers')}: there is no section "roles/nlp-engineer#gone"; mend the name`,
    )
  })

  it('refuses points that the section does not speak for', async () => {
    const found = await problemsOf((tour) => tour.replace('{nlp-engineer: 3}', '{robotics-engineer: 3}'))
    expect(found.join('\n')).toMatch(/says nothing of robotics engineers; name one that does/)
  })

  it('has five to seven questions and no field of another name', async () => {
    expect((await problemsOf((tour) => tour.replace('  start: Let', '  begin: Let'))).join('\n')).toMatch(
      /onboarding\.yaml:\d+: .*begin/,
    )
    const short = await problemsOf((tour) =>
      tour
        .replace(/ {2}- question: Where[\s\S]*?(?=level:\n)/, '')
        .replace(/ {2}- question: Which tools[\s\S]*?(?=level:\n)/, ''),
    )
    expect(short.join('\n')).toMatch(/must have five to seven questions/)
  })

  it('is not needed: a plain folder has no tour and says so', async () => {
    const bot = botOf(await engineOf({ 'bees.md': '# Bees\n\n## Honey\n\nHoney is sweet.\n' }))
    const who = { member: 'm', conversation: 'c' }
    for (const kind of ['start', 'next'] as const)
      expect(await bot.handle({ kind, ...who })).toMatchObject({
        kind: 'chat',
        text: expect.stringMatching(/no welcome tour/),
      })
    expect(await bot.handle({ kind: 'joined', community: 'g', members: ['m'] })).toMatchObject({
      kind: 'silent',
    })
  })
})
