import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Store } from '../../src/store/store.ts'
import { type Place, places } from './databases.ts'
import { startWriter } from './processes.ts'

/** `KILLS=20 npm test -- tests/store/processes.test.ts` for the long run. */
const kills = Number(process.env.KILLS || 5)
const processes = 8
const each = 60

async function idsOf(store: Store): Promise<string[]> {
  const ids: string[] = []
  for await (const { id } of store.records.feedback.since(0)) ids.push(id)
  for await (const { id } of store.records.questions.since(0)) ids.push(id)
  return ids
}

async function given(open: () => Promise<Place>): Promise<Place> {
  const place = await open()
  onTestFinished(() => place.close())
  return place
}

describe.each(places)('%s', (_, open) => {
  it(`is made and written by ${processes} processes at once, and nothing is missing`, async () => {
    const place = await given(open)
    const writers = Array.from({ length: processes }, (_, i) => startWriter(place.config, `w${i}`, each))
    const ends = await Promise.all(writers.map((writer) => writer.ended))
    expect(ends).toEqual(ends.map(() => ({ status: 0, stderr: '' })))
    const store = place.open()
    const ids = await idsOf(store)
    await store.close()
    expect(ids.toSorted()).toEqual(writers.flatMap((writer) => writer.acknowledged()).toSorted())
    expect(ids).toHaveLength(processes * each)
    expect((await place.dump()).match(/0001-begin/g)).toHaveLength(1)
  })

  it(
    `keeps everything that it acknowledged through ${kills} kills`,
    async () => {
      const place = await given(open)
      const acknowledged: string[] = []
      for (let i = 0; i < kills; i++) {
        const writers = ['a', 'b'].map((name) => startWriter(place.config, `${name}${i}`, 0))
        for (const writer of writers)
          await vi.waitFor(() => expect(writer.acknowledged().length).toBeGreaterThan(10), {
            timeout: 30_000,
            interval: 3,
          })
        // At another moment of a write each time.
        await new Promise((resolve) => setTimeout(resolve, i * 7))
        for (const writer of writers) writer.kill()
        await Promise.all(writers.map((writer) => writer.ended))
        acknowledged.push(...writers.flatMap((writer) => writer.acknowledged()))
        const store = place.open()
        const ids = new Set(await idsOf(store))
        await store.close()
        expect(acknowledged.filter((id) => !ids.has(id))).toEqual([])
      }
      if (process.env.KILLS) console.info(`${acknowledged.length} acknowledged writes, ${kills} kills`)
    },
    kills * 20_000,
  )
})
