import { GatewayIntentBits } from 'discord.js'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startBot } from '../../bot-process.ts'
import { createDiscordPeer, messageText } from '../../peers/discord/peer.ts'
import type { DiscordPeer, DiscordPeerOptions } from '../../peers/discord/types.ts'
import { run } from '../console/command.ts'
import { openStage, type StageOptions } from './stage.ts'

async function stageOf(options: StageOptions) {
  const stage = await openStage(options)
  onTestFinished(stage.close)
  return stage
}

/** What a process says that cannot start. */
async function refusal(
  peerOptions: DiscordPeerOptions,
  environment: Record<string, string>,
  prepare: (peer: DiscordPeer) => void = () => {},
) {
  const peer = await createDiscordPeer(peerOptions)
  onTestFinished(peer.close)
  prepare(peer)
  const bot = startBot({ DISCORD_TOKEN: peer.token, DISCORD_API_URL: `${peer.url}/api`, ...environment })
  const status = await bot.ended
  return { status, lines: bot.log().trim().split('\n'), text: bot.log() }
}

describe('a setting that is not right', () => {
  it.each([
    ['DISCORD_GUILD_ID', 'my server'],
    ['DISCORD_SHARDS', '0,1'],
    ['DISCORD_SHARDS', '4/4'],
    ['DISCORD_SHARDS', '1,1/4'],
    ['DISCORD_SHARDS', '0/99999'],
    ['DISCORD_TOKEN', 'two words'],
    ['DISCORD_API_URL', 'discord'],
    ['DISCORD_ANSWER_CHANNELS', '123,#help'],
  ])('%s=%s is named, and the process stops before it connects', async (name, value) => {
    const { status, text } = await refusal({}, { [name]: value })
    expect(status).toBe(2)
    expect(text).toContain(`${name}: `)
    expect(text).not.toContain('test-token')
  })

  it('a token that Discord does not know is explained in one line, without the token', async () => {
    const { status, lines } = await refusal({}, { DISCORD_TOKEN: 'wrong-token' })
    expect(status).toBe(2)
    expect(lines.filter((line) => line.includes('DISCORD_TOKEN'))).toHaveLength(1)
    expect(lines.join('\n')).toMatch(/developers\/applications → your application → Bot → Reset Token/)
    expect(lines.join('\n')).not.toContain('wrong-token')
  })

  it('an intent that is not granted is explained in one line', async () => {
    const { status, text } = await refusal(
      { disallowedIntents: GatewayIntentBits.MessageContent },
      { DISCORD_ANSWER_CHANNELS: '100000000000000900' },
    )
    expect(status).toBe(2)
    expect(text).toMatch(/"Message Content Intent", DISCORD_WELCOME the "Server Members Intent"; turn it on/)
  })

  it('a server that the bot is not in is explained', async () => {
    const { status, text } = await refusal({}, { DISCORD_GUILD_ID: '100000000000000555' }, (peer) =>
      peer.failNext({ route: /\/guilds\/\d+\/commands/, status: 403, code: 50001 }),
    )
    expect(status).toBe(2)
    expect(text).toMatch(/not in the server of DISCORD_GUILD_ID/)
  })

  it('an answer channel that is not there is named in the log', async () => {
    const { log } = await stageOf({ environment: { DISCORD_ANSWER_CHANNELS: '100000000000000555,' } })
    expect(log()).toMatch(/100000000000000555.*is not known/)
  })

  it('an address where nobody answers is named', async () => {
    const { status, text } = await refusal({}, { DISCORD_API_URL: 'http://127.0.0.1:9/api' })
    expect(status).toBe(2)
    expect(text).toMatch(/cannot be reached at http:\/\/127\.0\.0\.1:9\/api/)
  })
})

describe('registering the commands', () => {
  it('happens once, and again only after a change', async () => {
    const stage = await stageOf({})
    const puts = () =>
      stage.peer.requests.filter(({ method, path }) => method === 'PUT' && path.endsWith('/commands'))
    await expect.poll(() => puts().length).toBe(1)
    await stage.restart('SIGTERM')
    expect(puts()).toHaveLength(1)
    expect(stage.peer.violations).toEqual([])
  })

  it('is for one server while developing', async () => {
    const guild = '100000000000000500'
    const stage = await stageOf({
      environment: { DISCORD_GUILD_ID: guild },
      peer: { guilds: [{ id: guild }] },
    })
    await expect
      .poll(() => stage.peer.requests.map(({ path }) => path).join())
      .toContain(`/guilds/${guild}/commands`)
    expect(stage.peer.commands(guild).map(({ name }) => name)).toEqual([
      'career',
      'career-admin',
      'Answer this',
    ])
    expect(stage.peer.commands()).toEqual([])
  })
})

describe('sharding', () => {
  const guilds = Array.from({ length: 4 }, (_, i) => ({ name: `server ${i}` }))

  it('follows what Discord recommends', async () => {
    const { peer } = await stageOf({ peer: { shards: 2, guilds } })
    expect(peer.identifications.map(({ shard }) => shard)).toEqual([
      [0, 2],
      [1, 2],
    ])
    for (const guild of peer.guilds) {
      const { message } = await peer.command({ name: 'career', subcommand: 'help', guild: guild.id })
      expect(message && messageText(message)).toMatch(/Ask in your own words/)
    }
    expect(peer.violations).toEqual([])
  })

  it("runs only this process's share of them", async () => {
    const { peer } = await stageOf({ environment: { DISCORD_SHARDS: '1/2' }, peer: { shards: 2, guilds } })
    expect(peer.identifications.map(({ shard }) => shard)).toEqual([[1, 2]])
  })
})

describe('a server that is away', () => {
  it('keeps nobody in the others waiting', async () => {
    const peer = await createDiscordPeer({
      guilds: [{ name: 'here' }, { name: 'away', unavailable: true }],
      registeredOnly: false,
    })
    onTestFinished(peer.close)
    const bot = startBot({ DISCORD_TOKEN: peer.token, DISCORD_API_URL: `${peer.url}/api` })
    onTestFinished(async () => void (await bot.stop('SIGKILL')))
    await peer.waitForShards(1, 30_000)
    const { message } = await peer.command({ name: 'career', subcommand: 'help' })
    expect(message && messageText(message)).toMatch(/Ask in your own words/)
    await bot.says('Discord is connected')
  })
})

describe('npm run discord:invite', () => {
  it('prints the link with the scopes and permissions that are needed', async () => {
    const token = `${Buffer.from('100000000000000001').toString('base64')}.x.y`
    const { stdout, status } = await run(['discord-invite'], '', { DISCORD_TOKEN: token })
    expect(status).toBe(0)
    const link = new URL(stdout.trim())
    expect(Object.fromEntries(link.searchParams)).toEqual({
      client_id: '100000000000000001',
      scope: 'bot applications.commands',
      permissions: String((1n << 10n) | (1n << 11n) | (1n << 16n) | (1n << 38n)),
    })
  })

  it('says what is missing', async () => {
    const { stderr, status } = await run(['discord-invite'])
    expect(status).toBe(2)
    expect(stderr).toMatch(/DISCORD_TOKEN is not set/)
  })
})
