import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FeedbackEntry, QuestionEntry, Store } from '../../src/store/store.ts'

/** A database that a test may fill. */
export interface StoreUnderTest {
  /** Another one over the same tables, as another process would have it. */
  open(options?: { encryptionKey?: string; now?: () => number }): Store
  /** Every row of every table as text. */
  dump(): Promise<string>
  close(): Promise<void>
}

export const testKey = '0123456789abcdef'.repeat(4)

async function all<T>(entries: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const entry of entries) list.push(entry)
  return list
}

/** As no database can keep it otherwise. */
const kept = (text: string): string => Buffer.from(text.replaceAll('\0', '\uFFFD')).toString()

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) }),
  fc.constantFrom(
    '',
    '\0',
    'a\0b',
    '\ud800',
    '\udc00\ud800',
    '👩🏽‍💻',
    "'; drop table feedback; --",
    '$1 ? :a @b',
    '\\x00',
  ),
  fc.constantFrom('x', '\0', '💡', '\ud83d').map((unit) => unit.repeat(100_000)),
)

/** What every database of the bot has to do. */
export function storeContract(name: string, begin: () => Promise<StoreUnderTest>): void {
  describe(name, () => {
    let database: StoreUnderTest
    let store: Store
    beforeAll(async () => {
      database = await begin()
      store = database.open({ encryptionKey: testKey })
    })
    afterAll(async () => {
      await store.close()
      await database.close()
    })
    const given = () => ({ store, other: database.open({ encryptionKey: testKey }) })

    describe('feedback', () => feedbackRules(given))
    describe('questions', () => questionRules(given))
    describe('members', () => memberRules(given))
    describe('communities', () => communityRules(() => database))
    describe('any text', () => textRules(given))
  })
}

type Given = () => { store: Store; other: Store }

function feedbackRules(given: Given): void {
  const entry = (id: string, at: number, more: Partial<FeedbackEntry> = {}): FeedbackEntry => ({
    id,
    reference: 's.abc',
    helpful: true,
    at,
    ...more,
  })
  it('comes back in the order of time, from a time on, over many pages', async () => {
    const { records } = given().store
    const entries = Array.from({ length: 1203 }, (_, i) => entry(`page-${i}`, 1000 + (i % 7)))
    await records.feedback.append(entries)
    const read = await all(records.feedback.since(1003))
    expect(read.map(({ at }) => at)).toEqual(read.map(({ at }) => at).toSorted((a, b) => a - b))
    expect(new Set(read.map(({ id }) => id))).toEqual(
      new Set(entries.filter(({ at }) => at >= 1003).map(({ id }) => id)),
    )
    expect(read).toHaveLength(entries.filter(({ at }) => at >= 1003).length)
  })
  it('keeps every field, and is the same for another process', async () => {
    const { store, other } = given()
    const full = entry('full', 5e12, { helpful: false, reason: 'Too long', platform: 'discord' })
    await store.records.feedback.append([full])
    expect(await all(other.records.feedback.since(5e12))).toEqual([full])
    await other.close()
  })
  it('counts a click and its reason once, in whatever order they come', async () => {
    const { feedback } = given().store.records
    const click = entry('click', 6e12, { helpful: false })
    const reason = { ...click, reason: 'Wrong' }
    await feedback.append([click, reason])
    await feedback.append([click])
    await feedback.append([
      { ...reason, id: 'click-2' },
      { ...click, id: 'click-2' },
    ])
    expect((await all(feedback.since(6e12))).map(({ reason }) => reason)).toEqual(['Wrong', 'Wrong'])
  })
  it('takes nothing at all', async () => {
    await given().store.records.feedback.append([])
    await given().store.records.questions.append([])
  })
}

function questionRules(given: Given): void {
  const entry = (id: string, at: number, more: Partial<QuestionEntry> = {}): QuestionEntry => ({
    id,
    text: 'What?',
    kind: 'answer',
    at,
    ...more,
  })
  it('keeps every field, and an id once', async () => {
    const { questions } = given().store.records
    const full = entry('q1', 100, { section: 'a#b', platform: 'slack', member: 'm1' })
    await questions.append([full, entry('q2', 101), full])
    await questions.append([full])
    expect(await all(questions.since(100))).toEqual([full, entry('q2', 101)])
  })
  it('removes what is older than a time, and what is of a member', async () => {
    const { questions } = given().store.records
    await questions.append([entry('old', 1), entry('m', 200, { member: 'm2' }), entry('n', 201)])
    expect(await questions.removeBefore(100)).toBe(1)
    expect(await questions.removeOf('m2')).toBe(1)
    expect(await questions.removeOf('m2')).toBe(0)
    expect((await all(questions.since(0))).map(({ id }) => id)).toEqual(['q1', 'q2', 'n'])
  })
  it('takes many at once', async () => {
    const { questions } = given().store.records
    const many = Array.from({ length: 1100 }, (_, i) => entry(`many-${i}`, 9e12))
    await questions.append(many)
    expect(await all(questions.since(9e12))).toHaveLength(1100)
  })
}

