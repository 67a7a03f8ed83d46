import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { actionIds, assertNoMentions, type PeerMessage } from '../../peers/slack/peer.ts'
import { expectClean, isAfter, messageOf, openStage, type Stage, textOf, transports } from './stage.ts'

/** The direct messages of two people, where the bot is none of them. */
const twoPeople = { name: 'directmessage', id: 'D0TWOPEOPLE', private: true, bot: false }
const channels = [{ name: 'general' }, { name: 'careers' }, twoPeople]

describe.each(transports)('over %s', (transport) => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage({ transport, peer: { teams: [{ name: 'Acme', channels }] } })
  })
  afterAll(() => stage.close())
  beforeEach(() => stage.peer.clear())
  afterEach(() => expectClean(stage))

  describe('a direct message', () => {
    const tell = async (text: string, user = 'dora', more = {}): Promise<PeerMessage> => {
      const asked = messageOf(await stage.peer.say({ text, user, dm: true, ...more }))
      return stage.peer.waitForMessage(isAfter(asked))
    }

    it('is answered, and remembered', async () => {
      await tell('what does a robotics engineer do')
      expect(textOf(await tell('what skills do they need?'))).toMatch(/robotics/i)
    })

    it('in a thread is answered there', async () => {
      const first = await tell('what is an NLP engineer?')
      const answer = await tell('what is a data engineer?', 'dora', { thread: first })
      expect(answer.thread_ts).toBe(first.ts)
    })

    it('in a thread leans on what a button there has just shown', async () => {
      const first = await tell('what does a robotics engineer do?', 'flo')
      const answer = await tell('what is a data engineer?', 'flo', { thread: first })
      const [open = ''] = actionIds(answer).filter((id) => /^open\.\d/.test(id))
      const role = await tell('role computer vision engineer', 'flo', { thread: first })
      expect(textOf(role)).toMatch(/computer vision/i)
      await stage.peer.blockAction({ actionId: open, message: answer, user: 'flo' })
      const shown = await stage.peer.waitForMessage(
        ({ bot_id, thread_ts, ts }) => bot_id !== undefined && thread_ts === first.ts && ts > role.ts,
      )
      expect(shown.metadata).toMatchObject({ event_type: 'career_answer' })
      expect(textOf(shown)).not.toMatch(/computer vision/i)
      expect(textOf(await tell('and the pay?', 'flo', { thread: first }))).not.toMatch(/computer vision/i)
    })

    it.each(['file_share', 'me_message'])('of the kind %s is answered', async (subtype) => {
      const files = subtype === 'file_share' ? { files: [{ id: 'F1', name: 'cv.pdf' }] } : {}
      const answer = await tell('what is a data engineer?', 'gina', { extra: { subtype, ...files } })
      expect(textOf(answer)).toMatch(/data/i)
    })

    it('of a thread that is sent to everybody there as well is answered', async () => {
      const first = await tell('what is an NLP engineer?', 'gina')
      const extra = { subtype: 'thread_broadcast', root: { user: first.user, ts: first.ts } }
      const answer = await tell('what is a data engineer?', 'gina', { thread: first, extra })
      expect(textOf(answer)).toMatch(/data/i)
    })

    it('with the marks that Slack puts around names and links is understood', async () => {
      const link = '<https://example.com/a?b=1&amp;c=2|data engineer>'
      expect(textOf(await tell(`what does a ${link} do, <@U012AB>?`))).toMatch(/data/i)
    })

    it('is answered without anything that a member wrote taking effect', async () => {
      for (const text of ['&lt;!channel&gt; visa?', '<!channel> visa', '*_~`> visa &amp; <@U012AB>']) {
        const answer = await tell(text)
        assertNoMentions(answer)
        expect(answer.text).not.toMatch(/<!|<@/)
      }
    })

    it.each([
      ['nothing', ''],
      ['forty thousand characters', 'what is a data engineer? '.repeat(1_600)],
      ['a picture alone', ' '],
    ])('of %s gets a reply', async (_, text) => {
      expect(textOf(await tell(text, 'mallory')).trim()).not.toBe('')
    })
  })

  describe('the shortcut on a message', () => {
    const use = async (message: PeerMessage, user = 'bob'): Promise<PeerMessage> => {
      const { peer } = stage
      await peer.messageShortcut({ callbackId: 'answer_this', message, user })
      const { id } = peer.user(user)
      return peer.waitForMessage(({ ephemeral_to, ts }) => ephemeral_to === id && ts > message.ts)
    }
    const said = async (text: string, more = {}): Promise<PeerMessage> =>
      messageOf(await stage.peer.say({ text, user: 'zoe', ...more }))

    it("answers somebody's message privately", async () => {
      const seen = await use(await said('which programming languages does a data engineer need?'))
      expect(textOf(seen)).toMatch(/Scala/)
      expect(seen.source).toBe('response_url')
    })

    it.each(['a message', 'a reply'])('on %s shares the answer in its thread when asked to', async (what) => {
      const { peer } = stage
      const topic = await said('which programming languages does a data engineer need?')
      const asked = what === 'a message' ? topic : await said('what is an NLP engineer?', { thread: topic })
      const seen = await use(asked)
      await peer.blockAction({ actionId: 'share', message: seen, user: 'bob' })
      const shared = await peer.waitForMessage((message) => isAfter(topic)(message) && !message.ephemeral_to)
      expect(textOf(shared)).toContain(`Shared by <@${peer.user('bob').id}>`)
    })

    it('says so when there is no text, or no answer', async () => {
      expect(textOf(await use(await said('')))).toMatch(/no text in that message/)
      expect(textOf(await use(await said('where can I buy a spark plug?')))).toMatch(/outside what I know/)
    })

    it('takes the message for itself, whatever the member talked about before', async () => {
      await stage.peer.command({
        command: '/career',
        text: 'what is a computer vision engineer?',
        user: 'gus',
      })
      expect(textOf(await use(await said('and which skills?'), 'gus'))).not.toMatch(/computer vision/i)
    })
  })

  describe('between two people, where the bot is called in private,', () => {
    const ask = async (text: string): Promise<PeerMessage> =>
      messageOf(await stage.peer.command({ command: '/career', text, channel: twoPeople.id, user: 'ida' }))

    it('buttons answer in private, too', async () => {
      const message = await ask('what does a data engineer do?')
      const opens = actionIds(message).filter((id) => /^open\.\d/.test(id))
      expect(opens.length).toBeGreaterThan(0)
      const { id } = stage.peer.user('ida')
      let last = message
      for (const actionId of opens) {
        await stage.peer.blockAction({ actionId, message, user: 'ida' })
        const { ts } = last
        last = await stage.peer.waitForMessage((one) => one.ephemeral_to === id && one.ts > ts, 3_000)
        expect(textOf(last)).toMatch(/Source: /)
      }
    })

    it('feedback is thanked for', async () => {
      const message = await ask('salary junior')
      const value = /"(\+s\.[^"]+)"/.exec(JSON.stringify(message.blocks))?.[1] ?? ''
      await stage.peer.blockAction({ actionId: 'feedback', value, message, user: 'ida' })
      const { id } = stage.peer.user('ida')
      const told = await stage.peer.waitForMessage((one) => one.ephemeral_to === id && one.ts > message.ts)
      expect(textOf(told)).toMatch(/Thank you/)
    })
  })
})
