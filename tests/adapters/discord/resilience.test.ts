import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { messageText } from '../../peers/discord/peer.ts'
import type { ReceivedCallback } from '../../peers/discord/types.ts'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())
beforeEach(() => stage.peer.clear())

const ask = (question = 'what is a data engineer?', user = 'ann'): Promise<ReceivedCallback> =>
  stage.peer.command({ name: 'career', subcommand: 'ask', options: { question }, user })

const textOf = ({ message }: ReceivedCallback): string => (message === undefined ? '' : messageText(message))

describe('disturbances', () => {
  it.each(['close', 'reconnect', 'terminate'] as const)(
    'after a connection that was lost by %s, the session goes on and nothing is missed',
    async (via) => {
      const { peer } = stage
      const before = peer.identifications.length
      peer.dropConnections({ via })
      // Said while the bot is away.
      const asked = peer.say({
        content: `<@${peer.botUser.id}> what is a data engineer?`,
        user: `away-${via}`,
      })
      await peer.waitForShards()
      const answer = await peer.waitForMessage(
        (message) => message.message_reference?.message_id === asked.id,
      )
      expect(messageText(answer)).toMatch(/data/)
      expect(peer.identifications.length).toBe(before)
      expect(textOf(await ask())).toMatch(/data/)
      expect(peer.violations).toEqual([])
    },
  )

  it('after a session that Discord has forgotten, a new one begins', async () => {
    stage.peer.dropConnections({ resume: false })
    await stage.peer.waitForShards(1, 20_000)
    expect(textOf(await ask())).toMatch(/data/)
  })

  it('a message that has to wait for a rate limit is sent after it', async () => {
    const { peer } = stage
    peer.failNext({ method: 'POST', route: /\/channels\/\d+\/messages/, status: 429, retryAfter: 0.2 })
    const asked = peer.say({ content: `<@${peer.botUser.id}> what is a data engineer?`, user: 'patient' })
    const answer = await peer.waitForMessage((message) => message.message_reference?.message_id === asked.id)
    expect(messageText(answer)).toMatch(/data/)
    expect(peer.messages(asked.channel_id).filter(({ id }) => id === answer.id)).toHaveLength(1)
  })

  it('a server error of Discord is tried again', async () => {
    const { peer } = stage
    peer.failNext({ route: /\/interactions\/.+\/callback/, status: 503 })
    expect(textOf(await ask())).toMatch(/data/)
    expect(peer.unanswered()).toEqual([])
  })

  it('an interaction that Discord no longer takes is logged without its text, and the next is answered', async () => {
    const { peer } = stage
    peer.failNext({ route: /\/interactions\/.+\/callback/, status: 404, code: 10062 })
    await ask('secret words of a member').catch(() => {})
    expect(textOf(await ask())).toMatch(/data/)
    expect(stage.log()).toMatch(/10062/)
    expect(stage.log()).not.toContain('secret words')
  })

  it('three hundred questions at once are all answered', async () => {
    const replies = await Promise.all(
      Array.from({ length: 300 }, (_, i) =>
        stage.peer.command({
          name: 'career',
          subcommand: 'ask',
          options: { question: 'what is a data engineer?', private: true },
          user: `user-${i}`,
        }),
      ),
    )
    expect(replies.every((reply) => /data/.test(textOf(reply)))).toBe(true)
    expect(stage.peer.violations).toEqual([])
  })
})

describe('stopping', () => {
  it('finishes what is being answered and ends with 0', async () => {
    const asked = Array.from({ length: 50 }, (_, i) => ask('what is a data engineer?', `last-${i}`))
    await asked[0]
    expect(await stage.stop('SIGTERM')).toBe(0)
    const replies = await Promise.allSettled(asked)
    expect(replies.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0)
    expect(stage.log()).not.toMatch(/unhandled|Error:/i)
  })
})

describe('a connection that Discord ended for good', () => {
  it.each([
    [4004, /does not know DISCORD_TOKEN; copy a new one/],
    [4014, /"Message Content Intent".*turn it on/],
    [4011, /raise the total/],
  ])('by code %d is explained, and the process ends with an error', async (code, words) => {
    const ended = await openStage()
    try {
      ended.peer.dropConnections({ code })
      await expect.poll(() => ended.log(), { timeout: 20_000 }).toMatch(words)
      expect(await ended.stop()).toBe(1)
    } finally {
      await ended.close()
    }
  })
})
