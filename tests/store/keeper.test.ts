import { join } from 'node:path'
import Libsql from 'libsql'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createApp, type Event, type Logger } from '../../src/index.ts'
import { refer, sectionKey } from '../../src/reference.ts'
import { hashMember } from '../../src/store/cipher.ts'
import { createStore } from '../../src/store/create-store.ts'
import { createKeeper, type KeeperConfig } from '../../src/store/keeper.ts'
import type { FeedbackEntry, QuestionEntry } from '../../src/store/store.ts'
import { testKey } from '../contracts/store.ts'
import { folderOf } from '../folder.ts'
import { embeddedPlace, places } from './databases.ts'

const silent: Logger = { info() {}, warn() {}, error() {} }
const documents = {
  'a.md': '# Plants\n\n## Watering a cactus\n\nWater it.\n\n## Mowing grass\n\nIn the evening.\n',
}

/** What is in the database after an app has handled the events. */
async function kept(config: Partial<KeeperConfig>, events: Event[], now = Date.now) {
  const dataDir = config.dataDir ?? folderOf({})
  const app = await createApp(
    { contentDir: folderOf(documents), dataDir, ...config },
    { logger: silent, now },
  )
  for (const event of events) await app.bot.handle(event)
  await app.close()
  const store = createStore({ dataDir })
  const feedback: FeedbackEntry[] = []
  const questions: QuestionEntry[] = []
  for await (const entry of store.records.feedback.since(0)) feedback.push(entry)
  for await (const entry of store.records.questions.since(0)) questions.push(entry)
  await store.close()
  return { feedback, questions }
}

const question = (text: string, more: object = {}): Event => ({
  kind: 'question',
  text,
  conversation: 'c',
  member: 'discord:42',
  platform: 'discord',
  ...more,
})

it.each(places)('forgets also what was kept before there was an ENCRYPTION_KEY, in %s', async (_, open) => {
  const place = await open()
  onTestFinished(place.close)
  const before = createKeeper(place.config, silent, Date.now)
  await before.members.set('discord:42', { role: 'data engineer', progress: null })
  await before.close()
  const after = createKeeper({ ...place.config, encryptionKey: testKey }, silent, Date.now)
  onTestFinished(after.close)
  expect(await after.members.forget('discord:42')).toBe(1)
  expect(await place.dump()).not.toContain('data engineer')
})

describe('questions', () => {
  it('that somebody else wrote are not kept as the words of whoever has them answered', async () => {
    const quoted = question('How do I water a cactus?', { quoted: true })
    expect((await kept({ questionLogDays: 1, encryptionKey: testKey }, [quoted])).questions).toEqual([])
  })

  it('are not kept unless that is turned on', async () => {
    expect((await kept({}, [question('How do I water a cactus?')])).questions).toEqual([])
    expect((await kept({ questionLogDays: 0 }, [question('How?')])).questions).toEqual([])
  })

  it('are kept with what became of them, and without a member when there is no key', async () => {
    const { questions } = await kept({ questionLogDays: 1 }, [
      question('How do I water a cactus?'),
      question('Who won the cup?'),
      question('x'.repeat(10_000)),
    ])
    expect(questions).toHaveLength(3)
    expect(questions[0]).toMatchObject({
      text: 'How do I water a cactus?',
      kind: 'answer',
      section: 'a#watering-a-cactus',
      platform: 'discord',
    })
    expect(questions[1]?.kind).not.toBe('answer')
    expect(questions[2]?.text).toHaveLength(2_000)
    expect(JSON.stringify(questions)).not.toMatch(/discord:42|"member"/)
  })

  it('have a keyed hash for a member when there is a key', async () => {
    const config = { questionLogDays: 1, encryptionKey: testKey }
    const { questions } = await kept(config, [question('How do I water a cactus?')])
    expect(questions.map(({ member }) => member)).toEqual([hashMember('discord:42', testKey)])
  })

  it('that nobody asked the bot are not kept when it says nothing', async () => {
    const { questions } = await kept({ questionLogDays: 1 }, [
      question('My private life\nis complicated', { unasked: true }),
    ])
    expect(questions).toEqual([])
  })

  it.each([
    [7, ['6']],
    [0, []],
    [undefined, ['9', '8', '6']],
  ])('are removed when their days are over: %s', async (questionLogDays, left) => {
    const dataDir = folderOf({})
    const store = createStore({ dataDir })
    const day = 86_400_000
    await store.records.questions.append(
      [9, 8, 6].map((days) => ({ id: `${days}`, text: 'Q', kind: 'answer', at: (100 - days) * day })),
    )
    await store.close()
    const app = await createApp(
      { contentDir: folderOf(documents), dataDir, questionLogDays },
      { logger: silent, now: () => 100 * day },
    )
    onTestFinished(app.close)
    app.openStore()
    await expect
      .poll(async () => {
        const ids: string[] = []
        for await (const { id } of app.store.records.questions.since(0)) ids.push(id)
        return ids
      })
      .toEqual(left)
  })
})

it('feedback is kept in the order in which it came, each click once, and never who gave it', async () => {
  const [cactus, grass] = ['a#watering-a-cactus', 'a#mowing-grass'].map((id) =>
    refer({ kind: 'section', key: sectionKey(id) }),
  ) as [string, string]
  const rate = (reference: string, more: object = {}): Event => ({
    kind: 'feedback',
    reference,
    helpful: false,
    platform: 'slack',
    ...more,
  })
  const { feedback } = await kept({}, [
    rate(cactus),
    rate(grass, { click: 'one' }),
    rate(cactus),
    rate(grass, { click: 'one', reason: 'r'.repeat(5_000) }),
    // What nobody was ever shown is no feedback.
    rate('s.madeup00'),
    rate('q.Who won the cup?'),
    rate('nonsense'),
  ])
  expect(feedback).toHaveLength(3)
  expect(feedback.find(({ id }) => id === 'one')?.reason).toHaveLength(1_000)
  expect(feedback.every(({ platform, helpful }) => platform === 'slack' && !helpful)).toBe(true)
})

it('a write that met a busy database is there, and others can write after it', async () => {
  const place = await embeddedPlace()
  onTestFinished(() => place.close())
  const [one, other] = [place.open(), place.open()]
  await one.members.set('before', { progress: 0 })
  await other.members.set('before', { progress: 1 })
  const holder = new Libsql(join(place.config.dataDir, 'careers.db'))
  holder.exec('begin immediate')
  const waiting = [
    one.members.set('one', { progress: 1 }),
    one.records.feedback.append([{ id: 'f', reference: 's.a', helpful: true, at: 1 }]),
    other.communities.claim('event', 1_000),
  ]
  await new Promise((resolve) => setTimeout(resolve, 300))
  holder.exec('commit')
  await Promise.all(waiting)
  holder.exec("insert into events values ('holder', 1)")
  holder.close()
  const reader = place.open()
  expect(await reader.members.get('one')).toEqual({ progress: 1 })
  await reader.close()
  await one.close()
  await other.close()
})
