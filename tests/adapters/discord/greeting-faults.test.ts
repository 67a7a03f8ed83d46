import { PermissionFlagsBits } from 'discord.js'
import { describe, expect, it, onTestFinished } from 'vitest'
import { customIds, messageText } from '../../peers/discord/peer.ts'
import type { ReceivedCallback } from '../../peers/discord/types.ts'
import { openStage, type Stage } from './stage.ts'

const { SendMessages, ManageGuild } = PermissionFlagsBits
/** A newcomer waits up to ten seconds for others to be greeted with. Milliseconds. */
const patience = { timeout: 30_000, interval: 200 }

async function opened(): Promise<Stage> {
  const channels = [{ name: 'general' }, { name: 'welcome' }, { name: 'shut', denied: SendMessages }]
  const guild = { channels, roles: [{ name: 'Data people' }] }
  const stage = await openStage({ environment: { DISCORD_WELCOME: 'on' }, peer: { guilds: [guild] } })
  onTestFinished(stage.close)
  return stage
}

async function admin({ peer }: Stage, subcommand: string, options: Record<string, string>): Promise<string> {
  const call = { name: 'career-admin', subcommand, options, user: 'mona', permissions: ManageGuild }
  const { message } = await peer.command(call)
  return message === undefined ? '' : messageText(message)
}

const channelOf = ({ peer }: Stage, name: string): string =>
  peer.guilds[0]?.channels.find((one) => one.name === name)?.id ?? ''

/** How often each of them was greeted in the welcome channel. */
function greetings({ peer }: Stage, ...users: string[]): number[] {
  const all = peer.messages('welcome').map(messageText).join(' ')
  return users.map((user) => all.split(`<@${peer.user(user).id}>`).length - 1)
}

describe('newcomers whom a greeting does not reach', () => {
  it('are greeted later, where the bot may not write in the channel', async () => {
    const stage = await opened()
    const { peer } = stage
    expect(await admin(stage, 'welcome', { mode: 'channel', channel: channelOf(stage, 'shut') })).toMatch(
      /I need “Send Messages”/,
    )
    peer.join({ user: 'early' })
    await expect.poll(() => stage.log(), patience).toMatch(/give the bot \\?"View Channel\\?" and/)
    expect(peer.requests.filter(({ status }) => status === 403)).toEqual([])
    expect(stage.dump().filter((row) => row.startsWith('events ') && row.includes('greeted'))).toEqual([])
    await admin(stage, 'welcome', { mode: 'channel', channel: channelOf(stage, 'welcome') })
    peer.updateMember({ user: 'early', nick: 'Early' })
    await expect.poll(() => greetings(stage, 'early'), patience).toEqual([1])
    expect(peer.violations).toEqual([])
  })

  it('are greeted with the next ones, each once, and counted when they are', async () => {
    const stage = await opened()
    const { peer } = stage
    const welcome = channelOf(stage, 'welcome')
    await admin(stage, 'welcome', { mode: 'channel', channel: welcome })
    peer.failNext({ method: 'POST', route: new RegExp(`/channels/${welcome}/`), status: 403, code: 50013 })
    peer.join({ user: 'one' })
    peer.join({ user: 'two' })
    await expect.poll(() => stage.log(), patience).toMatch(/"missed":2.*newcomers could not be greeted/)
    expect(stage.log()).not.toContain('newcomers were greeted')
    peer.join({ user: 'three' })
    await expect.poll(() => greetings(stage, 'one', 'two', 'three'), patience).toEqual([1, 1, 1])
    expect(stage.log()).toMatch(/"greeted":3.*newcomers were greeted/)
    expect(peer.violations).toEqual([])
  })

  it('are greeted after a restart, when something about them changes', async () => {
    const stage = await opened()
    const { peer } = stage
    const welcome = channelOf(stage, 'welcome')
    await admin(stage, 'welcome', { mode: 'channel', channel: welcome })
    peer.failNext({ method: 'POST', route: new RegExp(`/channels/${welcome}/`), status: 403, code: 50013 })
    peer.join({ user: 'olga' })
    await expect.poll(() => stage.log(), patience).toMatch(/newcomers could not be greeted/)
    await stage.restart('SIGTERM')
    peer.updateMember({ user: 'olga', nick: 'Olga' })
    await expect.poll(() => greetings(stage, 'olga'), patience).toEqual([1])
    expect(peer.violations).toEqual([])
  })
})

