import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')

interface Import {
  file: string
  /** A path from the root of the project, or the name of a package. */
  target: string
  typeOnly: boolean
}

const statement =
  /(?:^|\n)\s*(import|export)\s+(type\s)?[^'"`;]*?from\s*['"]([^'"]+)['"]|\bimport\s*\(\s*['"`]([^'"`]+)|(?:^|\n)\s*import\s*['"]([^'"]+)|\brequire\s*\(\s*['"`]([^'"`]+)/g

function sourceFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name.split(sep).join('/')}`)
}

function importsOf(file: string): Import[] {
  const source = readFileSync(join(root, file), 'utf8')
  return [...source.matchAll(statement)].map((match) => {
    const name = match[3] ?? match[4] ?? match[5] ?? match[6] ?? ''
    const target = name.startsWith('.')
      ? relative(root, resolve(root, dirname(file), name))
          .split(sep)
          .join('/')
      : name
    return { file, target, typeOnly: match[2] !== undefined }
  })
}

function importsBelow(folder: string): Import[] {
  return sourceFiles(folder).flatMap(importsOf)
}

function listed(imports: readonly Import[]): string[] {
  return imports.map(({ file, target }) => `${file} imports ${target}`)
}

/** They put everything together, so they alone see everything. */
const wiring = new Set(['adapters/main.ts', 'adapters/registry.ts', 'adapters/server.ts'])
const platformFiles = sourceFiles('adapters').filter((file) => !wiring.has(file))

describe('imports', () => {
  it('are all seen by this test: static, of types, dynamic and required', () => {
    const all = [...importsBelow('src'), ...importsBelow('adapters')]
    expect(all).toContainEqual({ file: 'src/app.ts', target: 'src/bot.ts', typeOnly: false })
    expect(all).toContainEqual({
      file: 'adapters/console/chat.ts',
      target: 'adapters/registry.ts',
      typeOnly: true,
    })
    expect(all).toContainEqual({
      file: 'adapters/registry.ts',
      target: 'adapters/web/index.ts',
      typeOnly: false,
    })
    expect(all.map(({ target }) => target)).toContain('node:module')
    const files = new Set(all.map(({ file }) => file))
    const withImport = [...sourceFiles('src'), ...sourceFiles('adapters')].filter((file) =>
      /^import /m.test(readFileSync(join(root, file), 'utf8')),
    )
    expect(withImport.filter((file) => !files.has(file))).toEqual([])
  })

  it('name only files that exist', () => {
    const files = new Set([...sourceFiles('src'), ...sourceFiles('adapters')])
    const local = [...importsBelow('src'), ...importsBelow('adapters')].filter(({ target }) =>
      /^(?:src|adapters)\//.test(target),
    )
    expect(listed(local.filter(({ target }) => !files.has(target)))).toEqual([])
  })
})

describe('src', () => {
  it('never imports adapters or anything else outside itself', () => {
    const outside = importsBelow('src').filter(({ target }) =>
      /^(?:\.\.|adapters|tests|bench|dist)/.test(target),
    )
    expect(listed(outside)).toEqual([])
  })

  it('reads files in src/content and keeps them in src/store, nowhere else but for its own word vectors', () => {
    const readers = importsBelow('src').filter(({ target }) => /^(?:node:)?fs(?:\/|$)/.test(target))
    expect(readers.length).toBeGreaterThan(0)
    expect(
      listed(readers.filter(({ file }) => !/^src\/(?:content\/|store\/|search\/word-vectors)/.test(file))),
    ).toEqual([])
  })

  it('opens no connection and starts no process', () => {
    const reaching =
      /^(?:node:)?(?:https?|http2|net|tls|dgram|dns|child_process|worker_threads|cluster)(?:\/|$)/
    expect(listed(importsBelow('src').filter(({ target }) => reaching.test(target)))).toEqual([])
  })

  it('uses no platform SDK, terminal library or logger', () => {
    const outer = /^(?:discord|@discordjs|@slack|commander|dotenv|picocolors|pino)(?:$|[/.])/
    expect(listed(importsBelow('src').filter(({ target }) => outer.test(target)))).toEqual([])
  })

  it('never touches the process: settings come in as values', () => {
    const readers = sourceFiles('src').filter((file) =>
      /\bprocess\s*[.[]|import\.meta\.env|\bfetch\s*\(/.test(readFileSync(join(root, file), 'utf8')),
    )
    expect(readers).toEqual([])
  })
})

describe('adapters', () => {
  const imports = platformFiles.flatMap(importsOf)

  it('import of the core only src/index.ts', () => {
    const core = imports.filter(({ target }) => target.startsWith('src/'))
    expect(core.length).toBeGreaterThan(0)
    expect(listed(core.filter(({ target }) => target !== 'src/index.ts'))).toEqual([])
  })

  it('never import each other, and of the registry only types', () => {
    const across = imports.filter(({ file, target, typeOnly }) => {
      if (!target.startsWith('adapters/')) return false
      // What starts the platforms looks them up.
      if (target === 'adapters/registry.ts') return !typeOnly && file !== 'adapters/platforms.ts'
      return dirname(target) !== dirname(file)
    })
    expect(listed(across)).toEqual([])
  })

  it('leave the environment to main.ts', () => {
    const readers = platformFiles.filter((file) =>
      readFileSync(join(root, file), 'utf8').includes('process.env'),
    )
    expect(readers).toEqual([])
  })

  it('are wired through src/index.ts too', () => {
    const core = [...wiring].flatMap(importsOf).filter(({ target }) => target.startsWith('src/'))
    expect(listed(core.filter(({ target }) => target !== 'src/index.ts'))).toEqual([])
  })
})
