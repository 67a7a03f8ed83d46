import { describe, expect, it } from 'vitest'
import { createEngine, isAnswered, loadContent } from '../../src/index.ts'
import { folderOf } from '../folder.ts'

const garden = `# Garden

Some words before the first heading below.

## Watering a cactus

A cactus wants water every second week.

## Pruning roses

Cut roses in March, above a bud that looks outward.
`

describe('a folder of plain Markdown', () => {
  it('loads with a section for each heading that has text', async () => {
    const content = await loadContent(folderOf({ 'plants/garden.md': garden }))
    expect(content.problems).toEqual([])
    expect(content.documents).toBe(1)
    expect(content.sections.map(({ id, title, line, path }) => ({ id, title, line, path }))).toEqual([
      { id: 'plants/garden#garden', title: 'Garden', line: 1, path: ['Garden'] },
      { id: 'plants/garden#watering-a-cactus', title: 'Watering a cactus', line: 5, path: ['Garden'] },
      { id: 'plants/garden#pruning-roses', title: 'Pruning roses', line: 9, path: ['Garden'] },
    ])
    expect(content.sections[1]?.text).toBe('A cactus wants water every second week.')
  })

  it('is searchable and answers with its own words', async () => {
    const engine = await createEngine(await loadContent(folderOf({ 'garden.md': garden })))
    const { reply, sections } = engine.answer('how often do I water my cactus?')
    expect(sections[0]?.id).toBe('garden#watering-a-cactus')
    expect(isAnswered(reply) && reply.source).toMatchObject({
      section: { id: 'garden#watering-a-cactus', title: 'Watering a cactus' },
      document: 'Garden',
      sources: [],
    })
    expect(engine.answer('which newspaper is about politics?').reply.kind).toBe('no-match')
  })

  it('answers from a single section too', async () => {
    const engine = await createEngine(
      await loadContent(folderOf({ 'a.md': '# Cactus\n\nWater the cactus every ten days.\n' })),
    )
    expect(engine.answer('How often do I water the cactus?').reply.kind).toBe('answer')
  })

  it('takes the title from the front matter, the first heading or the name of the file, in this order', async () => {
    const { sections } = await loadContent(
      folderOf({
        'a.md': '---\ntitle: From the front matter\n---\n\n# A heading\n\n## One\n\nText.\n',
        'b.md': '# From the heading\n\n## Two\n\nText.\n',
        'my-first_notes.md': 'Only text.\n',
      }),
    )
    expect(sections.map(({ title, path }) => [title, path[0]])).toEqual([
      ['One', 'From the front matter'],
      ['Two', 'From the heading'],
      ['My first notes', 'My first notes'],
    ])
  })

  it('gives a heading that stands twice its own id', async () => {
    const { sections, problems } = await loadContent(
      folderOf({ 'a.md': '# A\n\n## Same\n\none\n\n## Same\n\ntwo\n' }),
    )
    expect(sections.map(({ id }) => id)).toEqual(['a#same', 'a#same-1'])
    expect(problems).toEqual([])
  })

  it('makes ids from headings in other scripts and from headings of signs only', async () => {
    const { sections } = await loadContent(
      folderOf({ 'a.md': '## Über C++ & Co.\n\none\n\n## 学习\n\ntwo\n\n## ???\n\nthree\n' }),
    )
    expect(sections.map(({ id }) => id)).toEqual(['a#über-c-co', 'a#学习', 'a#section'])
  })

  it('keeps the ids of sections apart when a heading looks like a numbered one', async () => {
    const { sections } = await loadContent(
      folderOf({ 'a.md': '## A\n\none\n\n## A\n\ntwo\n\n## A 1\n\nthree\n' }),
    )
    expect(new Set(sections.map(({ id }) => id)).size).toBe(3)
  })

  it('leaves out hidden files, node_modules and everything that is no Markdown', async () => {
    const text = '# Title\n\nText.\n'
    const { sections } = await loadContent(
      folderOf({
        'a.md': text,
        '.hidden.md': text,
        '.git/b.md': text,
        'node_modules/c/d.md': text,
        'e.txt': text,
        'f.mdx': text,
      }),
    )
    expect(sections.map(({ file }) => file)).toEqual(['a.md'])
  })

  it('reads a file whose ending is in capitals', async () => {
    const { sections } = await loadContent(
      folderOf({ 'a.md': garden, 'NOTES.MD': '# Notes\n\nText of the notes.\n' }),
    )
    expect(sections.map(({ file }) => file)).toContain('NOTES.MD')
  })

  it('reads CRLF and a byte order mark like any other file', async () => {
    const source = `---\ntitle: Roles\nrole: cook\n---\n\n# Roles\n\n## Cook\n\n<!--\ntopic: food\nquestions:\n  - who cooks?\n-->\n\n- one\n- two\n`
    const plain = await loadContent(folderOf({ 'a.md': source }))
    const windows = await loadContent(folderOf({ 'a.md': `\uFEFF${source.replaceAll('\n', '\r\n')}` }))
    expect(plain.sections[0]).toMatchObject({
      role: 'cook',
      topic: 'food',
      questions: ['who cooks?'],
      line: 8,
    })
    expect(windows.sections).toEqual(plain.sections)
    expect(windows.problems).toEqual([])
  })

  it('reads many files in the same order every time', async () => {
    const names = ['b/2.md', 'a/1.md', 'c.md', 'a/10.md']
    const files = Object.fromEntries(names.map((name) => [name, `# ${name}\n\nText of ${name}.\n`]))
    const first = await loadContent(folderOf(files))
    const second = await loadContent(folderOf(Object.fromEntries(Object.entries(files).reverse())))
    expect(second.sections).toEqual(first.sections)
    expect(second.fingerprint).toBe(first.fingerprint)
  })
})
