import { type APIMessage, MessageFlags } from 'discord.js'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { customIds, messageText } from '../../peers/discord/peer.ts'
import type { ReceivedCallback } from '../../peers/discord/types.ts'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())
beforeEach(() => stage.peer.clear())

const hidden = ({ message }: ReceivedCallback): boolean =>
  ((message?.flags ?? 0) & MessageFlags.Ephemeral) !== 0
const textOf = ({ message }: ReceivedCallback): string => (message === undefined ? '' : messageText(message))
const idOf = (message: APIMessage, start: string): string =>
  customIds(message).find((id) => id.startsWith(start)) ?? `no ${start}`

function expectClean(): void {
  expect(stage.peer.violations).toEqual([])
  expect(stage.peer.unanswered()).toEqual([])
}

/** A channel that the bot is not in, and asking there. */
function among(...members: string[]) {
  const channel = stage.peer.privateChannel(...members)
  const [user = ''] = members
  return {
    channel,
    career: (subcommand: string, options: Record<string, string | boolean> = {}) =>
      stage.peer.command({ name: 'career', subcommand, options, user, guild: null, channel }),
  }
}

describe.each([
  ['a group', ['ann', 'bob', 'cleo']],
  ['the talk of two members', ['ann', 'bob']],
])('in %s', (_, members) => {
  it('what is asked in private is for the asker alone', async () => {
    const { career } = among(...members)
    const question = 'what is a data engineer?'
    expect(hidden(await career('ask', { question }))).toBe(false)
    expect(hidden(await career('ask', { question, private: true }))).toBe(true)
    expect(hidden(await career('role', { role: 'data engineer' }))).toBe(true)
    expect(hidden(await career('start'))).toBe(true)
    expectClean()
  })

  it('what is pressed under an answer for all is for whoever presses it', async () => {
    const { career } = among(...members)
    const { message } = await career('ask', { question: 'what is a data engineer?' })
    const answer = message as APIMessage
    const pressed = await stage.peer.button({ customId: idOf(answer, 'o:'), message: answer, user: 'bob' })
    expect(hidden(pressed)).toBe(true)
    expectClean()
  })

  it('a private answer can be shared, as a message of its own', async () => {
    const { peer } = stage
    const { channel, career } = among(...members)
    const { message } = await career('ask', { question: 'what is an NLP engineer?', private: true })
    await peer.button({ customId: 's:', message: message as APIMessage })
    await expect.poll(() => peer.messages(channel).map(messageText).join()).toMatch(/Shared by <@\d+>/)
    const asked = peer.say({ content: 'what does a robotics engineer do?', user: 'bob', channel })
    const seen = await peer.messageCommand({ name: 'Answer this', target: asked, user: 'ann' })
    expect(hidden(seen)).toBe(true)
    const answer = seen.message as APIMessage
    await peer.button({ customId: idOf(answer, 'r:'), message: answer })
    const posted = await peer.waitForMessage(
      (one) => one.channel_id === channel && /robotics[\s\S]*Shared by <@\d+>/i.test(messageText(one)),
    )
    expect(hidden({ message: posted } as ReceivedCallback)).toBe(false)
    expect(peer.requests.filter(({ status }) => status === 403)).toEqual([])
    expectClean()
  })
})

describe('in a direct message with the bot', () => {
  it('everything is private by nature', async () => {
    const ask = { name: 'career', subcommand: 'ask', guild: null }
    const options = { question: 'what is a data engineer?', private: true }
    expect(hidden(await stage.peer.command({ ...ask, options }))).toBe(false)
    expectClean()
  })
})

describe('sharing that Discord does not take', () => {
  it('is told to whoever pressed the button', async () => {
    const { peer } = stage
    const options = { question: 'what is an NLP engineer?', private: true }
    const { message } = await peer.command({ name: 'career', subcommand: 'ask', options, user: 'ann' })
    peer.failNext({ method: 'POST', route: /^\/webhooks\//, status: 400, code: 40094 })
    const pressed = await peer.button({ customId: 's:', message: message as APIMessage })
    expect(textOf(pressed)).toMatch(/NLP/)
    const told = await peer.waitForMessage((one) => /could not post it/.test(messageText(one)))
    expect(hidden({ message: told } as ReceivedCallback)).toBe(true)
    expect(stage.log()).toContain('an answer could not be posted')
    expectClean()
  })
})
