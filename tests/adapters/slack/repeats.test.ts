import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { PeerMessage } from '../../peers/slack/peer.ts'
import { expectClean, isAfter, isSilent, messageOf, openStage, type Stage, transports } from './stage.ts'

function answersTo({ peer }: Stage, asked: PeerMessage): PeerMessage[] {
  return peer.messages(asked.channel).filter(isAfter(asked))
}

describe.each(transports)('an event that Slack sends again over %s', (transport) => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage({ transport })
  })
  afterAll(() => stage.close())
  beforeEach(() => stage.peer.clear())
  afterEach(() => expectClean(stage))

  it('gets one answer, however often it comes', async () => {
    const { peer } = stage
    const delivery = await peer.mention({ text: 'what is a data engineer?' })
    const asked = messageOf(delivery)
    await peer.waitForMessage(isAfter(asked))
    for (const num of [1, 2, 3]) expect((await peer.repeat(delivery, { num })).status).toBe(200)
    await isSilent(stage, asked)
    expect(answersTo(stage, asked)).toHaveLength(1)
  })

  it('gets one answer when all come at once', async () => {
    const { peer } = stage
    const delivery = await peer.say({ text: 'what is an NLP engineer?', dm: true })
    const asked = messageOf(delivery)
    await Promise.all([1, 2, 3].map((num) => peer.repeat(delivery, { num, reason: 'http_error' })))
    await isSilent(stage, asked)
    expect(answersTo(stage, asked)).toHaveLength(1)
  })

  it('is not taken for another with the same words', async () => {
    const { peer } = stage
    for (let i = 0; i < 3; i++) {
      const asked = messageOf(await peer.say({ text: 'thanks', dm: true, user: 'twice' }))
      await peer.waitForMessage(isAfter(asked))
    }
  })

  it('is acknowledged in time while the answer has to wait, and answered once', async () => {
    const { peer } = stage
    peer.failNext({ method: 'chat.postMessage', retryAfter: 4 })
    const asked = messageOf(await peer.mention({ text: 'what is a data engineer?', user: 'slow' }))
    await peer.waitForMessage(isAfter(asked))
    await isSilent(stage, asked)
    expect(answersTo(stage, asked)).toHaveLength(1)
  })
})

describe('a process that is killed while it answers', () => {
  it('loses nothing that Slack sends again over http', async () => {
    const retryDelays = [8_000, 2_000, 2_000]
    const stage = await openStage({ transport: 'http', peer: { retryDelays } })
    onTestFinished(stage.close)
    const { peer } = stage
    peer.failNext({ method: 'chat.postMessage', retryAfter: 1 })
    const said = peer.mention({ text: 'what is a data engineer?' })
    await expect.poll(() => peer.calls.map(({ method }) => method)).toContain('chat.postMessage')
    await stage.restart('SIGKILL')
    const asked = messageOf(await said)
    await peer.waitForMessage(isAfter(asked))
    await isSilent(stage, asked)
    expect(answersTo(stage, asked)).toHaveLength(1)
    expect(peer.violations).toEqual([])
  })
})
