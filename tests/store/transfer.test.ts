import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createTransfer, type Logger, StoreError } from '../../src/index.ts'
import { createKeeper } from '../../src/store/keeper.ts'
import type { Store } from '../../src/store/store.ts'
import { run } from '../adapters/console/command.ts'
import { testKey } from '../contracts/store.ts'
import { folderOf } from '../folder.ts'
import { embeddedPlace, type Place, places } from './databases.ts'

const silent: Logger = { info() {}, warn() {}, error() {} }

async function given(open: () => Promise<Place>): Promise<Place> {
  const place = await open()
  onTestFinished(() => place.close())
  return place
}

/** More than a page in some tables, and texts that break a careless format. */
async function fill(store: Store): Promise<void> {
  const hostile = 'line\nbreak "quoted" \u2028 👩🏽‍💻 \\'
  const at = 1_700_000_000_000
  await store.records.feedback.append(
    Array.from({ length: 450 }, (_, i) => ({
      id: `f${i}`,
      reference: 's.a',
      helpful: i % 2 === 0,
      at: at + i,
    })),
  )
  await store.records.feedback.append([
    { id: 'hostile', reference: 's.b', helpful: false, reason: hostile, platform: 'slack', at },
  ])
  await store.records.questions.append([
    { id: 'q', text: hostile, kind: 'answer', section: 'a#b', platform: 'discord', member: 'm', at },
  ])
  await store.members.set('m', { role: 'data-engineer', progress: { done: [1] } })
  for (const community of ['A', 'B'])
    for (let i = 0; i < 150; i++) await store.communities.settings.set(community, `key-${i}`, { i })
  await store.communities.installations.save('T1', '{"token":"xoxb-secret"}')
}

async function linesOf(place: Place): Promise<string[]> {
  const transfer = createTransfer(place.config)
  const lines: string[] = []
  for await (const line of transfer.export()) lines.push(line)
  await transfer.close()
  return lines
}

async function* asStream(lines: readonly string[]) {
  yield* lines
}

async function read(place: Place, lines: readonly string[]) {
  const transfer = createTransfer(place.config)
  try {
    return await transfer.import(asStream(lines))
  } finally {
    await transfer.close()
  }
}

describe.each(places)('from the embedded database to %s', (_, open) => {
  it('everything moves, once, and stays encrypted', async () => {
    const [from, to] = [await given(embeddedPlace), await given(open)]
    const store = from.open({ encryptionKey: testKey })
    await fill(store)
    await store.close()
    const lines = await linesOf(from)
    expect(lines.join('')).not.toContain('xoxb-secret')
    expect(lines).toHaveLength(1 + 450 + 1 + 1 + 1 + 300 + 1)
    expect(await read(to, lines)).toEqual({ added: lines.length - 1, known: 0 })
    expect(await read(to, lines)).toEqual({ added: 0, known: lines.length - 1 })
    expect((await linesOf(to)).toSorted()).toEqual(lines.toSorted())
    const moved = to.open({ encryptionKey: testKey })
    expect(await moved.communities.installations.find('T1')).toBe('{"token":"xoxb-secret"}')
    expect(await moved.members.get('m')).toEqual({ role: 'data-engineer', progress: { done: [1] } })
    await moved.close()
  })

  it('members are found, and forgotten, after the move, though the bot was started before it', async () => {
    const [from, to] = [await given(embeddedPlace), await given(open)]
    const keeperOf = ({ config }: Place) => {
      const keeper = createKeeper(config, silent, Date.now)
      onTestFinished(keeper.close)
      return keeper
    }
    await keeperOf(from).members.set('discord:42', { role: 'data engineer', progress: null })
    // A bot that runs there makes a key of its own.
    await keeperOf(to).members.get('discord:1')
    await read(to, await linesOf(from))
    expect(await keeperOf(to).members.get('discord:42')).toMatchObject({ role: 'data engineer' })
    expect(await keeperOf(to).members.forget('discord:42')).toBe(1)
    expect(await to.dump()).not.toContain('data engineer')
    await keeperOf(to).members.set('discord:7', { role: 'baker', progress: null })
    const other = await given(embeddedPlace)
    await keeperOf(other).members.set('discord:8', { role: 'cook', progress: null })
    await expect(read(to, await linesOf(other))).rejects.toThrow(/under another key than in the file/)
    expect(await to.dump()).not.toContain('cook')
  })

  it.each([
    ['no JSON', 'oops', /^line 4: it is no JSON/],
    [
      'an unknown table',
      '{"table":"events","row":{"id":"a","until":1}}',
      /^line 4: table: Invalid discriminator|^line 4: table:/,
    ],
    [
      'a missing field',
      '{"table":"profiles","row":{"member":"x","role":null,"level":null,"at":1}}',
      /^line 4: row\.progress: /,
    ],
    [
      'a field of another version',
      '{"table":"settings","row":{"community":"a","key":"b","value":"1","at":1,"new":1}}',
      /^line 4: row: .*new/,
    ],
  ])('a line with %s brings in nothing at all', async (_, line, expected) => {
    const to = await given(open)
    const good = '{"table":"profiles","row":{"member":"x","role":null,"level":null,"progress":"1","at":1}}'
    const file = ['{"format":"ai-career-bot","version":1}', good, '', line]
    const fault = await read(to, file).catch((error: unknown) => error)
    expect(fault).toBeInstanceOf(StoreError)
    expect((fault as Error).message).toMatch(expected)
    expect(await linesOf(to)).toHaveLength(1)
  })
})