function memberRules(given: Given): void {
  it('have a profile that can be set, changed and removed', async () => {
    const { members } = given().store
    expect(await members.get('ann')).toBeUndefined()
    await members.set('ann', { role: 'data-engineer', progress: { step: 1, done: ['a'] } })
    await members.set('ann', { level: 'junior', progress: null })
    expect(await members.get('ann')).toEqual({ level: 'junior', progress: null })
    await members.remove('ann')
    expect(await members.get('ann')).toBeUndefined()
  })
  it('are forgotten everywhere, and nobody else is', async () => {
    const { members, records } = given().store
    for (const member of ['bob', 'eve']) {
      await members.set(member, { progress: 1 })
      await records.questions.append([{ id: `of-${member}`, text: 'Why?', kind: 'answer', member, at: 7e12 }])
    }
    expect(await members.forget('bob')).toBe(2)
    expect(await members.forget('bob')).toBe(0)
    expect(await members.get('bob')).toBeUndefined()
    expect(await members.get('eve')).toEqual({ progress: 1 })
    const left = (await all(records.questions.since(7e12))).filter(({ at }) => at === 7e12)
    expect(left.map(({ member }) => member)).toEqual(['eve'])
  })
}

function communityRules(database: () => StoreUnderTest): void {
  const token = 'xoxb-very-secret-token'
  const open = (encryptionKey?: string) =>
    database().open(encryptionKey === undefined ? {} : { encryptionKey })
  it('have installations, saved again and removed, with nothing readable in the database', async () => {
    const store = open(testKey)
    const { installations } = store.communities
    expect(await installations.find('T1')).toBeUndefined()
    await installations.save('T1', '{"old":1}')
    await installations.save('T1', JSON.stringify({ token }))
    expect(JSON.parse((await installations.find('T1')) ?? '')).toEqual({ token })
    const dump = await database().dump()
    expect(dump).toContain('T1')
    expect(dump).not.toContain(token)
    expect(dump).not.toContain(Buffer.from(token).toString('base64url').slice(0, 24))
    const wrong = open('f'.repeat(64))
    await expect(wrong.communities.installations.find('T1')).rejects.toThrow(
      /ENCRYPTION_KEY: what is stored was/,
    )
    const none = open()
    await expect(none.communities.installations.save('T2', '{}')).rejects.toThrow(/ENCRYPTION_KEY is not set/)
    await installations.remove('T1')
    expect(await installations.find('T1')).toBeUndefined()
    await Promise.all([store, wrong, none].map((one) => one.close()))
  })
  it('have settings, each community its own', async () => {
    const store = open()
    const { settings } = store.communities
    await settings.set('A', 'greeting', { on: true, text: 'Hi\0' })
    await settings.set('A', 'greeting', { on: false, text: 'Hi\0' })
    await settings.set('B', 'greeting', [1])
    expect(await settings.get('A', 'greeting')).toEqual({ on: false, text: 'Hi\0' })
    expect(await settings.get('B', 'greeting')).toEqual([1])
    expect(await settings.get('A', 'other')).toBeUndefined()
    await store.close()
  })
  it('claim an event once, over all processes, until its time is over', async () => {
    let time = 1_000_000
    const stores = Array.from({ length: 4 }, () => database().open({ now: () => time }))
    const claims = await Promise.all(
      Array.from({ length: 40 }, (_, i) => stores[i % 4]!.communities.claim('event', 5_000)),
    )
    expect(claims.filter(Boolean)).toHaveLength(1)
    expect(await stores[0]!.communities.claim('another', 5_000)).toBe(true)
    time += 4_999
    expect(await stores[1]!.communities.claim('event', 5_000)).toBe(false)
    time += 1
    const later = await Promise.all(stores.map((store) => store.communities.claim('event', 120_000)))
    expect(later.filter(Boolean)).toHaveLength(1)
    time += 60_000
    await stores[0]!.communities.claim('third', 1)
    expect(await stores[1]!.communities.heldFor('never')).toBe(0)
    expect(await stores[1]!.communities.heldFor('event')).toBe(60_000)
    await stores[2]!.communities.hold('event', 90_000)
    expect(await stores[3]!.communities.heldFor('event')).toBe(90_000)
    await stores[2]!.communities.hold('never', 90_000)
    expect(await stores[3]!.communities.heldFor('never')).toBe(0)
    await stores[0]!.communities.hold('event', 0)
    expect(await stores[1]!.communities.claim('event', 5_000)).toBe(true)
    const dump = await database().dump()
    expect(dump).toContain('third')
    expect(dump).not.toContain('another')
    await Promise.all(stores.map((store) => store.close()))
  })
}

function textRules(given: Given): void {
  it('comes back as it was, but for what no database can keep', async () => {
    const { records } = given().store
    let at = 8e12
    await fc.assert(
      fc.asyncProperty(anyText, anyText, async (text, reason) => {
        at++
        await records.feedback.append([{ id: `${at}`, reference: text, helpful: false, reason, at }])
        await records.questions.append([{ id: `${at}`, text, kind: 'answer', section: reason, at }])
        const [feedback] = await all(records.feedback.since(at))
        const [question] = await all(records.questions.since(at))
        expect(feedback?.reference === kept(text) && feedback.reason === kept(reason)).toBe(true)
        expect(question?.text === kept(text) && question.section === kept(reason)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })
  it('is a key like any other, and no other key', async () => {
    const { communities, members } = given().store
    const unlike = fc.tuple(anyText, anyText).filter(([one, other]) => one !== other)
    await fc.assert(
      fc.asyncProperty(unlike, fc.jsonValue(), async ([one, other], value) => {
        await communities.settings.set(one, 'key', value)
        await communities.settings.set(other, 'key', 'other')
        const read = await communities.settings.get(one, 'key')
        expect(JSON.stringify(read)).toBe(JSON.stringify(value))
        await members.set(one, { progress: value })
        await members.remove(other)
        expect(JSON.stringify((await members.get(one))?.progress)).toBe(JSON.stringify(value))
        expect(await members.forget(one)).toBe(1)
      }),
      { numRuns: 60 },
    )
  })
}
