import { type APIMessage, InteractionResponseType, MessageFlags, PermissionFlagsBits } from 'discord.js'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { customIds, messageText } from '../../peers/discord/peer.ts'
import type { ReceivedCallback } from '../../peers/discord/types.ts'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage({
    environment: { DISCORD_WELCOME: 'on', QUESTION_LOG_DAYS: '30', ENCRYPTION_KEY: 'ab'.repeat(32) },
  })
})
afterAll(() => stage.close())
beforeEach(() => stage.peer.clear())

function career(subcommand: string, user: string, options = {}, more = {}): Promise<ReceivedCallback> {
  return stage.peer.command({ name: 'career', subcommand, options, user, ...more })
}

const textOf = ({ message }: ReceivedCallback): string => (message === undefined ? '' : messageText(message))
const isPrivate = ({ message }: ReceivedCallback): boolean =>
  ((message?.flags ?? 0) & MessageFlags.Ephemeral) !== 0

/** Presses the button of the tour whose choice ends so, or picks it in the menu. */
async function press(from: ReceivedCallback, ending: string, user: string): Promise<ReceivedCallback> {
  const message = from.message as APIMessage
  const button = customIds(message).find((id) => id.startsWith('f:') && id.endsWith(ending))
  if (button !== undefined) return stage.peer.button({ customId: button, message, user })
  const value = new RegExp(`"value":"([^"]+\\.p\\.${ending.replace(/[?.]/g, '\\$&')})"`).exec(
    JSON.stringify(message),
  )
  return stage.peer.select({ customId: 'f:', values: [value?.[1] ?? `none of ${ending}`], message, user })
}

function expectClean(): void {
  expect(stage.peer.violations).toEqual([])
  expect(stage.peer.unanswered()).toEqual([])
}

async function tourOf(user: string, role: string, level: string): Promise<ReceivedCallback> {
  const interest = await press(await career('start', user), 'welcome.p.go', user)
  return press(await press(interest, role, user), `level.p.${level}`, user)
}

describe('/career start', () => {
  it('leads to a starter pack in one private message', async () => {
    const welcome = await career('start', 'sam')
    expect(isPrivate(welcome)).toBe(true)
    expect(textOf(welcome)).toMatch(/Welcome[\s\S]*Step 1 of 4/)
    const interest = await press(welcome, 'welcome.p.go', 'sam')
    expect(interest.type).toBe(InteractionResponseType.UpdateMessage)
    expect(textOf(interest)).toMatch(/What interests you most\?[\s\S]*Step 2 of 4/)
    const level = await press(interest, 'data-engineer', 'sam')
    expect(textOf(level)).toMatch(/You picked: \*\*data engineer\*\*[\s\S]*How far are you\?/)
    const pack = await press(level, 'level.p.entry', 'sam')
    expect(textOf(pack)).toMatch(/starter pack: data engineer[\s\S]*data pipelines[\s\S]*Source: /)
    expect(textOf(pack)).toMatch(/first three skills[\s\S]*There are 4 more[\s\S]*Your next step/)
    expect(textOf(await press(pack, 'pack.p.done', 'sam'))).toMatch(/You are all set/)
    expectClean()
  })

  it('helps with a quiz, and shows what the points come from', async () => {
    let at = await press(await career('start', 'quinn'), 'welcome.p.go', 'quinn')
    at = await press(at, '?', 'quinn')
    for (let question = 0; question < 6; question++) {
      expect(textOf(at)).toContain(`Question ${question + 1} of 6`)
      at = await press(at, question === 3 ? '.s' : '0', 'quinn')
    }
    expect(textOf(at)).toMatch(
      /NLP engineer: 7 points[\s\S]*Language and text: 3, from “If you like language/,
    )
    expect(textOf(await press(at, 'result.p.nlp-engineer', 'quinn'))).toMatch(/You picked: \*\*NLP engineer/)
    expectClean()
  })

  it('fits in one message for every job', async () => {
    for (const role of [
      'ai-engineer',
      'machine-learning-engineer',
      'deep-learning-engineer',
      'computer-vision-engineer',
      'ai-research-scientist',
      'robotics-engineer',
    ]) {
      const pack = await tourOf(`fits-${role}`, role, 'entry')
      expect(textOf(pack)).toMatch(/Your starter pack[\s\S]*Where to learn[\s\S]*Your next step/)
    }
    expectClean()
  })

  it('goes back, skips and stops', async () => {
    let at = await press(await career('start', 'bo'), 'welcome.p.go', 'bo')
    at = await press(at, 'interest.s', 'bo')
    expect(textOf(at)).toMatch(/How far are you/)
    at = await press(await press(at, 'level.b', 'bo'), 'interest.b', 'bo')
    expect(textOf(at)).toMatch(/Step 1 of 4/)
    expect(textOf(await press(at, 'welcome.x', 'bo'))).toMatch(/we stop here/)
    expectClean()
  })

  it('takes an old button kindly', async () => {
    const [first, second] = [await career('start', 'old'), await career('start', 'old')]
    await press(second, 'welcome.p.go', 'old')
    const again = await press(first, 'welcome.p.go', 'old')
    expect(textOf(again)).toMatch(/from an earlier step[\s\S]*What interests you most/)
    expect(textOf(await press(again, 'data-engineer', 'old'))).toMatch(/How far are you/)
    expectClean()
  })

  it.each(['SIGTERM', 'SIGKILL'] as const)('goes on after a restart by %s', async (signal) => {
    const user = `rob-${signal.toLowerCase()}`
    const interest = await press(await career('start', user), 'welcome.p.go', user)
    const level = await press(interest, 'robotics-engineer', user)
    await stage.restart(signal)
    expect(textOf(await press(level, 'level.p.mid', user))).toMatch(/starter pack: robotics engineer/)
    expect(textOf(await career('start', user))).toMatch(
      /Here is where you stopped[\s\S]*starter pack: robotics/,
    )
    expectClean()
  })
})

