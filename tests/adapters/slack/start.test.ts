import { createServer } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startBot } from '../../bot-process.ts'
import { createSlackPeer, type PeerMessage, type SlackPeer } from '../../peers/slack/peer.ts'
import {
  expectClean,
  freePort,
  isAfter,
  messageOf,
  openStage,
  type StageOptions,
  settingsFor,
  type Transport,
  textOf,
  transports,
} from './stage.ts'

/** Whoever started the bot has gone to look for the reason by then. Milliseconds. */
const patience = 20_000

async function stageOf(options: StageOptions) {
  const stage = await openStage(options)
  onTestFinished(stage.close)
  return stage
}

/** What a process says that cannot start. */
async function refusal(
  transport: Transport,
  environment: Record<string, string>,
  prepare?: (peer: SlackPeer) => void,
) {
  const peer = await createSlackPeer()
  onTestFinished(peer.close)
  prepare?.(peer)
  const bot = startBot({ ...settingsFor(peer, transport, await freePort()), ...environment })
  onTestFinished(async () => void (await bot.stop('SIGKILL')))
  const status = await Promise.race([bot.ended, wait(patience, 'still running' as const)])
  return { status, text: bot.log(), lines: bot.log().trim().split('\n') }
}

describe('a setting that is not right', () => {
  it.each<[Transport, string, string]>([
    ['socket', 'SLACK_BOT_TOKEN', 'xoxp-of-a-member'],
    ['socket', 'SLACK_BOT_TOKEN', ''],
    ['http', 'SLACK_BOT_TOKEN', ''],
    ['socket', 'SLACK_APP_TOKEN', 'xoxb-of-a-bot'],
    ['socket', 'SLACK_APP_TOKEN', ''],
    ['socket', 'SLACK_API_URL', 'slack'],
    ['http', 'SLACK_SIGNING_SECRET', 'short'],
    ['http', 'PORT', 'eighty'],
    ['http', 'PORT', '70000'],
  ])('over %s, %s=%s is named in one line, and the process stops', async (transport, name, value) => {
    const { status, lines, text } = await refusal(transport, { [name]: value })
    expect(status).toBe(2)
    expect(lines.filter((line) => line.trim().startsWith(`${name}: `))).toHaveLength(1)
    expect(text).not.toMatch(/of-a-member|of-a-bot|xoxb-test|xapp-test|test-signing/)
  })

  it('an app-level token without its scope is said to lack it, and the process stops', async () => {
    const { status, text } = await refusal('socket', {}, (peer) =>
      peer.failNext({ method: 'apps.connections.open', error: 'missing_scope', times: 50 }),
    )
    expect(status).toBe(1)
    expect(text).toMatch(/SLACK_APP_TOKEN lacks the scope connections:write/)
  })

  it('many workspaces without a key to encrypt their tokens with are refused', async () => {
    const oauth = { SLACK_CLIENT_ID: '1.2', SLACK_CLIENT_SECRET: 'x', SLACK_STATE_SECRET: 'y'.repeat(16) }
    const { status, lines } = await refusal('http', { ...oauth, ENCRYPTION_KEY: '' })
    expect(status).toBe(2)
    expect(lines.filter((line) => line.trim().startsWith('ENCRYPTION_KEY: '))).toHaveLength(1)
  })

  it('all of them are named at once', async () => {
    const { lines } = await refusal('socket', { SLACK_BOT_TOKEN: 'x', SLACK_APP_TOKEN: 'y' })
    expect(lines.filter((line) => /^ {2}SLACK_(?:BOT|APP)_TOKEN: /.test(line))).toHaveLength(2)
  })

  it('a port that somebody else has is named', async () => {
    const other = createServer()
    const port = await freePort()
    await new Promise<void>((resolve) => other.listen(port, resolve))
    onTestFinished(() => void other.close())
    const { status, lines } = await refusal('http', { PORT: String(port) })
    expect(status).toBe(2)
    expect(lines.filter((line) => line.includes(`PORT: port ${port} cannot be used`))).toHaveLength(1)
  })
})

