import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { actionIds, type PeerMessage } from '../../peers/slack/peer.ts'
import { expectClean, isAfter, messageOf, openStage, type Stage, textOf, transports } from './stage.ts'

describe.each(transports)('feedback over %s', (transport) => {
  let stage: Stage
  beforeEach(() => stage.peer.clear())
  beforeAll(async () => {
    stage = await openStage({ transport })
  })
  afterAll(() => stage.close())
  afterEach(() => expectClean(stage))

  async function answer(user: string): Promise<PeerMessage> {
    const asked = messageOf(await stage.peer.mention({ text: 'what is a robotics engineer?', user }))
    return stage.peer.waitForMessage(isAfter(asked))
  }

  /** `+` or `-`, then the reference of the answer. */
  function ratingOf(message: PeerMessage, mark: '+' | '-'): string {
    const values = [...JSON.stringify(message.blocks).matchAll(/"value":"([+-][^"]+)"/g)].map(
      ([, one]) => one,
    )
    return values.find((value) => value?.startsWith(mark)) ?? ''
  }

  const rate = (message: PeerMessage, mark: '+' | '-', user: string) =>
    stage.peer.blockAction({ actionId: 'feedback', value: ratingOf(message, mark), message, user })

  const toldTo = (user: string): Promise<PeerMessage> =>
    stage.peer.waitForMessage(
      (message) => message.ephemeral_to === stage.peer.user(user).id && /Thank you/.test(textOf(message)),
    )

  const kept = () => stage.feedback().map(({ helpful, reason }) => [helpful, reason])

  it('is thanked for, privately', async () => {
    await rate(await answer('fan'), '+', 'fan')
    await toldTo('fan')
    await expect.poll(kept).toEqual([[true, undefined]])
  })

  it('takes a reason without a name, and keeps it out of the log', async () => {
    const message = await answer('critic')
    await rate(message, '-', 'critic')
    await expect.poll(() => stage.peer.views('critic').length).toBe(1)
    expect(actionIds(stage.peer.views('critic')[0] ?? {})).toEqual(['reason'])
    await stage.peer.viewSubmission({ user: 'critic', values: { reason: ' Too short <!channel> ' } })
    expect(stage.peer.views('critic')).toEqual([])
    await toldTo('critic')
    await expect.poll(() => kept().slice(1)).toContainEqual([false, 'Too short <!channel>'])
    const written = JSON.stringify(stage.feedback())
    expect(written).toContain(ratingOf(message, '-').slice(1))
    expect(written).not.toContain(stage.peer.user('critic').id)
    expect(stage.log()).not.toContain('Too short')
  })

  it('counts without a reason', async () => {
    const before = kept().length
    await rate(await answer('quiet'), '-', 'quiet')
    await expect.poll(() => stage.peer.views('quiet').length).toBe(1)
    await stage.peer.viewSubmission({ user: 'quiet' })
    await expect.poll(() => kept().slice(before)).toEqual([[false, undefined]])
  })

  it('can be given on private answers and in direct messages', async () => {
    const own = messageOf(
      await stage.peer.command({ command: '/career', text: 'salary junior', user: 'dee' }),
    )
    await rate(own, '+', 'dee')
    await toldTo('dee')
    const asked = messageOf(await stage.peer.say({ text: 'salary of a junior?', user: 'eli', dm: true }))
    await rate(await stage.peer.waitForMessage(isAfter(asked)), '+', 'eli')
    const said = await stage.peer.waitForMessage(
      ({ channel, ...message }) =>
        channel === asked.channel && /Thank you/.test(textOf({ channel, ...message } as PeerMessage)),
    )
    expect(said.ephemeral_to).toBeUndefined()
  })
})
