import { describe, expect, it } from 'vitest'
import { formatProblem, loadContent } from '../../src/index.ts'
import { type Files, folderOf } from '../folder.ts'

const good = '# Good\n\nA good file.\n'

/** What is wrong with a folder that also has a good file, which is read in any case. */
async function problemsOf(files: Files): Promise<string[]> {
  const { problems, sections } = await loadContent(folderOf({ 'good.md': good, ...files }))
  expect(sections.map(({ file }) => file)).toContain('good.md')
  return problems.map(formatProblem)
}

const vocabulary: Files = {
  'vocabulary/roles.yaml':
    '- {id: cook, label: cook, plural: cooks}\n- {id: baker, label: baker, plural: bakers}\n',
  'vocabulary/topics.yaml': '- {id: pay, label: pay}\n',
  'vocabulary/levels.yaml': '- {id: junior, label: junior}\n',
  'sources.yaml': 'handbook:\n  title: The handbook\n',
}

it('a document whose name does not end in .md is not passed over in silence', async () => {
  expect(await problemsOf({ 'a.markdown': good })).toEqual([
    'a.markdown:1: is not read; rename it so that it ends in .md',
  ])
})

describe('broken YAML is named with its line', () => {
  it.each([
    ['a value with a colon', '---\ntitle: A\nrole: a: b\n---\n\n# A\n\nText.\n', 3],
    ['a key that stands twice', '---\ntitle: A\nrole: b\ntitle: C\n---\n\n# A\n\nText.\n', 4],
    ['a tab', '---\ntitle: A\nprofile:\n\tfocus: b\n---\n\n# A\n\nText.\n', 4],
    ['a comment under a heading', '# A\n\nText.\n\n## B\n\n<!--\ntopic: pay\nlevel: a: b\n-->\n\nText.\n', 9],
    [
      'a key that stands twice in a comment',
      '# A\n\n<!--\ntopic: pay\nlevel: b\ntopic: c\n-->\n\nText.\n',
      6,
    ],
    ['a comment on one line', '# A\n\n## B\n\n<!-- topic: a: b -->\n\nText.\n', 5],
  ])('%s', async (_, source, line) => {
    const problems = await problemsOf({ 'a.md': source })
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(new RegExp(`^a\\.md:${line}: the YAML is broken: .+; mend this line$`))
  })

  it('also in files with CRLF', async () => {
    const source = '---\ntitle: A\nrole: a: b\n---\n\n# A\n\nText.\n'.replaceAll('\n', '\r\n')
    expect((await problemsOf({ 'a.md': source }))[0]).toMatch(/^a\.md:3: the YAML is broken/)
  })

  it('also in the vocabulary', async () => {
    const problems = await problemsOf({
      'vocabulary/roles.yaml': '- id: cook\n  label: cook\n  plural: a: b\n',
    })
    expect(problems[0]).toMatch(/^vocabulary\/roles\.yaml:3: the YAML is broken/)
  })

  it('and the other sections of the file are still read', async () => {
    const source = '# A\n\n## One\n\nFine.\n\n## Two\n\n<!--\ntopic: a: b\n-->\n\nNot fine.\n'
    const { sections } = await loadContent(folderOf({ 'a.md': source }))
    expect(sections.map(({ title }) => title)).toEqual(['One'])
  })
})

describe('a field of the wrong type is named with its line', () => {
  it.each([
    ['title', '---\nrole: c\ntitle: [a]\n---\n\n# A\n\nText.\n', 3],
    ['sources', '---\nrole: c\nsources: handbook\n---\n\n# A\n\nText.\n', 3],
    ['reviewed', '---\nrole: c\nreviewed: last week\n---\n\n# A\n\nText.\n', 3],
    ['profile.focus', '---\nrole: c\nprofile:\n  needs: x\n  focus: 3\n---\n\n# A\n\nText.\n', 5],
    ['questions', '# A\n\n<!--\ntopic: pay\nquestions: one\n-->\n\nText.\n', 5],
    ['questions.1', '# A\n\n<!--\ntopic: pay\nquestions:\n  - one\n  - 2\n-->\n\nText.\n', 7],
    ['overview', '# A\n\n<!--\ntopic: pay\noverview: perhaps\n-->\n\nText.\n', 5],
    ['roles', '# A\n\n<!--\ntopic: pay\nroles: [cook]\n-->\n\nText.\n', 5],
  ])('%s', async (field, source, line) => {
    const problems = await problemsOf({ 'a.md': source })
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(
      new RegExp(`^a\\.md:${line}: "${field.replace('.', '\\.')}": .+; mend the field$`),
    )
  })

  it('an unknown field of a comment is named, with the line it stands on', async () => {
    const problems = await problemsOf({ 'a.md': '# A\n\n<!--\ntopic: pay\nquestion: [one]\n-->\n\nText.\n' })
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain('"question"')
    expect(problems[0]).toMatch(/^a\.md:5: /)
  })

  it('front matter that is no list of fields is named', async () => {
    expect(await problemsOf({ 'a.md': '---\njust words\n---\n\n# A\n\nText.\n' })).toEqual([
      expect.stringMatching(/^a\.md:2: .*expected object/),
    ])
  })
})

