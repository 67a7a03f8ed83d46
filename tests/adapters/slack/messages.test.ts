import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { MentionCall, SayCall } from '../../peers/slack/calls.ts'
import { assertNoMentions, type PeerMessage } from '../../peers/slack/peer.ts'
import {
  expectClean,
  isAfter,
  isSilent,
  messageOf,
  openStage,
  type Stage,
  textOf,
  transports,
} from './stage.ts'

describe.each(transports)('messages over %s', (transport) => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage({ transport })
  })
  afterAll(() => stage.close())
  beforeEach(() => stage.peer.clear())
  afterEach(() => expectClean(stage))

  const answerTo = (asked: PeerMessage): Promise<PeerMessage> => stage.peer.waitForMessage(isAfter(asked))
  const mention = async (call: MentionCall): Promise<PeerMessage> =>
    answerTo(messageOf(await stage.peer.mention(call)))
  const say = async (call: SayCall): Promise<PeerMessage> => messageOf(await stage.peer.say(call))
  const tag = (): string => `<@${stage.peer.teams[0]?.botUserId}>`
  /** The first message of an answer's thread. */
  const threadOf = ({ thread_ts }: PeerMessage): string => String(thread_ts)

  describe('a mention', () => {
    it('is answered in its thread, for everybody there', async () => {
      const asked = messageOf(await stage.peer.mention({ text: 'how much does a junior ai engineer make??' }))
      const answer = await answerTo(asked)
      expect(textOf(answer)).toMatch(/\$70,000 to \$90,000/)
      expect(answer.thread_ts).toBe(asked.ts)
      expect(answer.ephemeral_to).toBeUndefined()
      expect(answer.text).toMatch(/\$70,000/)
    })

    it('in a thread of others is answered there', async () => {
      const topic = await say({ text: 'Introductions, please', user: 'zoe' })
      const answer = await mention({ text: 'what is an NLP engineer?', thread: topic, user: 'bob' })
      expect(answer.thread_ts).toBe(topic.ts)
    })

    it('alone gets what can be asked', async () => {
      expect(textOf(await mention({ text: '' }))).toMatch(/did not see a question|Ask in your own words/)
    })

    it('anywhere in the sentence counts', async () => {
      expect(textOf(await mention({ text: `Hey ${tag()}, what is an NLP engineer?` }))).toMatch(/NLP/)
    })

    it('that Slack sends as a message, too, is answered once', async () => {
      const first = await mention({ text: 'what is a data engineer?', asMessage: true })
      await mention({ text: 'which skills?', thread: threadOf(first), asMessage: true })
      await isSilent(stage, first)
      const inThread = stage.peer.messages('general').filter(({ thread_ts }) => thread_ts === threadOf(first))
      expect(inThread.filter(({ bot_id }) => bot_id !== undefined)).toHaveLength(2)
    })

    it('pings nobody, whatever is written', async () => {
      const answer = await mention({
        text: `${tag()} <!channel> do I need a visa for <@U012AB>, <!here|here> & <#C1|general> &lt;!everyone&gt;?`,
      })
      assertNoMentions(answer)
      expect(answer.text).not.toMatch(/<!|<@/)
      for (const { method, args } of stage.peer.calls)
        if (method === 'chat.postMessage') expect(args).toMatchObject({ unfurl_links: false })
    })
  })

  describe('in a thread that the bot answered in', () => {
    it('whoever began it goes on without a mention', async () => {
      const first = await mention({ text: 'what is a data engineer?', user: 'bob' })
      const skills = await say({ text: 'and which skills?', user: 'bob', thread: threadOf(first) })
      expect(textOf(await answerTo(skills))).toMatch(/data engineer/i)
      const thanks = await say({ text: 'thank you!', user: 'bob', thread: threadOf(first) })
      expect(textOf(await answerTo(thanks))).toMatch(/welcome/i)
    })

    it('even after a restart', async () => {
      const first = await mention({ text: 'what is a computer vision engineer?', user: 'bob' })
      await stage.restart('SIGKILL')
      const later = await say({
        text: 'which skills does a data engineer need?',
        user: 'bob',
        thread: threadOf(first),
      })
      expect(textOf(await answerTo(later))).toMatch(/data engineer/i)
    })

    it('whoever asked in a thread of others goes on, and whoever began it is left alone', async () => {
      const topic = await say({ text: 'Introductions, please', user: 'zoe' })
      await mention({ text: 'what is a data engineer?', thread: topic, user: 'bob' })
      const pay = await say({ text: 'what about pay?', user: 'zoe', thread: topic })
      expect(await isSilent(stage, pay)).toBe(true)
      const skills = await say({ text: 'and which skills?', user: 'bob', thread: topic })
      expect(textOf(await answerTo(skills))).toMatch(/data engineer/i)
    })

    it('also after a restart', async () => {
      const topic = await say({ text: 'Introductions, please', user: 'zoe' })
      await mention({ text: 'what is a computer vision engineer?', thread: topic, user: 'bob' })
      await stage.restart('SIGKILL')
      const pay = await say({ text: 'what about pay?', user: 'zoe', thread: topic })
      expect(await isSilent(stage, pay)).toBe(true)
      const skills = await say({ text: 'and which skills?', user: 'bob', thread: topic })
      expect(textOf(await answerTo(skills))).toMatch(/computer vision/i)
    })

    it.each(['file_share', 'thread_broadcast'])('a message of the kind %s is answered', async (subtype) => {
      const first = await mention({ text: 'what is a data engineer?', user: 'bob' })
      const thread = threadOf(first)
      const extra = { subtype, ...(subtype === 'file_share' && { files: [{ id: 'F1' }] }) }
      const asked = await say({ text: 'and which skills?', user: 'bob', thread, extra })
      expect(textOf(await answerTo(asked))).toMatch(/data engineer/i)
      const picture = await say({ text: '', user: 'bob', thread, extra: { subtype: 'file_share' } })
      expect(await isSilent(stage, picture)).toBe(true)
    })

    it('a lookup that Slack holds up holds up nobody else', async () => {
      const { peer } = stage
      const first = await mention({ text: 'what is a data engineer?', user: 'bob' })
      peer.failNext({ method: 'conversations.replies', retryAfter: 20 })
      await stage.restart('SIGKILL')
      await say({ text: 'how are you?', user: 'zoe', thread: threadOf(first) })
      await expect.poll(() => peer.calls.map(({ method }) => method)).toContain('conversations.replies')
      const asked = messageOf(await peer.mention({ text: 'what is an NLP engineer?', channel: 'careers' }))
      expect(textOf(await peer.waitForMessage(isAfter(asked), 4_000))).toMatch(/NLP/)
    })

    it('others are answered only when the bot is certain', async () => {
      const first = await mention({ text: 'what is a data engineer?', user: 'bob' })
      const thread = threadOf(first)
      for (const text of ['I do not think so', 'lol', 'see you at lunch?', 'what about pay?'])
        expect(await isSilent(stage, await say({ text, user: 'zoe', thread }))).toBe(true)
      const certain = await say({ text: 'How much does a junior AI engineer earn?', user: 'zoe', thread })
      expect(textOf(await answerTo(certain))).toMatch(/\$70,000/)
    })

    it('what the asker says to somebody else is left alone', async () => {
      const first = await mention({ text: 'what is a data engineer?', user: 'bob' })
      const aside = await say({
        text: `<@${stage.peer.user('zoe').id}> is that what you do?`,
        user: 'bob',
        thread: threadOf(first),
      })
      expect(await isSilent(stage, aside)).toBe(true)
    })
  })

  describe('is left alone:', () => {
    const edit = { subtype: 'message_changed', message: { text: 'what is a data engineer?' } }
    it.each<[string, Partial<SayCall>]>([
      ['what people say in a channel', {}],
      ['an edit', { extra: edit, dm: true }],
      ['a deletion', { extra: { subtype: 'message_deleted' }, dm: true }],
      ['a join', { extra: { subtype: 'channel_join' } }],
      ['another bot', { extra: { subtype: 'bot_message', bot_id: 'B0OTHER' }, dm: true }],
      ['a modern bot', { extra: { bot_id: 'B0OTHER' }, dm: true }],
    ])('%s', async (_, more) => {
      const asked = await say({ text: 'what is a data engineer?', user: 'zoe', ...more })
      expect(await isSilent(stage, asked)).toBe(true)
    })

    it('itself, in direct messages and in threads', async () => {
      const bot = { user: { name: 'careerbot' }, text: 'what is a data engineer?' }
      const first = await mention({ text: 'what is a data engineer?', user: 'bob' })
      const bot_id = String(first.bot_id)
      for (const call of [{ thread: threadOf(first) }, { thread: threadOf(first), extra: { bot_id } }])
        expect(await isSilent(stage, await say({ ...bot, ...call }))).toBe(true)
    })

    it('a thread in which the bot has not spoken', async () => {
      const topic = await say({ text: 'How much does a junior AI engineer earn?', user: 'zoe' })
      const reply = await say({
        text: 'How much does a junior AI engineer earn?',
        user: 'zoe',
        thread: topic,
      })
      expect(await isSilent(stage, reply)).toBe(true)
    })

    it('a mention by a bot, and a mention that was edited into a message', async () => {
      for (const extra of [{ bot_id: 'B0OTHER' }, { edited: { user: 'U1', ts: '1.1' } }]) {
        const asked = messageOf(await stage.peer.mention({ text: 'what is a data engineer?', extra }))
        expect(await isSilent(stage, asked)).toBe(true)
      }
    })
  })

  it('somebody who floods a channel is told once, and then left alone', async () => {
    const { peer } = stage
    for (let i = 0; i < 40; i++) await peer.mention({ text: 'thanks', user: 'flood' })
    const notice = await peer.waitForMessage((message) => /a lot of questions/.test(textOf(message)))
    await isSilent(stage, notice)
    const notices = peer.messages('general').filter((one) => /a lot of questions/.test(textOf(one)))
    expect(notices).toHaveLength(1)
  })
})