it.each([
  ['nothing', [], /the file is empty/],
  ['another file', ['{"hello":1}'], /^line 1: it is no data of this program, or of a newer version/],
  ['a newer version', ['{"format":"ai-career-bot","version":2}'], /^line 1: /],
])('%s is not imported', async (_, lines, expected) => {
  await expect(read(await given(embeddedPlace), lines)).rejects.toThrow(expected)
})

describe('the commands', () => {
  it('export to a file or to standard output, and import', async () => {
    const [from, to] = [await given(embeddedPlace), await given(embeddedPlace)]
    const store = from.open({ encryptionKey: testKey })
    await fill(store)
    await store.close()
    const file = join(folderOf({}), 'all.jsonl')
    const exported = await run(['data-export', file], '', { DATA_DIR: from.config.dataDir })
    expect(exported).toMatchObject({ status: 0, stdout: '' })
    expect(exported.stderr).toMatch(/^754 rows are in .*all\.jsonl\./)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(existsSync(`${file}.unfinished`)).toBe(false)
    const { stdout } = await run(['data-export'], '', { DATA_DIR: from.config.dataDir })
    expect(stdout).toBe(readFileSync(file, 'utf8'))
    const imported = await run(['data-import', file], '', { DATA_DIR: to.config.dataDir })
    expect(imported).toEqual({ status: 0, stdout: '', stderr: '754 rows added, 0 were there already\n' })
    expect(await linesOf(to)).toEqual(stdout.trimEnd().split('\n'))
  })

  it('say what is wrong', async () => {
    const { dataDir } = (await given(embeddedPlace)).config
    const missing = await run(['data-import', join(dataDir, 'none.jsonl')], '', { DATA_DIR: dataDir })
    expect(missing).toMatchObject({ status: 2, stderr: expect.stringMatching(/ENOENT.*none\.jsonl/) })
    const away = await run(['data-export'], '', { DATABASE_URL: 'postgres://ann:s3cret@127.0.0.1:9/bot' })
    expect(away).toMatchObject({ status: 2, stdout: '' })
    expect(away.stderr).toMatch(/^DATABASE_URL: there is no PostgreSQL at 127\.0\.0\.1:9/)
    expect(away.stderr).not.toContain('s3cret')
  })
})