describe('/career next', () => {
  it('asks what it does not know, and remembers it', async () => {
    const asked = await career('next', 'nia')
    expect(textOf(asked)).toMatch(/What interests you most/)
    const level = await press(asked, 'machine-learning-engineer', 'nia')
    const next = await press(level, 'level.p.mid', 'nia')
    expect(textOf(next)).toMatch(
      /Your next step: senior level[\s\S]*Lead machine learning engineer[\s\S]*Source: /,
    )
    expect(textOf(await career('next', 'nia'))).toMatch(/Your next step: senior level/)
    expectClean()
  })
})

describe('what a member told', () => {
  it('fills what a private question leaves out, says so, and stays out of sight of others', async () => {
    await tourOf('tess', 'nlp-engineer', 'entry')
    const told = await career('ask', 'tess', { question: 'which skills are needed?', private: true })
    expect(textOf(told)).toMatch(/For an NLP engineer, as you told me:[\s\S]*Skills of an NLP engineer/)
    expect(textOf(told)).not.toMatch(/Share with everyone/)
    const open = await career('ask', 'tess', { question: 'which skills are needed?' })
    expect(isPrivate(open)).toBe(false)
    expect(textOf(open)).not.toMatch(/as you told me/)
    const follow = await career('ask', 'tess', { question: 'and which programming languages?' })
    expect(textOf(follow)).not.toMatch(/NLP/)
    const mention = stage.peer.say({
      content: `<@${stage.peer.botUser.id}> which skills are needed?`,
      user: 'tess',
    })
    const answer = await stage.peer.waitForMessage((one) => one.message_reference?.message_id === mention.id)
    expect(messageText(answer)).not.toMatch(/as you told me/)
    const dm = stage.peer.say({ content: 'which skills are needed?', user: 'tess', dm: true })
    const direct = await stage.peer.waitForMessage((one) => one.message_reference?.message_id === dm.id)
    expect(messageText(direct)).toMatch(/as you told me/)
    expectClean()
  })

  it('never overrides a job that the question names', async () => {
    await tourOf('uma', 'nlp-engineer', 'entry')
    for (const question of ['which skills does a data engineer need?', 'what is a robotics engineer?']) {
      const reply = await career('ask', 'uma', { question, private: true })
      expect(textOf(reply)).not.toMatch(/as you told me/)
    }
    const browsed = await career('salary', 'uma', { role: 'computer vision engineer' })
    expect(textOf(browsed)).not.toMatch(/as you told me/)
    expectClean()
  })
})

describe('/career forget-me', () => {
  it('leaves no row, hash or log line', async () => {
    const { id } = stage.peer.user('fay')
    const [guild] = stage.peer.guilds
    const channel = guild?.channels.find(({ name }) => name === 'welcome')?.id ?? ''
    const permissions = PermissionFlagsBits.ManageGuild
    const options = { mode: 'channel', channel }
    await stage.peer.command({ name: 'career-admin', subcommand: 'welcome', options, permissions })
    // What was asked before waits to be written.
    await expect.poll(() => stage.dump().join('\n')).toContain('robotics engineer')
    const before = stage.dump()
    stage.peer.join({ user: 'fay' })
    await stage.peer.waitForMessage((one) => messageText(one).includes(`<@${id}>`))
    await expect.poll(() => stage.dump().some((row) => row.startsWith('events '))).toBe(true)
    await tourOf('fay', 'ai-engineer', 'senior')
    await career('ask', 'fay', { question: 'what do they earn?', private: true })
    await career('ask', 'fay', { question: 'what is deep learning?' })
    const { memberHash } = stage
    await expect.poll(() => stage.dump().join('\n')).toContain('"what is deep learning?"')
    expect(stage.dump().join('\n')).toContain(memberHash(id))
    const reply = await career('forget-me', 'fay')
    expect(isPrivate(reply)).toBe(true)
    expect(textOf(reply)).toMatch(/forgotten everything about you/)
    const after = stage.dump().join('\n')
    expect(after).not.toContain(memberHash(id))
    expect(after).not.toContain(id)
    expect(after).not.toContain('what is deep learning?')
    expect(stage.dump().length).toBe(before.length)
    expect(stage.log()).not.toContain(id)
    expect(stage.log()).not.toContain(memberHash(id))
    expect(textOf(await career('start', 'fay'))).toMatch(/Step 1 of 4/)
    expect(textOf(await career('ask', 'fay', { question: 'which skills?', private: true }))).not.toMatch(
      /told me/,
    )
    expectClean()
  })
})
