/**
 * A process that writes until it is done or killed, and prints each id after the store acknowledged it.
 * Arguments: the store's settings as JSON, a name, how many entries (0: until it is killed).
 */
import { createStore, type StoreConfig } from '../../src/store/create-store.ts'

const [settings = '', name = '', count = ''] = process.argv.slice(2)
const store = createStore(JSON.parse(settings) as StoreConfig)
const most = Number(count) || Number.POSITIVE_INFINITY
for (let i = 0; i < most; i++) {
  const id = `${name}-${i}`
  const at = 1_000_000 + i
  // By turns alone and many at once, as the outbox writes.
  if (i % 2 === 0) await store.records.feedback.append([{ id, reference: 's.a', helpful: true, at }])
  else await store.records.questions.append([{ id, text: 'x'.repeat(500), kind: 'answer', at }])
  process.stdout.write(`${id}\n`)
}
await store.close()