describe('names that nothing defines', () => {
  it.each([
    ['role', 'role: pilot'],
    ['topic', 'topic: weather'],
    ['level', 'level: ancient'],
    ['source', 'sources: [rumour]'],
  ])('an unknown %s is named at its section', async (kind, field) => {
    const source = `# A\n\n## Fine\n\n<!-- topic: pay -->\n\nText.\n\n## Wrong\n\n<!--\n${field}\n-->\n\nText.\n`
    const problems = await problemsOf({ ...vocabulary, 'a.md': source })
    expect(problems).toHaveLength(1)
    const name = /(?:: |\[)(\w+)\]?$/.exec(field)?.[1]
    expect(problems[0]).toMatch(new RegExp(`^a\\.md:9: unknown ${kind} "${name}"; .*add it to .*\\.yaml$`))
  })

  it('an unknown concept of what is not covered is named', async () => {
    const problems = await problemsOf({
      'a.md': '# A\n\nText.\n',
      'vocabulary/uncovered.yaml': '- {id: cost, kind: detail, concept: money, aliases: [cost]}\n',
    })
    expect(problems).toEqual([expect.stringMatching(/uncovered\.yaml:1: cost: unknown concept "money"/)])
  })

  it('an unknown role in a pair is named', async () => {
    const problems = await problemsOf({
      ...vocabulary,
      'a.md': '## A\n\n<!-- roles: [cook, pilot] -->\n\nText.\n',
    })
    expect(problems).toEqual([expect.stringMatching(/^a\.md:1: unknown role "pilot"/)])
  })

  it('a folder without vocabulary uses these words as it likes', async () => {
    expect(
      await problemsOf({ 'a.md': '---\nrole: pilot\nlevel: x\nsources: [y]\n---\n\n# A\n\nText.\n' }),
    ).toEqual([])
  })
})

describe('the same thing said twice', () => {
  it('a heading with metadata that stands twice in a file is named at the second', async () => {
    const part = '## Same\n\n<!-- topic: pay -->\n\nText.\n'
    expect(await problemsOf({ 'a.md': `${part}\n${part}` })).toEqual([
      'a.md:7: the heading "Same" stands twice in this file; make them different',
    ])
  })

  it('a sample question in two sections is named with both places', async () => {
    const part = (title: string) => `## ${title}\n\n<!-- questions: [Who cooks?] -->\n\nText.\n`
    const problems = await problemsOf({ 'a.md': part('One'), 'b.md': part('Two') })
    expect(problems).toEqual([
      'b.md:1: the question "Who cooks?" is also under a.md:1; keep it in one of them',
    ])
  })

  it('metadata without text is named', async () => {
    const problems = await problemsOf({ 'a.md': '# A\n\nText.\n\n## B\n\n<!-- topic: pay -->\n' })
    expect(problems).toEqual(['a.md:5: "B" has no text; write an answer under the heading'])
  })
})

describe('YAML aliases', () => {
  const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]']
  for (let i = 0; i < 12; i++) {
    const [from, to] = [String.fromCharCode(97 + i), String.fromCharCode(98 + i)]
    bomb.push(`${to}: &${to} [${`*${from}, `.repeat(9)}]`)
  }

  it.each([
    ['front matter', 'a.md', `---\n${bomb.join('\n')}\n---\n\n# A\n\nText.\n`, 3],
    ['a comment', 'a.md', `# A\n\n<!--\ntopic: pay\n${bomb.join('\n')}\n-->\n\nText.\n`, 6],
    ['the vocabulary', 'vocabulary/roles.yaml', `${bomb.join('\n')}\n`, 2],
    ['a merge', 'a.md', '---\na: &a {title: b}\nprofile:\n  <<: *a\n---\n\n# A\n\nText.\n', 4],
  ])('are refused in %s', async (_, file, source, line) => {
    const problems = await problemsOf({ [file]: source })
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(new RegExp(`^${file}:${line}: .*aliases .* not allowed here`))
  })
})
