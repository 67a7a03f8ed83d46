import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type BotProcess, startBot } from '../../bot-process.ts'
import { createSlackPeer, type Delivery, type PeerMessage, type SlackPeer } from '../../peers/slack/peer.ts'
import { type Place, places, testDatabaseUrl } from '../../store/databases.ts'
import { freePort, isAfter, messageOf, settingsFor, textOf } from './stage.ts'

const question = 'what is a data engineer?'
const channels = Array.from({ length: 10 }, (_, i) => ({ name: `talk-${i}` }))

interface Replicas {
  peer: SlackPeer
  bots: BotProcess[]
  addresses: string[]
}

async function open(place: Place, environment: Record<string, string> = {}): Promise<Replicas> {
  const retryDelays = [0, 500, 1_500]
  const peer = await createSlackPeer({ teams: [{ name: 'Busy', channels }], retryDelays, ackTimeout: 10_000 })
  const { dataDir, databaseUrl = '' } = place.config
  const ports = [await freePort(), await freePort()]
  const bots = ports.map((port) =>
    startBot({
      ...settingsFor(peer, 'http', port),
      DATA_DIR: dataDir,
      DATABASE_URL: databaseUrl,
      ...environment,
    }),
  )
  onTestFinished(async () => {
    await Promise.all(bots.map((bot) => bot.stop('SIGKILL')))
    await peer.close()
    await place.close()
  })
  await Promise.all(bots.map((bot) => bot.says('"listening"')))
  const addresses = ports.map((port) => `http://127.0.0.1:${port}/slack/events`)
  peer.connectHttp(...addresses)
  return { peer, bots, addresses }
}

function answersTo(peer: SlackPeer, asked: PeerMessage): PeerMessage[] {
  return peer.messages(asked.channel).filter(isAfter(asked))
}

/** What is still on its way has come by then. */
async function settle(peer: SlackPeer): Promise<void> {
  for (const user of ['later', 'last']) {
    const asked = messageOf(await peer.mention({ text: 'thanks', user, channel: 'talk-0' }))
    await peer.waitForMessage(isAfter(asked), 10_000)
  }
  await wait(500)
}

if (testDatabaseUrl === undefined)
  console.warn('TEST_DATABASE_URL is not set: two replicas over PostgreSQL are not tested')