describe('what Slack does not take is explained in one line, without the token:', () => {
  it.each<[Transport, string, string]>([
    ['socket', 'SLACK_BOT_TOKEN', 'xoxb-wrong-words'],
    ['http', 'SLACK_BOT_TOKEN', 'xoxb-wrong-words'],
    ['socket', 'SLACK_APP_TOKEN', 'xapp-wrong-words'],
  ])('over %s a wrong %s', async (transport, name, value) => {
    const { status, lines, text } = await refusal(transport, { [name]: value })
    expect(status).toBe(2)
    expect(lines.filter((line) => line.includes(name))).toHaveLength(1)
    expect(text).toContain('https://api.slack.com/apps')
    expect(text).not.toMatch(/wrong-words|\n\s+at /)
  })

  it.each(transports)('over %s an address where nobody answers', async (transport) => {
    const { status, text } = await refusal(transport, { SLACK_API_URL: 'http://127.0.0.1:9/api/' })
    expect(status).toBe(2)
    expect(text).toMatch(/cannot be reached at http:\/\/127\.0\.0\.1:9\/api\//)
  })
})

describe.each(transports)('stopping over %s', (transport) => {
  it('finishes what is being answered and ends with 0', async () => {
    const stage = await stageOf({ transport })
    const { peer } = stage
    peer.failNext({ method: 'chat.postMessage', retryAfter: 1 })
    const said = peer.mention({ text: 'what is a data engineer?' })
    await expect.poll(() => peer.calls.map(({ method }) => method)).toContain('chat.postMessage')
    const asked = Array.from({ length: 30 }, (_, i) =>
      peer.command({ command: '/career', text: 'what is a data engineer?', user: `last-${i}` }),
    )
    await asked[0]
    expect(await stage.stop('SIGTERM')).toBe(0)
    const answer = await peer.waitForMessage(isAfter(messageOf(await said)), 100)
    expect(textOf(answer)).toMatch(/data/)
    const replies = await Promise.allSettled(asked)
    expect(replies.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0)
    expect(stage.log()).not.toMatch(/unhandled|Error:/i)
    expect(peer.violations).toEqual([])
  })

  it('twice in a row, and with nothing to do, ends at once with 0', async () => {
    const stage = await stageOf({ transport })
    const began = performance.now()
    const first = stage.stop('SIGINT')
    expect(await Promise.all([first, stage.stop('SIGTERM')])).toEqual([0, 0])
    expect(performance.now() - began).toBeLessThan(3_000)
  })
})

describe('Socket Mode', () => {
  it('connects anew when Slack asks for it, and misses nothing', async () => {
    const stage = await stageOf({})
    const { peer } = stage
    const all: PeerMessage[] = []
    for (const reason of ['warning', 'refresh_requested'] as const) {
      peer.refreshSockets(reason)
      const asked = messageOf(await peer.mention({ text: 'what is a data engineer?', user: reason }))
      all.push(asked)
      await peer.waitForMessage(isAfter(asked), 20_000)
    }
    expect(peer.sockets().open).toBe(1)
    expect(peer.violations).toEqual([])
    // Slack's client reads nothing any more of a connection that it leaves; what was on its way is sent again.
    for (const asked of all) expect(peer.messages('general').filter(isAfter(asked))).toHaveLength(1)
  })

  it.each([true, false])('connects anew after a cut (without a word: %s)', async (terminate) => {
    const stage = await stageOf({ peer: { ackTimeout: 20_000 } })
    const { peer } = stage
    const { opened } = peer.sockets()
    peer.dropSockets({ terminate })
    const asked = messageOf(await peer.mention({ text: 'what is a data engineer?' }))
    await peer.waitForMessage(isAfter(asked), 20_000)
    expect(peer.sockets()).toEqual({ open: 1, opened: opened + 1 })
    expect(textOf(await peer.command({ command: '/career', text: 'help' }))).toMatch(/Ask in your own words/)
    expectClean(stage)
  })

  it('survives a time in which no connection can be made', async () => {
    const stage = await stageOf({ peer: { ackTimeout: 30_000 } })
    const { peer } = stage
    peer.failNext({ method: 'apps.connections.open', status: 503, times: 2 })
    peer.dropSockets()
    const asked = messageOf(await peer.mention({ text: 'what is a data engineer?' }))
    await peer.waitForMessage(isAfter(asked), 30_000)
    expectClean(stage)
  })

  // Slack's client gives up after nine attempts, about a minute.
  it('survives an outage longer than the patience of the usual client', { timeout: 150_000 }, async () => {
    const stage = await stageOf({ peer: { ackTimeout: 120_000 } })
    const { peer } = stage
    peer.failNext({ method: 'apps.connections.open', status: 503, times: 9 })
    peer.dropSockets()
    const asked = messageOf(await peer.mention({ text: 'what is a data engineer?' }))
    await peer.waitForMessage(isAfter(asked), 30_000)
    expect(textOf(await peer.command({ command: '/career', text: 'help' }))).toMatch(/Ask in your own words/)
    expectClean(stage)
  })

  it('stops at once while no connection can be made', async () => {
    const stage = await stageOf({})
    const { peer } = stage
    peer.failNext({ method: 'apps.connections.open', status: 503, times: 1_000 })
    peer.dropSockets()
    const refused = () => peer.calls.filter(({ method, ok }) => method === 'apps.connections.open' && !ok)
    await expect.poll(() => refused().length, { timeout: 20_000 }).toBeGreaterThan(3)
    const began = performance.now()
    expect(await stage.stop('SIGTERM')).toBe(0)
    expect(performance.now() - began).toBeLessThan(3_000)
  })

  it.each(['invalid_auth', 'token_revoked'])(
    'ends with one line when the token is not good any more (%s)',
    async (error) => {
      const stage = await stageOf({})
      const { peer } = stage
      peer.failNext({ method: 'apps.connections.open', error, times: 1_000 })
      peer.dropSockets()
      expect(await Promise.race([stage.ended(), wait(patience, 'still running' as const)])).toBe(1)
      const lines = stage.log().split('\n')
      expect(lines.filter((line) => line.includes('https://api.slack.com/apps'))).toHaveLength(1)
      expect(stage.log()).toContain(error)
      expect(stage.log()).not.toMatch(/a fault of the bot itself|xapp-test|xoxb-test/)
    },
  )
})
