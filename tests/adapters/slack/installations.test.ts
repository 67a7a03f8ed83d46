import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { PeerMessage } from '../../peers/slack/peer.ts'
import { postgresPlace, testDatabaseUrl } from '../../store/databases.ts'
import { wayTo } from '../../store/way.ts'
import { expectClean, isAfter, messageOf, openStage, type Stage, textOf } from './stage.ts'

const question = 'what does a data engineer do?'
const teams = [
  { name: 'Acme', installed: false, botToken: 'xoxb-of-acme-1' },
  { name: 'Globex', installed: false, botToken: 'xoxb-of-globex-2' },
]

function open(environment: Record<string, string> = {}, retryDelays = [0, 0, 0]): Promise<Stage> {
  return openStage({
    transport: 'http',
    peer: { teams, retryDelays },
    environment: {
      SLACK_BOT_TOKEN: '',
      SLACK_CLIENT_ID: '1111.2222',
      SLACK_CLIENT_SECRET: 'test-client-secret',
      SLACK_STATE_SECRET: 'a-long-random-text-of-ours',
      ENCRYPTION_KEY: randomBytes(32).toString('hex'),
      ...environment,
    },
  })
}

describe('installation in two workspaces', () => {
  let stage: Stage
  beforeEach(async () => {
    stage = await open()
  })
  afterEach(() => stage.close())

  const install = (team: string, more = {}) =>
    stage.peer.install({ url: `${stage.origin}/slack/install`, team, ...more })

  async function mention(team: string): Promise<PeerMessage> {
    const asked = messageOf(await stage.peer.mention({ text: question, team }))
    return stage.peer.waitForMessage((message) => message.team === asked.team && isAfter(asked)(message))
  }

  /** The workspaces whose tokens were used for answers, in order. */
  const answeredAs = () =>
    stage.peer.calls
      .filter(({ method, ok }) => method === 'chat.postMessage' && ok)
      .map(({ team, token }) => [stage.peer.teams.find(({ id }) => id === team)?.name, token])

  it('answers each with its own token, also after a restart', async () => {
    for (const { name } of teams) expect((await install(name)).status).toBe(200)
    for (const { name } of teams) expect(textOf(await mention(name))).toMatch(/data/)
    const expected = teams.map(({ name, botToken }) => [name, botToken])
    expect(answeredAs()).toEqual(expected)
    await stage.restart('SIGKILL')
    const asked = await Promise.all(
      Array.from({ length: 20 }, async (_, i) => {
        const { name } = teams[i % 2]!
        const user = `member-${i}`
        return messageOf(await stage.peer.mention({ text: question, user, team: name }))
      }),
    )
    for (const message of asked) {
      const answer = await stage.peer.waitForMessage(isAfter(message))
      expect(answer.team).toBe(message.team)
    }
    for (const [name, token] of answeredAs())
      expect(token).toBe(teams.find((team) => team.name === name)?.botToken)
    for (const { name } of teams)
      expect(textOf(await stage.peer.command({ command: '/career', text: question, team: name }))).toMatch(
        /data/,
      )
    expectClean(stage)
  })

  it('keeps the tokens encrypted, and out of the log', async () => {
    for (const { name } of teams) await install(name)
    for (const file of ['careers.db', 'careers.db-wal']) {
      const bytes = readFileSync(join(stage.dataDir, file), 'latin1')
      for (const { botToken } of teams) expect(bytes).not.toContain(botToken)
    }
    for (const secret of [...teams.map(({ botToken }) => botToken), 'test-client-secret', 'a-long-random'])
      expect(stage.log()).not.toContain(secret)
  })

  it('asks for the scopes of the manifest, and for what it is told only with its own state', async () => {
    const { authorizeUrl } = await install('Acme')
    expect(authorizeUrl.searchParams.get('scope')?.split(',')).toContain('chat:write')
    for (const more of [{ forgeState: true }, { dropCookies: true }, { deny: true }])
      expect((await install('Globex', more)).status).toBeGreaterThanOrEqual(400)
    expect(stage.peer.teams.map(({ installed }) => installed)).toEqual([true, false])
    expect(stage.installations()).toBe(1)
  })

  it.each(['uninstall', 'revokeTokens'] as const)(
    'is forgotten after %s, and the other one goes on',
    async (leave) => {
      for (const { name } of teams) await install(name)
      expect(stage.installations()).toBe(2)
      await stage.peer[leave]('Acme')
      await expect.poll(() => stage.installations()).toBe(1)
      stage.peer.clear()
      await stage.peer.mention({ text: question, team: 'Acme' })
      expect(textOf(await mention('Globex'))).toMatch(/data/)
      expect(answeredAs()).toEqual([['Globex', 'xoxb-of-globex-2']])
      expect((await install('Acme')).status).toBe(200)
      expect(textOf(await mention('Acme'))).toMatch(/data/)
    },
  )
})

it.runIf(testDatabaseUrl)(
  'a workspace that was answered is answered on while the database is away',
  async () => {
    const place = await postgresPlace()
    onTestFinished(() => place.close())
    const way = await wayTo(place.config.databaseUrl ?? '')
    const stage = await open({ DATABASE_URL: way.url })
    onTestFinished(() => stage.close())
    const { peer } = stage
    await peer.install({ url: `${stage.origin}/slack/install`, team: 'Acme' })
    const ask = async (): Promise<string> => {
      const asked = messageOf(await peer.mention({ text: question }))
      return textOf(await peer.waitForMessage(isAfter(asked)))
    }
    expect(await ask()).toMatch(/data/)
    await way.cut()
    expect(await ask()).toMatch(/data/)
    await way.mend()
    expect(await ask()).toMatch(/data/)
    expect(peer.violations).toEqual([])
  },
)

it.runIf(testDatabaseUrl)(
  'an event of a workspace whose token is out of reach comes again; who uses a command or a button is told',
  async () => {
    const place = await postgresPlace()
    onTestFinished(() => place.close())
    const way = await wayTo(place.config.databaseUrl ?? '')
    const stage = await open({ DATABASE_URL: way.url }, [3_000, 3_000, 3_000])
    onTestFinished(() => stage.close())
    const { peer } = stage
    await peer.install({ url: `${stage.origin}/slack/install`, team: 'Acme' })
    const own = messageOf(await peer.command({ command: '/career', text: question }))
    await way.cut()
    await stage.restart('SIGKILL')
    const asking = peer.mention({ text: question })
    expect(textOf(await peer.command({ command: '/career', text: question }))).toMatch(
      /try again in a minute/,
    )
    await peer.blockAction({ actionId: 'open.0', message: own })
    const told = await peer.waitForMessage(({ ts, source }) => source === 'response_url' && ts > own.ts)
    expect(textOf(told)).toMatch(/try again in a minute/)
    await way.mend()
    const delivery = await asking
    expect(delivery.attempts).toBeGreaterThan(1)
    const answer = await peer.waitForMessage(isAfter(messageOf(delivery)))
    expect(textOf(answer)).toMatch(/data/)
    expect(peer.violations).toEqual([])
  },
)
