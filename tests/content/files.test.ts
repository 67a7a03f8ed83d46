import { mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ContentError, formatProblem, loadContent } from '../../src/index.ts'
import { folderOf } from '../folder.ts'

const good = '# Good\n\nA good file.\n'

/** The problems of a folder as people see them, and the files that were used all the same. */
async function read(folder: string) {
  const { problems, sections } = await loadContent(folder)
  return { problems: problems.map(formatProblem), files: [...new Set(sections.map(({ file }) => file))] }
}

describe('a folder without content', () => {
  const refused = async (folder: string): Promise<ContentError> => {
    const error = await loadContent(folder).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(ContentError)
    return error as ContentError
  }

  it('is refused when it is empty, with what to do', async () => {
    const { message } = await refused(folderOf({}))
    expect(message).toMatch(/no Markdown file with text.*--content/)
  })

  it('is refused when no file has text, naming the files', async () => {
    const { problems } = await refused(
      folderOf({ 'a.md': '', 'b.md': '# Only a heading\n', 'c.md': '\n \n\t\n' }),
    )
    expect(problems.map(({ file }) => file)).toEqual(['a.md', 'b.md', 'c.md'])
  })

  it('is refused when it is not there', async () => {
    const { message } = await refused(join(folderOf({}), 'missing'))
    expect(message).toMatch(/missing: there is no such folder; name the folder/)
  })

  it('is refused when it is a file', async () => {
    const { message } = await refused(join(folderOf({ 'a.md': good }), 'a.md'))
    expect(message).toMatch(/a\.md: this is a file, not a folder; name the folder/)
  })
})

describe('a file that cannot be used', () => {
  it('is named when it is empty, and the others are read', async () => {
    const { problems, files } = await read(folderOf({ 'a.md': '', 'good.md': good }))
    expect(problems).toEqual(['a.md:1: there is no text; write a heading with an answer under it'])
    expect(files).toEqual(['good.md'])
  })

  it('is named with the line that is not UTF-8', async () => {
    const latin = Buffer.concat([
      Buffer.from('# Käse\n\nfine\nnot '),
      Buffer.from([0xe9, 0xe8]),
      Buffer.from('\nfine\n'),
    ])
    const { problems, files } = await read(folderOf({ 'a.md': latin, 'good.md': good }))
    expect(problems).toEqual(['a.md:4: is not UTF-8 text; save the file as UTF-8'])
    expect(files).toEqual(['good.md'])
  })

  it('is named when its last character is cut off', async () => {
    const cut = Buffer.from('# Cheese\n\nKä').subarray(0, -1)
    const { problems } = await read(folderOf({ 'a.md': cut, 'good.md': good }))
    expect(problems).toEqual(['a.md:3: is not UTF-8 text; save the file as UTF-8'])
  })

  it('is named when it is UTF-16', async () => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(good, 'utf16le')])
    const { problems } = await read(folderOf({ 'a.md': utf16, 'good.md': good }))
    expect(problems).toEqual(['a.md:1: is not UTF-8 text; save the file as UTF-8'])
  })

  it('is named when it is over 1 MiB; exactly 1 MiB is read', async () => {
    const head = '# Large\n\n'
    const limit = 1024 * 1024
    const line = `${'word '.repeat(20)}\n\n`
    const fill = (size: number): string => (head + line.repeat(Math.ceil(size / line.length))).slice(0, size)
    const { problems, files } = await read(folderOf({ 'most.md': fill(limit), 'over.md': fill(limit + 1) }))
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(/^over\.md:1: is 1\.0 MiB; split it/)
    expect(files).toEqual(['most.md'])
  })

  it('is used or named when its blocks are nested 5,000 deep, and never takes the other files along', async () => {
    const { files } = await read(
      folderOf({ 'deep.md': `# Deep\n\n${'>'.repeat(5000)} quote\n`, 'good.md': good }),
    )
    expect(files).toContain('good.md')
  })

  it('is used or named when its YAML is nested 5,000 deep', async () => {
    const deep = `---\ntags: ${'['.repeat(5000)}${']'.repeat(5000)}\n---\n\n# Deep\n\nText.\n`
    const { files } = await read(folderOf({ 'deep.md': deep, 'good.md': good }))
    expect(files).toContain('good.md')
  })

  it('is a folder that is named like a file: what is in it is read', async () => {
    const { files, problems } = await read(folderOf({ 'folder.md/a.md': good }))
    expect(files).toEqual(['folder.md/a.md'])
    expect(problems).toEqual([])
  })
})

