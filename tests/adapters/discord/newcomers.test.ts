import { ChannelType, type GatewayIntentBits, MessageFlags, PermissionFlagsBits } from 'discord.js'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { customIds, messageText } from '../../peers/discord/peer.ts'
import { openStage, type Stage } from './stage.ts'

const manager = { user: 'mona', permissions: PermissionFlagsBits.ManageGuild }
const onboarded = 1 << 1

let stage: Stage
beforeAll(async () => {
  stage = await openStage({
    environment: { DISCORD_WELCOME: 'on' },
    peer: {
      guilds: [
        {
          name: 'Careers',
          channels: [
            { name: 'general' },
            { name: 'welcome' },
            { name: 'help', type: ChannelType.GuildForum },
          ],
          roles: [{ name: 'Data people' }, { name: 'Language people' }, { name: 'Beginners' }],
        },
      ],
    },
  })
})
afterAll(() => stage.close())
beforeEach(() => stage.peer.clear())

const channel = (name: string): string =>
  stage.peer.guilds[0]?.channels.find((one) => one.name === name)?.id ?? ''
const role = (name: string): string => stage.peer.guilds[0]?.roles.find((one) => one.name === name)?.id ?? ''

async function admin(subcommand: string, options: Record<string, string | number | boolean> = {}, more = {}) {
  const reply = await stage.peer.command({ name: 'career-admin', subcommand, options, ...manager, ...more })
  return reply.message === undefined ? '' : messageText(reply.message)
}

const welcomes = () => stage.peer.messages('welcome').map(messageText)
const timesGreeted = (user: string): number => {
  const mention = `<@${stage.peer.user(user).id}>`
  return welcomes().join(' ').split(mention).length - 1
}

function expectClean(): void {
  expect(stage.peer.violations).toEqual([])
  expect(stage.peer.unanswered()).toEqual([])
  expect(stage.peer.requests.filter(({ status }) => status === 429)).toEqual([])
}

describe('/career-admin', () => {
  it('is for those who manage the server', async () => {
    expect(await admin('show', {}, { permissions: 0n })).toMatch(
      /Only members with the permission “Manage Server”/,
    )
    expect(await admin('show')).toMatch(/Newcomers are greeted:\*\* off/)
    expectClean()
  })

  it('sets the welcome, roles, channels and quiet hours, and shows them', async () => {
    expect(await admin('welcome', { mode: 'channel' })).toMatch(/name the channel/)
    await admin('welcome', { mode: 'channel', channel: channel('welcome') })
    await admin('job-role', { role: 'data engineer', 'server-role': role('Data people') })
    await admin('job-role', { role: 'NLP engineer', 'server-role': role('Language people') })
    await admin('level-role', { level: 'entry level', 'server-role': role('Beginners') })
    expect(await admin('quiet-hours', { from: 22, to: 7, zone: 'Mars/Base' })).toMatch(
      /do not know that time zone/,
    )
    expect(await admin('quiet-hours', { from: 22 })).toMatch(/both hours/)
    await admin('quiet-hours', { from: 22, to: 7, zone: 'Europe/Berlin' })
    expect(await admin('answer-channel', { channel: channel('help'), on: true })).toMatch(
      /DISCORD_READ_POSTS=on/,
    )
    const shown = await admin('show')
    expect(shown).toContain(`in <#${channel('welcome')}>`)
    expect(shown).toContain(`data engineer → <@&${role('Data people')}>`)
    expect(shown).toContain('22:00 to 7:00, Europe/Berlin')
    expect(shown).toContain(`<#${channel('help')}>`)
    await admin('answer-channel', { channel: channel('help'), on: false })
    await admin('quiet-hours')
    expect(await admin('check')).toMatch(/All is well/)
    expectClean()
  })

  it('refuses roles that nobody should get by a button', async () => {
    const own = stage.peer.guilds[0]?.roles.find(({ name }) => name === 'careers-bot')?.id ?? ''
    expect(await admin('level-role', { level: 'lead level', 'server-role': own })).toMatch(/cannot give/)
    expectClean()
  })
})

describe('limits of a server', () => {
  it('are for its members, and can be lifted again', async () => {
    await admin('limits', { 'per-member': 2 })
    expect(await admin('show')).toMatch(/2 for a member, as usual in a channel/)
    const ask = async () => {
      const reply = await stage.peer.command({ name: 'career', subcommand: 'about', user: 'lots' })
      return reply.message === undefined ? '' : messageText(reply.message)
    }
    expect([await ask(), await ask()].join(' ')).not.toMatch(/a lot of questions/)
    expect(await ask()).toMatch(/a lot of questions/)
    await admin('limits')
    expect(await ask()).not.toMatch(/a lot of questions/)
    expectClean()
  })
})

