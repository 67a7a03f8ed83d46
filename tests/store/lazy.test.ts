import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { run } from '../adapters/console/command.ts'
import { folderOf } from '../folder.ts'

/** The scripts that a command loads, and what it leaves in its data folder. */
async function loadedBy(args: string[], input = '') {
  const folder = folderOf({})
  const dataDir = join(folder, 'data')
  const { status } = await run(args, input, { NODE_V8_COVERAGE: join(folder, 'scripts'), DATA_DIR: dataDir })
  expect(status).toBe(0)
  const scripts = readdirSync(join(folder, 'scripts')).flatMap((name) => {
    const { result } = JSON.parse(readFileSync(join(folder, 'scripts', name), 'utf8'))
    return (result as { url: string }[]).map(({ url }) => url)
  })
  return { scripts, hasData: existsSync(dataDir) }
}

const databases = /node_modules\/(?:kysely|libsql|@libsql|pg|pg-[^/]+)\//

it('a question on the command line loads no database and leaves no file', async () => {
  const { scripts, hasData } = await loadedBy(['ask', 'What does a data engineer do?'])
  expect(scripts.some((url) => url.includes('node_modules/minisearch'))).toBe(true)
  expect(scripts.filter((url) => databases.test(url))).toEqual([])
  expect(hasData).toBe(false)
})

it('nor does a talk in the terminal', async () => {
  const { scripts, hasData } = await loadedBy(['chat'], 'What does a data engineer do?\n')
  expect(scripts.filter((url) => databases.test(url))).toEqual([])
  expect(hasData).toBe(false)
})

it('moving data does', async () => {
  const { scripts, hasData } = await loadedBy(['data-export'])
  expect(scripts.some((url) => databases.test(url))).toBe(true)
  expect(hasData).toBe(true)
})
