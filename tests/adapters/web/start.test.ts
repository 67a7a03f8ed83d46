import { readFileSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { describe, expect, it, onTestFinished } from 'vitest'
import { registry } from '../../../adapters/registry.ts'
import { startBot } from '../../bot-process.ts'
import { createSlackPeer } from '../../peers/slack/peer.ts'
import { freePort, openStage, type StageOptions } from './stage.ts'

async function stageOf(options: StageOptions = {}) {
  const stage = await openStage(options)
  onTestFinished(stage.close)
  return stage
}

/** This machine's address as others see it. */
const outside = Object.values(networkInterfaces())
  .flat()
  .find((one) => one?.family === 'IPv4' && !one.internal)?.address

/** Slack over HTTP, so that the same server carries both. */
async function withSlack(environment: Record<string, string>) {
  const peer = await createSlackPeer()
  const port = await freePort()
  const bot = startBot({
    SLACK_BOT_TOKEN: peer.botToken,
    SLACK_SIGNING_SECRET: peer.signingSecret,
    SLACK_API_URL: peer.apiUrl,
    PORT: String(port),
    ...environment,
  })
  onTestFinished(async () => {
    await bot.stop('SIGKILL')
    await peer.close()
  })
  await bot.says('"listening"')
  peer.connectHttp(`http://127.0.0.1:${port}/slack/events`)
  return { peer, bot, origin: `http://localhost:${port}` }
}

describe('npm start without any platform', () => {
  it('says where to ask, what it knows, and what else there is', async () => {
    const { bot, port, origin } = await stageOf()
    await bot.says('stops it')
    expect(bot.log()).toMatch(
      new RegExp(`Ask at http://localhost:${port} +\\(\\d+ sections in \\d+ documents\\)`),
    )
    for (const words of [
      'npm run chat',
      'DISCORD_TOKEN',
      'docs/discord.md',
      'SLACK_BOT_TOKEN',
      'docs/slack.md',
    ])
      expect(bot.log()).toContain(words)
    expect((await fetch(origin)).status).toBe(200)
    expect((await fetch(`${origin}/readyz`)).status).toBe(200)
  })

  it('names what is set and does nothing', async () => {
    const { bot } = await stageOf({
      environment: { DISCORD_TOKN: 'x', SLACK_WELCOME: 'team', DISCORD_WELCOME: 'off', WEB_PAGE: '' },
    })
    await bot.says('stops it')
    expect(bot.log()).toMatch(/DISCORD_TOKN is no setting of this bot/)
    expect(bot.log()).toMatch(/SLACK_WELCOME does nothing without SLACK_BOT_TOKEN/)
    expect(bot.log()).not.toMatch(/DISCORD_WELCOME|WEB_\w+ /)
  })

  it('knows just the settings of .env.example', () => {
    const listed = readFileSync('.env.example', 'utf8').match(/^(?:DISCORD|SLACK|WEB)_\w+(?==)/gm) ?? []
    const own = (url: string): boolean => !url.endsWith('_API_URL')
    const known = Object.entries(registry).flatMap(([platform, { settings }]) =>
      settings.map((name) => `${platform.toUpperCase()}_${name}`),
    )
    expect([...known, 'WEB_HOST'].filter(own).sort()).toEqual(listed.toSorted())
  })

  it('prints the password for what people ask, and nobody sees it without', async () => {
    const { bot, origin } = await stageOf()
    await bot.says('stops it')
    const [, password = ''] = /insights \(password: ([\w-]{16})\)/.exec(bot.log()) ?? []
    const seen = (headers: Record<string, string>) => fetch(`${origin}/insights`, { headers })
    expect((await seen({})).status).toBe(401)
    const { status } = await seen({
      authorization: `Basic ${Buffer.from(`me:${password}`).toString('base64')}`,
    })
    expect(status).toBe(200)
  })

  it.skipIf(outside === undefined)(
    'is there for this machine alone, unless it is told otherwise',
    async () => {
      const own = await stageOf()
      await expect(fetch(`http://${outside}:${own.port}/`)).rejects.toThrow()
      const open = await stageOf({ environment: { WEB_HOST: '0.0.0.0' } })
      expect((await fetch(`http://${outside}:${open.port}/`)).status).toBe(200)
    },
  )

  it('stops at once, also while browsers hold connections', async () => {
    const { bot, origin } = await stageOf()
    await Promise.all(Array.from({ length: 5 }, async () => (await fetch(origin)).text()))
    expect(await bot.stop('SIGTERM')).toBe(0)
    expect(bot.log()).not.toMatch(/unhandled|\n\s+at /i)
  })

  it('writes no question and no address of anybody to its log', async () => {
    const { bot, post } = await stageOf({ environment: { LOG_LEVEL: 'trace' } })
    await post('/api/ask', { question: 'What is the pay of a zebra trainer?' })
    await bot.stop()
    expect(bot.log()).not.toMatch(/zebra|127\.0\.0\.1:\d+|::1/)
  })
})

describe('beside a platform', () => {
  it('there is no page unless it is turned on', async () => {
    const { origin, bot } = await withSlack({})
    expect((await fetch(origin)).status).toBe(404)
    expect((await fetch(`${origin}/api/ask`, { method: 'POST' })).status).toBe(404)
    expect(bot.log()).not.toContain('Ask at')
  })

  it('both are served by one server when it is', async () => {
    const { origin, peer } = await withSlack({ WEB_PAGE: '1' })
    expect(await (await fetch(`${origin}/?q=thanks`)).text()).toMatch(/welcome/)
    const delivery = await peer.command({ command: '/career', text: 'what is a data engineer?' })
    expect(JSON.stringify(delivery)).toMatch(/data engineer/i)
    expect((await fetch(`${origin}/slack/events`, { method: 'POST' })).status).toBe(401)
  })
})

describe('a setting that is not right is named in one line', () => {
  it.each([
    ['WEB_ORIGINS', 'club.example'],
    ['WEB_ORIGINS', 'https://club.example/path'],
    ['WEB_ORIGINS', '*'],
    ['WEB_ORIGINS', 'https://*.club.example'],
    ['WEB_TRUST_PROXY', 'yes'],
    ['WEB_TOKEN', 'short'],
    ['WEB_TITLE', 'x'.repeat(61)],
    ['WEB_HOST', '203.0.113.99'],
  ])('%s=%s', async (name, value) => {
    const bot = startBot({ PORT: String(await freePort()), [name]: value })
    onTestFinished(async () => void (await bot.stop('SIGKILL')))
    expect(await bot.ended).toBe(2)
    const lines = bot.log().split('\n')
    expect(lines.filter((line) => line.trim().startsWith(`${name}: `))).toHaveLength(1)
    expect(bot.log()).not.toMatch(/\n\s+at /)
  })
})