describe.each(places)('two processes behind one address, over %s,', (_, openPlace) => {
  it('answer each event once, whichever of them Slack sends it to again', async () => {
    const { peer, addresses } = await open(await openPlace())
    const deliveries = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        peer.mention({ text: question, user: `member-${i}`, channel: `talk-${i % 10}` }),
      ),
    )
    for (const address of addresses) {
      peer.connectHttp(address)
      const again = await Promise.all(deliveries.map((delivery) => peer.repeat(delivery)))
      expect(again.map(({ status }) => status)).toEqual(again.map(() => 200))
    }
    await settle(peer)
    for (const delivery of deliveries) expect(answersTo(peer, messageOf(delivery))).toHaveLength(1)
  })

  it.each([false, true])('go on with a talk that another one began (direct message: %s)', async (dm) => {
    const { peer, addresses } = await open(await openPlace())
    peer.connectHttp(addresses[0] ?? '')
    const text = 'what is a computer vision engineer?'
    const asked = messageOf(await (dm ? peer.say({ text, dm }) : peer.mention({ text })))
    await peer.waitForMessage(isAfter(asked))
    peer.connectHttp(addresses[1] ?? '')
    const place = dm ? { dm } : { thread: asked }
    const next = messageOf(await peer.say({ text: 'and which skills?', ...place }))
    expect(textOf(await peer.waitForMessage(isAfter(next)))).toMatch(/computer vision/i)
    expect(peer.violations).toEqual([])
  })

  it('lean on what was answered last, whichever of them did', async () => {
    const { peer, addresses } = await open(await openPlace())
    const [first = '', second = ''] = addresses
    const tell = async (address: string, text: string): Promise<string> => {
      peer.connectHttp(address)
      const asked = messageOf(await peer.say({ text, dm: true }))
      const answer = textOf(await peer.waitForMessage(isAfter(asked)))
      // No answer waits until the database knows who gave it, and nobody reads as fast.
      await wait(500)
      return answer
    }
    await tell(first, 'what is a computer vision engineer?')
    await tell(second, 'what is an NLP engineer?')
    expect(await tell(first, 'and which skills?')).toMatch(/NLP/i)
    expect(await tell(first, 'and the pay?')).not.toMatch(/computer vision/i)
    peer.failNext({ method: 'conversations.history', error: 'internal_error' })
    await tell(second, 'what is a robotics engineer?')
    // Slack does not tell what was last, and an older talk is none to lean on.
    peer.failNext({ method: 'conversations.history', error: 'internal_error', times: 2 })
    expect(await tell(first, 'and which skills?')).not.toMatch(/NLP|computer vision/i)
    expect(peer.violations).toEqual([])
  })

  it('hear whoever asked another one in a thread of others', async () => {
    const { peer, addresses } = await open(await openPlace())
    const [first = '', second = ''] = addresses
    peer.connectHttp(first)
    const topic = messageOf(await peer.say({ text: 'Introductions, please', user: 'zoe' }))
    await peer.say({ text: 'I am new here', user: 'bob', thread: topic })
    peer.connectHttp(second)
    const asked = messageOf(
      await peer.mention({ text: 'what is a computer vision engineer?', user: 'bob', thread: topic }),
    )
    await peer.waitForMessage(isAfter(asked))
    peer.connectHttp(first)
    const next = messageOf(await peer.say({ text: 'and which skills?', user: 'bob', thread: topic }))
    expect(textOf(await peer.waitForMessage(isAfter(next)))).toMatch(/computer vision/i)
    expect(peer.violations).toEqual([])
  })

  it('leave an event to whoever is answering it', async () => {
    const { peer, addresses } = await open(await openPlace())
    const [first = '', second = ''] = addresses
    peer.connectHttp(first)
    peer.failNext({ method: 'chat.postMessage', retryAfter: 6 })
    const sent = peer.mention({ text: question })
    const methods = () => peer.calls.map(({ method }) => method)
    await expect.poll(methods, { timeout: 10_000 }).toContain('chat.postMessage')
    const asked = messageOf(await sent)
    peer.connectHttp(second)
    // The second one cannot know whether the first one goes on living.
    expect((await peer.repeat(await sent)).status).toBe(503)
    await peer.waitForMessage(isAfter(asked))
    expect((await peer.repeat(await sent, { num: 2 })).status).toBe(200)
    await settle(peer)
    expect(answersTo(peer, asked)).toHaveLength(1)
  })

  it('lose nothing and answer nothing twice when one of them is killed under load', async () => {
    const { peer, bots, addresses } = await open(await openPlace())
    const sent: Promise<Delivery>[] = []
    for (let i = 0; i < 200; i++) {
      const place = { user: `member-${i % 100}`, channel: `talk-${i % 10}` }
      sent.push(
        i % 5 === 0
          ? peer.say({ text: question, user: `writer-${i}`, dm: true })
          : peer.mention({ text: question, ...place }),
      )
      // Some answers wait while the process is killed.
      if (i >= 90 && i < 100) peer.failNext({ method: 'chat.postMessage', retryAfter: 1 })
      if (i === 100) bots[0]?.stop('SIGKILL')
      // What stands before them notices soon.
      if (i === 115) peer.connectHttp(addresses[1] ?? '')
      await wait(20)
    }
    const deliveries = await Promise.all(sent)
    expect(deliveries.filter(({ attempts }) => attempts > 1).length).toBeGreaterThan(5)
    const answers = () => deliveries.map((delivery) => answersTo(peer, messageOf(delivery)).length)
    const lost = () => answers().filter((count) => count === 0).length
    // Slack's client waits longer and longer where it was asked for patience.
    await expect.poll(lost, { timeout: 20_000 }).toBe(0)
    await settle(peer)
    expect(answers().filter((count) => count > 1)).toEqual([])
    expect(peer.violations).toEqual([])
  })
})

it.each([false, true])(
  'without the database, an event is still answered, and once (direct message: %s)',
  async (dm) => {
    const [, openPlace] = places[0]!
    const { peer, addresses } = await open(await openPlace(), {
      DATABASE_URL: 'postgres://nobody@127.0.0.1:9/none',
    })
    peer.connectHttp(addresses[0] ?? '')
    const delivery = await (dm ? peer.say({ text: question, dm }) : peer.mention({ text: question }))
    const asked = messageOf(delivery)
    expect(textOf(await peer.waitForMessage(isAfter(asked)))).toMatch(/data/)
    expect((await peer.repeat(delivery)).status).toBe(200)
    // Another process looks whether the thread holds the answer.
    peer.connectHttp(addresses[1] ?? '')
    expect((await peer.repeat(delivery, { num: 2 })).status).toBe(200)
    await settle(peer)
    expect(answersTo(peer, asked)).toHaveLength(1)
  },
)

it('without the database, whoever asked another process in a thread is known from the answers there', async () => {
  const [, openPlace] = places[0]!
  const { peer, addresses } = await open(await openPlace(), {
    DATABASE_URL: 'postgres://nobody@127.0.0.1:9/none',
  })
  peer.connectHttp(addresses[0] ?? '')
  const topic = messageOf(await peer.say({ text: 'Introductions, please', user: 'zoe' }))
  const asked = messageOf(
    await peer.mention({ text: 'what is a computer vision engineer?', user: 'bob', thread: topic }),
  )
  await peer.waitForMessage(isAfter(asked))
  peer.connectHttp(addresses[1] ?? '')
  const pay = messageOf(await peer.say({ text: 'what about pay?', user: 'zoe', thread: topic }))
  const next = messageOf(await peer.say({ text: 'and which skills?', user: 'bob', thread: topic }))
  expect(textOf(await peer.waitForMessage(isAfter(next)))).toMatch(/computer vision/i)
  await settle(peer)
  const answers = answersTo(peer, pay)
  expect(answers).toHaveLength(1)
})