describe('greeting by direct message', () => {
  it('needs a channel, too', async () => {
    const stage = await opened()
    expect(await admin(stage, 'welcome', { mode: 'dm' })).toMatch(/Please name a channel, too/)
  })

  it('is not for a crowd, which waits for a channel where none is named', async () => {
    const stage = await opened()
    const { peer } = stage
    await stage.keepSettings(peer.guilds[0]?.id ?? '', { welcome: { mode: 'dm' } })
    const users = Array.from({ length: 12 }, (_, i) => `crowd-${i}`)
    for (const user of users) peer.join({ user })
    await expect.poll(() => stage.log(), patience).toMatch(/"missed":12.*choose a welcome channel/)
    await admin(stage, 'welcome', { mode: 'dm', channel: channelOf(stage, 'welcome') })
    peer.join({ user: 'late' })
    await expect.poll(() => greetings(stage, ...users, 'late'), patience).toEqual(Array(13).fill(1))
    expect(users.flatMap((user) => peer.messages(peer.dmChannel(user)))).toEqual([])
    expect(peer.violations).toEqual([])
  })

  it('forgets nobody when the bot is stopped meanwhile', async () => {
    const stage = await opened()
    const { peer } = stage
    await admin(stage, 'welcome', { mode: 'dm', channel: channelOf(stage, 'welcome') })
    const users = Array.from({ length: 10 }, (_, i) => `leaving-${i}`)
    for (const user of users) peer.join({ user })
    await peer.waitForMessage((one) => one.channel_id === peer.dmChannel('leaving-0'), 30_000)
    await stage.restart('SIGTERM')
    const direct = users.map((user) => peer.messages(peer.dmChannel(user)).length)
    const open = greetings(stage, ...users)
    expect(direct.map((times, i) => times + (open[i] ?? 0))).toEqual(Array(10).fill(1))
    expect(peer.violations).toEqual([])
  })

  it('begins a tour that gives the server’s roles', async () => {
    const stage = await opened()
    const { peer } = stage
    const role = peer.guilds[0]?.roles.find(({ name }) => name === 'Data people')?.id ?? ''
    await admin(stage, 'job-role', { role: 'data engineer', 'server-role': role })
    await admin(stage, 'welcome', { mode: 'dm', channel: channelOf(stage, 'welcome') })
    const user = 'dora'
    peer.join({ user })
    const greeting = await peer.waitForMessage((one) => one.channel_id === peer.dmChannel(user), 30_000)
    const press = async (message: typeof greeting, customId: string | undefined) =>
      (await peer.button({ customId: customId ?? '', message, user })).message ?? message
    const idIn = (message: typeof greeting, ending: string) =>
      customIds(message).find((id) => id.endsWith(ending))
    const welcome = await press(greeting, customIds(greeting)[0])
    const interest = await press(welcome, idIn(welcome, 'welcome.p.go'))
    const pick = (message: typeof greeting, value: string): Promise<ReceivedCallback> =>
      peer.select({ customId: idIn(message, ':') ?? '', message, values: [value], user })
    const level = (await pick(interest, 'interest.p.data-engineer')).message ?? interest
    expect(messageText(level)).toMatch(/How far are you/)
    await expect.poll(() => peer.member(user)?.roles).toEqual([role])
    const back = await press(level, idIn(level, 'level.b'))
    await pick(back, 'interest.p.nlp-engineer')
    await expect.poll(() => peer.member(user)?.roles).toEqual([])
    expect(peer.violations).toEqual([])
    expect(peer.unanswered()).toEqual([])
  })
})
