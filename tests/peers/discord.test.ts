import { once } from 'node:events'
import { createInflate, inflateSync } from 'node:zlib'
import { Events, GatewayIntentBits } from 'discord.js'
import { describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { messageText } from './discord/peer.ts'
import { eventually, login, makeClient, nextMessage, start, startPeer } from './discord/stock-client.ts'

describe('logging in', () => {
  test('a stock client becomes ready and knows its guild', async () => {
    const { peer, client } = await start()
    expect(client.user.id).toBe(peer.botUser.id)
    const guild = client.guilds.cache.get(peer.guilds[0]?.id ?? '')
    expect(guild?.channels.cache.map((channel) => channel.name)).toEqual(['general', 'welcome', 'help'])
    expect(peer.identifications).toMatchObject([{ shard: [0, 1], compress: false }])
    expect(peer.commands().map((command) => command.name)).toEqual(['career', 'Answer this', 'Profile'])
    expect(peer.violations).toEqual([])
  })

  test('a wrong token is refused by REST and by the gateway', async () => {
    const peer = await startPeer()
    await expect(makeClient(peer).login('wrong')).rejects.toThrow(/token/i)
    const socket = new WebSocket(`${peer.url.replace('http', 'ws')}/?v=10&encoding=json`)
    await once(socket, 'message')
    socket.send(JSON.stringify({ op: 2, d: { token: 'wrong', intents: 1, properties: {} } }))
    const [code] = await once(socket, 'close')
    expect(code).toBe(4004)
  })

  test('disallowed intents are refused', async () => {
    const peer = await startPeer({ disallowedIntents: GatewayIntentBits.MessageContent })
    const client = makeClient(peer)
    client.on(Events.Error, () => undefined)
    await expect(client.login(peer.token)).rejects.toThrow(/disallowed intents/i)
  })

  test('payloads can be compressed one by one', async () => {
    const peer = await startPeer()
    const socket = new WebSocket(`${peer.url.replace('http', 'ws')}/?v=10&encoding=json`)
    await once(socket, 'message')
    socket.send(JSON.stringify({ op: 2, d: { token: peer.token, intents: 1, compress: true } }))
    const [raw] = (await once(socket, 'message')) as [Buffer]
    expect(JSON.parse(inflateSync(raw).toString())).toMatchObject({ t: 'READY', s: 1 })
    socket.terminate()
  })

  test('payloads can be compressed as one stream', async () => {
    const peer = await startPeer()
    const socket = new WebSocket(`${peer.url.replace('http', 'ws')}/?v=10&encoding=json&compress=zlib-stream`)
    const inflate = createInflate()
    let received = ''
    inflate.on('data', (chunk: Buffer) => {
      received += chunk.toString()
    })
    socket.on('message', (raw: Buffer) => inflate.write(raw))
    await eventually(() => received).toContain('heartbeat_interval')
    socket.send(JSON.stringify({ op: 2, d: { token: peer.token, intents: 1 } }))
    await eventually(() => received).toMatch(/READY.*GUILD_CREATE/)
    socket.terminate()
    inflate.destroy()
  })

  test('two shards each get the events of their guilds', async () => {
    const guilds = [{ name: 'even' }, { name: 'odd' }]
    const peer = await startPeer({ shards: 2, guilds })
    const client = await login(peer, { shards: 'auto' })
    await peer.waitForShards(2)
    expect(peer.identifications.map(({ shard }) => shard)).toEqual([
      [0, 2],
      [1, 2],
    ])
    const seen: number[] = []
    client.on(Events.MessageCreate, (message) => {
      seen.push(message.guild?.shardId ?? -1)
    })
    peer.say({ content: 'a', guild: 'even' })
    peer.say({ content: 'b', guild: 'odd' })
    peer.say({ content: 'c', dm: true })
    await eventually(() => [...seen].sort()).toEqual([-1, 0, 1])
  })
})

describe('faults', () => {
  test('a dropped connection resumes and gets what it missed', async () => {
    const { peer, client } = await start()
    const resumed = once(client, Events.ShardResume)
    const message = nextMessage(client, 'bea')
    peer.dropConnections({ resume: true })
    peer.say({ content: 'missed?', user: 'bea' })
    expect((await message).content).toBe('missed?')
    expect((await resumed)[1]).toBeGreaterThanOrEqual(1)
    expect(peer.identifications).toHaveLength(1)
  })

  test('a forgotten session identifies anew', async () => {
    // discord.js would wait five seconds between two identifications.
    const ws = { buildIdentifyThrottler: async () => ({ waitForIdentify: async () => undefined }) }
    const { peer } = await start({}, { ws })
    peer.dropConnections({ resume: false, via: 'reconnect' })
    await eventually(() => peer.identifications.length).toBe(2)
    await peer.waitForShards()
  })

  test('a rate limit is waited out, other failures reach the bot', async () => {
    const { peer, client } = await start()
    const user = await client.users.fetch(peer.user('bea').id)
    const limited = once(client.rest, 'rateLimited')
    peer.failNext({ method: 'POST', route: /\/messages$/, status: 429 })
    await user.send('after the limit')
    expect((await limited)[0]).toMatchObject({ retryAfter: expect.any(Number) })
    peer.failNext({ method: 'POST', route: /\/messages$/, status: 500 })
    await user.send('after the failure')
    peer.failNext({ route: /\/messages$/, status: 403, code: 50007 })
    await expect(user.send('never')).rejects.toMatchObject({ status: 403, code: 50007 })
    const texts = peer.messages(peer.dmChannel('bea')).map(messageText)
    expect(texts).toEqual(['after the limit', 'after the failure'])
  })

  test('an unknown route is a violation', async () => {
    const { peer, client } = await start()
    await expect(client.rest.get('/nowhere')).rejects.toMatchObject({ status: 404 })
    expect(peer.violations).toEqual([{ route: 'GET /nowhere', body: undefined, problem: 'unknown route' }])
  })
})