describe('the server’s own roles', () => {
  it('are given for what was picked, and changed or taken back with it', async () => {
    const user = 'rita'
    const start = await stage.peer.command({ name: 'career', subcommand: 'start', user })
    const press = async (message: typeof start, customId: string) =>
      stage.peer.button({ customId, message: message.message ?? '', user })
    const pick = async (message: typeof start, value: string) =>
      stage.peer.select({ customId: 'f:', message: message.message ?? '', values: [value], user })
    const level = await pick(await press(start, 'f:welcome.p.go'), 'interest.p.data-engineer')
    await expect.poll(() => stage.peer.member(user)?.roles).toEqual([role('Data people')])
    const back = await press(level, 'f:level.b')
    await press(await pick(back, 'interest.p.nlp-engineer'), 'f:level.p.entry')
    await expect
      .poll(() => [...(stage.peer.member(user)?.roles ?? [])].sort())
      .toEqual([role('Language people'), role('Beginners')].sort())
    const again = await stage.peer.command({ name: 'career', subcommand: 'start', user })
    const interest = await press(await press(again, 'f:pack.a'), 'f:welcome.p.go')
    await pick(interest, 'interest.p.robotics-engineer')
    await expect.poll(() => stage.peer.member(user)?.roles).toEqual([role('Beginners')])
    expectClean()
  })
})

describe('newcomers', () => {
  it('are greeted after screening and without a ping, with a button that begins the tour for them alone', async () => {
    stage.peer.join({ user: 'nora', pending: true })
    stage.peer.join({ user: 'early' })
    const greeting = await stage.peer.waitForMessage((one) =>
      messageText(one).includes(stage.peer.user('early').id),
    )
    expect(messageText(greeting)).not.toContain(stage.peer.user('nora').id)
    expect(greeting.mentions).toEqual([])
    stage.peer.updateMember({ user: 'nora', pending: false, flags: onboarded })
    await expect.poll(() => timesGreeted('nora'), { timeout: 20_000 }).toBe(1)
    const [customId = ''] = customIds(greeting)
    const tour = await stage.peer.button({ customId, message: greeting, user: 'early' })
    expect((tour.message?.flags ?? 0) & MessageFlags.Ephemeral).not.toBe(0)
    expect(messageText(tour.message ?? greeting)).toMatch(/Step 1 of 4/)
    expectClean()
  })

  it('are greeted once, over a restart too, and bots never', async () => {
    stage.peer.join({ user: { username: 'robot', bot: true } })
    stage.peer.join({ user: 'olga' })
    await stage.restart('SIGTERM')
    expect(timesGreeted('olga')).toBe(1)
    stage.peer.updateMember({ user: 'olga', nick: 'Olga' })
    stage.peer.updateMember({ user: 'nora', nick: 'Nora' })
    stage.peer.join({ user: 'last' })
    await expect.poll(() => timesGreeted('last'), { timeout: 20_000 }).toBe(1)
    expect([timesGreeted('olga'), timesGreeted('nora'), timesGreeted('robot')]).toEqual([1, 1, 0])
    expectClean()
  })

  it('who come in a wave are greeted in few messages, each once', async () => {
    const before = welcomes().length
    const users = Array.from({ length: 500 }, (_, i) => `wave-${i}`)
    for (const user of users) stage.peer.join({ user })
    await expect
      .poll(() => users.filter((user) => timesGreeted(user) === 0), { timeout: 50_000, interval: 500 })
      .toEqual([])
    expect(users.filter((user) => timesGreeted(user) !== 1)).toEqual([])
    expect(welcomes().length - before).toBeLessThanOrEqual(7)
    expectClean()
  })

  it('get a direct message where the managers chose so, else a greeting in the channel', async () => {
    await admin('welcome', { mode: 'dm', channel: channel('welcome') })
    stage.peer.failNext({
      method: 'POST',
      route: new RegExp(`/channels/${stage.peer.dmChannel('shut')}/messages`),
      status: 403,
      code: 50007,
    })
    stage.peer.join({ user: 'open' })
    stage.peer.join({ user: 'shut' })
    const direct = await stage.peer.waitForMessage(
      (one) => one.channel_id === stage.peer.dmChannel('open'),
      30_000,
    )
    expect(messageText(direct)).toMatch(/Welcome/)
    await expect.poll(() => timesGreeted('shut'), { timeout: 20_000 }).toBe(1)
    expect(timesGreeted('open')).toBe(0)
    expectClean()
  })
})

describe('without DISCORD_WELCOME', () => {
  it('the privileged intent is not asked for', async () => {
    const plain = await openStage()
    const members = (1 << 1) satisfies GatewayIntentBits.GuildMembers
    expect((plain.peer.identifications[0]?.intents ?? 0) & members).toBe(0)
    expect((stage.peer.identifications[0]?.intents ?? 0) & members).toBe(members)
    await plain.close()
  })
})
