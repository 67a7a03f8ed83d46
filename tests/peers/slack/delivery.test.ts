import { describe, expect, test } from 'vitest'
import type { SlackPeer } from './peer.ts'
import { eventually, startApp, startOAuthApp, startPeer } from './stock-app.ts'

describe('HTTP', () => {
  test('bad, missing and stale signatures are refused, odd bodies survive', async () => {
    const peer = await startPeer()
    await startApp(peer, 'http')
    const body = JSON.stringify({ type: 'event_callback' })
    const status = async (call: Partial<Parameters<SlackPeer['raw']>[0]>) =>
      (await peer.raw({ body, ...call })).status
    expect(await status({ signature: 'wrong' })).toBe(401)
    expect(await status({ signature: 'missing' })).toBe(401)
    expect(await status({ age: 302 })).toBe(401)
    expect(await status({ body: '{"type":' })).toBe(400)
    expect(await status({ body: 'x'.repeat(5 * 2 ** 20) })).toBe(413)
    expect(await peer.urlVerification('abc')).toMatchObject({ status: 200, body: { challenge: 'abc' } })
  })

  test('an event is sent again until it is acknowledged', async () => {
    const peer = await startPeer()
    let failures = 2
    await startApp(peer, 'http', {
      token: undefined as never,
      authorize: async () => {
        failures -= 1
        if (failures >= 0) throw new Error('not yet')
        return { botToken: peer.botToken, botId: 'B1', botUserId: 'U1' }
      },
    })
    expect(await peer.mention({ text: 'hi' })).toMatchObject({ status: 200, attempts: 3 })
    expect(peer.unanswered()).toHaveLength(2)
  })

  test('two workspaces are installed and answered with their own tokens', async () => {
    const teams = [
      { name: 'Acme', installed: false },
      { name: 'Beta', installed: false },
    ]
    const peer = await startPeer({ teams })
    const { app, stored, url } = await startOAuthApp(peer)
    app.command('/career', async ({ ack, say, body }) => {
      await ack()
      await say(`Hello ${body.team_domain}`)
    })
    for (const { name } of teams)
      expect(await peer.install({ url, team: name })).toMatchObject({ status: 200 })
    expect([...stored.keys()]).toEqual(peer.teams.map(({ id }) => id))
    await peer.command({ command: '/career', team: 'Beta' })
    const message = await peer.waitForMessage(({ text }) => text === 'Hello beta')
    expect(message.team).toBe(peer.teams[1]?.id)
    const refused = [{ deny: true }, { forgeState: true }, { dropCookies: true }]
    for (const how of refused) expect((await peer.install({ url, ...how })).status).toBeGreaterThan(399)
    expect(peer.violations).toEqual([])
  })
})

describe('Socket Mode', () => {
  test('a refresh and a cut are survived, and what comes meanwhile is delivered', async () => {
    const peer = await startPeer()
    const app = await startApp(peer, 'socket')
    app.message(async ({ say, message }) => {
      await say(`Re: ${'text' in message ? message.text : ''}`)
    })
    peer.refreshSockets()
    await eventually(() => peer.sockets().open).toBe(0)
    await peer.say({ text: 'one' })
    peer.dropSockets({ terminate: true })
    await peer.say({ text: 'two' })
    await peer.waitForMessage(({ text }) => text === 'Re: two')
    expect(peer.sockets()).toEqual({ open: 1, opened: 3 })
  })

  test('an envelope that gets lost is delivered again', async () => {
    const peer = await startPeer({ ackTimeout: 1000 })
    let cut = false
    // Bolt authorizes before it acknowledges.
    const authorize = async () => {
      if (!cut) peer.dropSockets({ terminate: true })
      cut = true
      return { botToken: peer.botToken, botId: 'B1', botUserId: 'U1' }
    }
    const app = await startApp(peer, 'socket', { token: undefined as never, authorize })
    const seen: unknown[] = []
    app.event('app_mention', async ({ context }) => {
      seen.push(context.retryNum, context.retryReason)
    })
    const { attempts } = await peer.mention({ text: 'hi' })
    expect(attempts).toBeGreaterThan(1)
    expect(peer.unanswered()).toHaveLength(attempts - 1)
    // The first one was heard; only its acknowledgement got lost.
    await eventually(() => [seen[0], seen.at(-1)]).toEqual([0, 'timeout'])
  })
})
