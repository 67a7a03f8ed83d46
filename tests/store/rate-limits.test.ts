import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { type App, createApp, type Logger } from '../../src/index.ts'
import { usualLimits } from '../../src/rate-limit.ts'
import { folderOf } from '../folder.ts'
import { postgresPlace, testDatabaseUrl } from './databases.ts'
import { wayTo } from './way.ts'

const { perMember, perPlace } = usualLimits

async function appOver(databaseUrl: string | undefined, lines: string[] = []): Promise<App> {
  const log = (_: object, message: string) => void lines.push(message)
  const logger: Logger = { info: log, warn: log, error: log }
  const contentDir = folderOf({ 'a.md': '# Plants\n\n## Watering a cactus\n\nWater it.\n' })
  const app = await createApp({ contentDir, dataDir: folderOf({}), databaseUrl }, { logger })
  onTestFinished(() => app.close())
  return app
}

const alone = 'rate limits are counted by each process alone while the database is away'
const together = 'rate limits are counted for all processes together again'

/** An app that has found its database: opening it may take longer than the first question waits. */
async function countingOver(databaseUrl: string): Promise<App> {
  const lines: string[] = []
  const app = await appOver(databaseUrl, lines)
  await admitted([app], 1, 'first')
  await vi.waitFor(() => expect(lines.at(-1)).not.toBe(alone), { timeout: 30_000 })
  return app
}

/** How many of the questions are let through; nine are asked at once, so that a busy machine is not late. */
async function admitted(apps: readonly App[], times: number, member: string, place?: string) {
  let count = 0
  for (let asked = 0; asked < times; asked += 9) {
    const replies = await Promise.all(
      Array.from({ length: Math.min(9, times - asked) }, (_, i) =>
        apps[i % apps.length]!.bot.handle({
          kind: 'question',
          text: 'How do I water a cactus?',
          conversation: 'c',
          member,
          place,
        }),
      ),
    )
    count += replies.filter(({ kind }) => kind !== 'limited').length
  }
  return count
}

it('one process with the embedded database counts by itself', async () => {
  const app = await appOver(undefined)
  expect(await admitted([app], perMember + 10, 'ada')).toBe(perMember)
  const again = await app.bot.handle({ kind: 'help', conversation: 'c', member: 'ada' })
  expect(again).toMatchObject({ kind: 'limited', again: true })
  expect(await admitted([app], 5, 'bob')).toBe(5)
})

describe.runIf(testDatabaseUrl)('PostgreSQL', () => {
  async function given() {
    const place = await postgresPlace()
    onTestFinished(() => place.close())
    const way = await wayTo(place.config.databaseUrl ?? '')
    onTestFinished(way.cut)
    return { place, way }
  }

  it('holds limits for all processes together, and does not know whom it counts', async () => {
    const { place, way } = await given()
    const apps = await Promise.all([way.url, way.url, way.url].map(countingOver))
    expect(await admitted(apps, 3 * perMember, 'discord:4242')).toBe(perMember)
    expect(await admitted(apps, 3, 'discord:4242')).toBe(0)
    let inPlace = 0
    for (let i = 0; i < 6; i++) inPlace += await admitted(apps, perMember, `member-${i}`, 'slack:general')
    expect(inPlace).toBe(perPlace)
    const rows = await place.dump()
    expect(rows).toContain('member:')
    expect(rows).not.toMatch(/4242|general|member-\d/)
  })

  it.each(['cut', 'stick'] as const)(
    'keeps nobody waiting while the way to it is %s, and is found again',
    async (what) => {
      const { way } = await given()
      const lines: string[] = []
      const [app, other] = [await appOver(way.url, lines), await appOver(way.url)]
      for (const each of [app, other]) await admitted([each], 1, 'first')
      await way[what]()
      // Everybody is answered, and still not without a limit.
      expect(await admitted([app], perMember + 10, 'ada')).toBe(perMember)
      expect(lines).toContain(alone)
      await admitted([other], 1, 'bob')
      await way.mend()
      await vi.waitFor(() => expect(lines.at(-1)).toBe(together), { timeout: 30_000 })
      await vi.waitFor(
        async () => {
          const name = `carol-${Math.random()}`
          expect(await admitted([app, other], 2 * perMember + 10, name)).toBe(perMember)
        },
        { timeout: 30_000, interval: 500 },
      )
    },
  )
})