describe('a symbolic link', () => {
  it('out of the folder is refused, to a file and to a folder', async () => {
    const outside = folderOf({ 'secret.md': '# Secret\n\nNobody may read this.\n' })
    const folder = folderOf({ 'good.md': good })
    symlinkSync(join(outside, 'secret.md'), join(folder, 'file.md'))
    symlinkSync(outside, join(folder, 'linked'))
    const { problems, files } = await read(folder)
    expect(problems).toEqual([
      'file.md:1: is a symbolic link out of the content folder; copy the file into the folder',
      'linked:1: is a symbolic link out of the content folder; copy the file into the folder',
    ])
    expect(files).toEqual(['good.md'])
  })

  it('to a neighbour whose name begins like the folder is refused too', async () => {
    const above = folderOf({ 'content/good.md': good, 'content-secret/a.md': good })
    symlinkSync('../content-secret/a.md', join(above, 'content', 'b.md'))
    const { problems, files } = await read(join(above, 'content'))
    expect(problems).toEqual([
      'b.md:1: is a symbolic link out of the content folder; copy the file into the folder',
    ])
    expect(files).toEqual(['good.md'])
  })

  it('that leads out over a link inside is refused', async () => {
    const outside = folderOf({ 'secret.md': good })
    const folder = folderOf({ 'good.md': good })
    symlinkSync(join(outside, 'secret.md'), join(folder, 'a.md'))
    symlinkSync('a.md', join(folder, 'b.md'))
    expect((await read(folder)).files).toEqual(['good.md'])
  })

  it('inside the folder is accepted', async () => {
    const folder = folderOf({ 'a/good.md': good })
    symlinkSync('a/good.md', join(folder, 'link.md'))
    const { problems, files } = await read(folder)
    expect(problems).toEqual([])
    expect(files).toEqual(['a/good.md', 'link.md'])
  })

  it('to nothing is named', async () => {
    const folder = folderOf({ 'good.md': good })
    symlinkSync('nowhere.md', join(folder, 'broken.md'))
    const { problems, files } = await read(folder)
    expect(problems).toEqual(['broken.md:1: cannot be read (ENOENT); mend or remove it'])
    expect(files).toEqual(['good.md'])
  })

  it('to itself or to a folder above ends', async () => {
    const folder = folderOf({ 'a/b/good.md': good })
    symlinkSync('loop.md', join(folder, 'loop.md'))
    symlinkSync('../..', join(folder, 'a', 'b', 'up'))
    const { problems, files } = await read(folder)
    expect(problems).toEqual(['loop.md:1: cannot be read (ELOOP); mend or remove it'])
    expect(files).toEqual(['a/b/good.md'])
  })

  it('between folders that link to each other does not multiply the files', async () => {
    const folder = folderOf({ 'good.md': good })
    const names = ['a', 'b', 'c', 'd', 'e']
    for (const name of names) mkdirSync(join(folder, name))
    for (const name of names)
      for (const other of names) if (other !== name) symlinkSync(`../${other}`, join(folder, name, other))
    for (const name of names) symlinkSync('../good.md', join(folder, name, 'good.md'))
    const { files } = await read(folder)
    // Each folder once by itself and once through each link to it would be 25 copies of the file and the file.
    expect(files.length).toBeLessThanOrEqual(26)
    rmSync(folder, { recursive: true })
  })

  it('may be the content folder itself', async () => {
    const above = folderOf({ 'real/a/good.md': good })
    symlinkSync('real', join(above, 'content'))
    expect(await read(join(above, 'content'))).toEqual({ problems: [], files: ['a/good.md'] })
  })
})
