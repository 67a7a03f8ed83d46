import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { actionIds, type PeerMessage } from '../../peers/slack/peer.ts'
import { expectClean, isAfter, messageOf, openStage, type Stage, textOf, transports } from './stage.ts'

/** Posts what an older version of the bot may have written. */
async function postAsBot({ peer }: Stage, blocks: readonly object[]): Promise<PeerMessage> {
  const posted = await fetch(`${peer.apiUrl}chat.postMessage`, {
    method: 'POST',
    headers: { authorization: `Bearer ${peer.botToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ channel: peer.channelId('general'), text: 'An old answer', blocks }),
  })
  const { ts } = (await posted.json()) as { ts: string }
  return peer.waitForMessage((message) => message.ts === ts)
}

function optionsOf(message: PeerMessage): string[] {
  return [...JSON.stringify(message.blocks).matchAll(/"value":"(s\.[^"]+)"/g)].map(([, value]) =>
    String(value),
  )
}

describe.each(transports)('the buttons of an answer, over %s,', (transport) => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage({ transport })
  })
  afterAll(() => stage.close())
  beforeEach(() => stage.peer.clear())
  afterEach(() => expectClean(stage))

  const ask = async (text: string, more = {}): Promise<PeerMessage> =>
    messageOf(await stage.peer.command({ command: '/career', text, ...more }))

  /** An answer that everybody sees. */
  async function mention(text: string): Promise<PeerMessage> {
    const asked = messageOf(await stage.peer.mention({ text }))
    return stage.peer.waitForMessage(isAfter(asked))
  }

  /** What a press brings. */
  async function press(message: PeerMessage, actionId: string, user = 'ann', value?: string) {
    const { peer } = stage
    const before = new Set(peer.messages(message.channel).map(({ ts }) => ts))
    await peer.blockAction({ actionId, message, user, ...(value !== undefined && { value }) })
    const id = peer.user(user).id
    return peer.waitForMessage(
      ({ ts, channel, ephemeral_to }) =>
        !before.has(ts) && channel === message.channel && (ephemeral_to ?? id) === id,
      3_000,
    )
  }

  const opens = (message: PeerMessage): string[] => actionIds(message).filter((id) => /^open\.\d/.test(id))

  it('open what they offer, for any member and for that member alone', async () => {
    const message = await mention('what does a data engineer do?')
    expect(opens(message).length).toBeGreaterThan(0)
    for (const actionId of opens(message)) {
      const reply = await press(message, actionId, 'somebody-else')
      expect(textOf(reply)).toMatch(/Source: /)
      expect(reply.ephemeral_to).toBe(stage.peer.user('somebody-else').id)
    }
    expect(stage.peer.messages(message.channel).find(({ ts }) => ts === message.ts)?.edited).toBeUndefined()
  })

  it('of a private answer open what they offer', async () => {
    const message = await ask('what does a data engineer do?')
    for (const actionId of opens(message)) expect(textOf(await press(message, actionId))).toMatch(/Source: /)
  })

  it('lead from a job to all that is known of it', async () => {
    const message = await ask('role deep learning engineer')
    for (const label of ['What they do', 'Skills', 'A working day', 'Pay'])
      expect(textOf(message)).toContain(label)
    for (const actionId of opens(message)) expect(textOf(await press(message, actionId))).toMatch(/Source: /)
  })

  it('have a menu of the other parts', async () => {
    const message = await mention('what does a data engineer do?')
    const values = optionsOf(message)
    expect(values.length).toBeGreaterThan(0)
    for (const value of values)
      expect(textOf(await press(message, 'more', 'reader', value))).toMatch(/Source: /)
  })

  it('answer in direct messages for good, where nothing has to be hidden', async () => {
    const asked = messageOf(await stage.peer.say({ text: 'what is an NLP engineer?', dm: true }))
    const message = await stage.peer.waitForMessage(isAfter(asked))
    const reply = await press(message, opens(message)[0] ?? '')
    expect(reply.ephemeral_to).toBeUndefined()
    expect(textOf(reply)).toMatch(/Source: /)
  })

  it('of one in a thread answer in that thread', async () => {
    const message = await mention('what does a data engineer do?')
    const reply = await press(message, opens(message)[0] ?? '', 'reader')
    expect(reply.thread_ts).toBe(message.thread_ts)
  })

  it('that nobody knows any more are answered kindly', async () => {
    const stale = [
      ['open.0', 's.gone1234'],
      ['open.1', 'zz'],
      ['page.1', '1:s.gone1234'],
      ['page.2', '999:s.lost1234'],
    ]
    const elements = stale.map(([action_id, value]) => ({
      type: 'button',
      action_id,
      value,
      text: { type: 'plain_text', text: 'Old' },
    }))
    const message = await postAsBot(stage, [{ type: 'actions', elements }])
    for (const [actionId] of stale)
      expect(textOf(await press(message, String(actionId), 'reader'))).toMatch(/no longer there/)
  })

  it('that no version knows, or whose value is broken, are acknowledged and explained', async () => {
    const button = (action_id: string, value: string) => ({
      type: 'button',
      action_id,
      value,
      text: { type: 'plain_text', text: 'Old' },
    })
    const elements = [button('share', 'not JSON'), button('unheard-of', 'x')]
    const message = await postAsBot(stage, [{ type: 'actions', elements }])
    for (const { action_id } of elements)
      expect(textOf(await press(message, action_id, 'reader'))).toMatch(/older version of me|no longer there/)
  })

  it('a rating without an answer, and a share of what is no answer, stay with the member', async () => {
    const button = (action_id: string, value: string) => ({
      type: 'button',
      action_id,
      value,
      text: { type: 'plain_text', text: 'Old' },
    })
    const elements = [
      button('share', '{"reference":"s.gone1234"}'),
      button('share.1', '{"reference":"x"}'),
      button('feedback', '+nonsense'),
      button('feedback.1', 's.3XvEJSBx'),
    ]
    const message = await postAsBot(stage, [{ type: 'actions', elements }])
    const before = stage.feedback().length
    for (const { action_id } of elements)
      expect((await press(message, action_id, 'reader')).ephemeral_to).toBe(stage.peer.user('reader').id)
    expect(stage.feedback()).toHaveLength(before)
  })

  it('pressed without end are stopped, whatever they do', async () => {
    const message = await mention('what does a data engineer do?')
    const value = /"(\+s\.[^"]+)"/.exec(JSON.stringify(message.blocks))?.[1] ?? ''
    for (let i = 0; i < 30; i++)
      await stage.peer.blockAction({ actionId: 'feedback', value, message, user: 'busy' })
    const { id } = stage.peer.user('busy')
    const toBusy = () =>
      stage.peer.messages(message.channel).filter(({ ephemeral_to }) => ephemeral_to === id)
    await expect.poll(() => toBusy().length).toBe(30)
    expect(textOf(await press(message, 'feedback', 'busy', value))).toMatch(/a lot of questions/)
    // The same click again says nothing new.
    await expect.poll(() => stage.feedback().length).toBe(1)
  })

  it('work after the process was killed and started again', async () => {
    const message = await mention('what does a data engineer do?')
    const own = await ask('what do ML engineers earn in Berlin?')
    await stage.restart('SIGKILL')
    for (const actionId of opens(message))
      expect(textOf(await press(message, actionId, 'late'))).toMatch(/Source: /)
    expect(textOf(await press(message, 'more', 'late', optionsOf(message)[0]))).toMatch(/Source: /)
    expect(textOf(await press(own, 'share'))).toMatch(/nothing on \*Berlin\*[\s\S]*Shared by/)
  })
})
