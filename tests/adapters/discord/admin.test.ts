import { ChannelType, PermissionFlagsBits } from 'discord.js'
import { describe, expect, it, onTestFinished } from 'vitest'
import { messageText } from '../../peers/discord/peer.ts'
import { postgresPlace, testDatabaseUrl } from '../../store/databases.ts'
import { wayTo } from '../../store/way.ts'
import { openStage, type Stage, type StageOptions } from './stage.ts'

const outOfReach = /I cannot reach my settings just now\. Please try again in a minute/

async function stageOf(options: StageOptions): Promise<Stage> {
  const stage = await openStage(options)
  onTestFinished(stage.close)
  return stage
}

/** What a manager of the server is told. */
async function admin(
  { peer }: Stage,
  subcommand: string,
  options: Record<string, string | number | boolean> = {},
): Promise<string> {
  const permissions = PermissionFlagsBits.ManageGuild
  const call = { name: 'career-admin', subcommand, options, user: 'mona', permissions }
  const { message } = await peer.command(call)
  return message === undefined ? '' : messageText(message)
}

const channelOf = ({ peer }: Stage, name: string): string =>
  peer.guilds[0]?.channels.find((one) => one.name === name)?.id ?? ''

function expectClean({ peer }: Stage): void {
  expect(peer.violations).toEqual([])
  expect(peer.unanswered()).toEqual([])
}

describe('settings that cannot be read', () => {
  it('are neither shown nor written over while the database is away', async () => {
    const stage = await stageOf({ environment: { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' } })
    for (const subcommand of ['show', 'check', 'limits', 'quiet-hours'])
      expect(await admin(stage, subcommand)).toMatch(outOfReach)
    expectClean(stage)
  })

  it('stay as they are when another version of the bot wrote them', async () => {
    const stage = await stageOf({})
    await admin(stage, 'welcome', { mode: 'channel', channel: channelOf(stage, 'welcome') })
    await stage.keepSettings(stage.peer.guilds[0]?.id ?? '', { welcome: { mode: 'by pigeon' } })
    expect(await admin(stage, 'show')).toMatch(outOfReach)
    expect(await admin(stage, 'limits', { 'per-member': 5 })).toMatch(outOfReach)
    expect(stage.dump().join('\n')).toContain('by pigeon')
    expect(stage.log()).toContain('settings could not be read')
    expectClean(stage)
  })

  it.runIf(testDatabaseUrl)('are all there, and soon used, when the database is back', async () => {
    const { config, close } = await postgresPlace()
    onTestFinished(close)
    const way = await wayTo(config.databaseUrl ?? '')
    onTestFinished(way.cut)
    const stage = await stageOf({ environment: { DATABASE_URL: way.url } })
    const welcome = channelOf(stage, 'welcome')
    await admin(stage, 'limits', { 'per-member': 2 })
    await admin(stage, 'welcome', { mode: 'channel', channel: welcome })
    way.stick()
    await stage.restart('SIGKILL')
    expect(await admin(stage, 'show')).toMatch(outOfReach)
    expect(await admin(stage, 'quiet-hours', { from: 22, to: 7 })).toMatch(outOfReach)
    let asker = 0
    /** Whether the server's limit of two answers a minute is kept. */
    const isLimited = async (): Promise<boolean> => {
      const call = { name: 'career', subcommand: 'about', user: `asker-${asker++}` }
      const replies = [await stage.peer.command(call), await stage.peer.command(call)]
      replies.push(await stage.peer.command(call))
      return /a lot of questions/.test(JSON.stringify(replies.at(-1)?.data))
    }
    expect(await isLimited()).toBe(false)
    await way.mend()
    await expect.poll(isLimited, { timeout: 40_000, interval: 1_000 }).toBe(true)
    const saved = await admin(stage, 'quiet-hours', { from: 22, to: 7 })
    expect(saved).toMatch(/^Saved\./)
    expect(saved).toContain(`in <#${welcome}>`)
    expect(saved).toMatch(/2 for a member/)
    expectClean(stage)
  })
})

describe('/career-admin job-role and level-role', () => {
  it('take what is offered, and nothing that only resembles it', async () => {
    const stage = await stageOf({ peer: { guilds: [{ roles: [{ name: 'Data people' }] }] } })
    const role = stage.peer.guilds[0]?.roles.find(({ name }) => name === 'Data people')?.id ?? ''
    for (const typed of ['data', 'plumber', 'data scientist']) {
      const told = await admin(stage, 'job-role', { role: typed, 'server-role': role })
      expect(told).toMatch(/I do not know that one\. You can pick: .*data engineer/)
    }
    expect(await admin(stage, 'level-role', { level: 'wizard', 'server-role': role })).toMatch(
      /I do not know that one\. You can pick: .*entry level/,
    )
    expect(await admin(stage, 'show')).toMatch(/members pick:\*\* none/)
    const taken = await admin(stage, 'job-role', { role: 'Data Engineer', 'server-role': role })
    expect(taken).toContain(`data engineer → <@&${role}>`)
    expectClean(stage)
  })
})

describe('/career-admin check', () => {
  it('asks for what each kind of channel needs, and for nothing else', async () => {
    const { SendMessages, SendMessagesInThreads, ReadMessageHistory } = PermissionFlagsBits
    const forum = ChannelType.GuildForum
    const stage = await stageOf({
      environment: { DISCORD_WELCOME: 'on', DISCORD_READ_POSTS: 'on' },
      peer: {
        guilds: [
          {
            channels: [
              { name: 'general' },
              { name: 'hall', denied: ReadMessageHistory },
              { name: 'shut', denied: SendMessages },
              { name: 'posts', type: forum, denied: SendMessages | ReadMessageHistory },
              { name: 'locked', type: forum, denied: SendMessagesInThreads },
              { name: 'bare', denied: ReadMessageHistory },
            ],
          },
        ],
      },
    })
    const idOf = (name: string): string => channelOf(stage, name)
    await admin(stage, 'welcome', { mode: 'channel', channel: idOf('hall') })
    await admin(stage, 'answer-channel', { channel: idOf('posts'), on: true })
    expect(await admin(stage, 'check')).toMatch(/All is well/)
    await admin(stage, 'welcome', { mode: 'channel', channel: idOf('shut') })
    for (const name of ['locked', 'bare'])
      await admin(stage, 'answer-channel', { channel: idOf(name), on: true })
    expect((await admin(stage, 'check')).split('\n').slice(1)).toEqual([
      `- I need “Send Messages” in <#${idOf('shut')}>.`,
      `- I need “Send Messages in Threads” in <#${idOf('locked')}>.`,
      `- I need “Read Message History” in <#${idOf('bare')}>.`,
    ])
    expectClean(stage)
  })
})
