import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { actionIds, type Delivery, type PeerMessage } from '../../peers/slack/peer.ts'
import { expectClean, messageOf, openStage, type Stage, textOf, transports } from './stage.ts'

/** Slack waits no longer for an acknowledgement. Milliseconds. */
const ackWithin = 3_000

describe.each(transports)('/career over %s', (transport) => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage({ transport })
  })
  afterAll(() => stage.close())
  beforeEach(() => stage.peer.clear())
  afterEach(() => expectClean(stage))

  const career = (text: string, more = {}): Promise<Delivery> =>
    stage.peer.command({ command: '/career', text, ...more })

  describe('answers', () => {
    it.each([
      ['what does a data engineer do?', /data pipelines/i],
      ['ask what does a data engineer do?', /data pipelines/i],
      ['  ASK   what does a data engineer do?  ', /data pipelines/i],
      ['role ml engineer', /Machine learning engineer[\s\S]*Skills/],
      ['Role data engineer', /Data engineer[\s\S]*Skills/],
      ['role', /AI engineer/],
      ['compare ml engineer vs data engineer', /Machine learning engineer and data engineer/],
      ['compare ml engineer and data engineer', /Machine learning engineer and data engineer/],
      ['compare ml engineer, data engineer', /Machine learning engineer and data engineer/],
      ['path', /career ladder/i],
      ['salary', /\$/],
      ['salary junior', /entry level[\s\S]*\$70,000/i],
      ['salary data engineer', /don't have anything on \*pay\*/],
      ['learn', /courses/i],
      ['learn how do I become an AI engineer?', /AI engineer/],
      ['about', /sections that people wrote|403 sections/],
      ['help', /Ask in your own words/],
      ['HELP', /Ask in your own words/],
      ['help me become a data engineer', /data engineer/i],
    ])('%j privately, at once', async (text, words) => {
      const reply = await career(text)
      expect(textOf(reply)).toMatch(words)
      expect(messageOf(reply).ephemeral_to).toBe(stage.peer.user('ann').id)
      expect(reply.ackMs).toBeLessThan(ackWithin)
    })

    it('in direct messages and in channels where the bot is no member', async () => {
      expect(textOf(await career('what is an NLP engineer?', { dm: true }))).toMatch(/NLP/)
      expect(textOf(await career('help', { channel: 'secret' }))).toMatch(/Ask in your own words/)
    })

    it('with the source, the date of its review and words for notifications', async () => {
      const message = messageOf(await career('salary junior'))
      expect(textOf(message)).toMatch(/Source: .+reviewed\s\d+\s\w+\s20\d\d/)
      expect(message.text).toMatch(/\$70,000/)
    })

    it('help with what can be looked up, and reads the examples out in notifications', async () => {
      const message = messageOf(await career('help', { user: 'reader' }))
      expect(textOf(message)).toMatch(/`\/career compare … vs …`/)
      expect(message.text).toMatch(/for example:\n\n- .+\?\n- .+\?/)
      expect(messageOf(await career('salary junior', { user: 'reader' })).text).toMatch(/Source: /)
    })

    it('a comparison as a table that notifications can read, too', async () => {
      const message = messageOf(await career('compare ml engineer vs data engineer'))
      expect(message.blocks.filter(({ type }) => type === 'table')).toHaveLength(1)
      expect(message.text).toMatch(/Scala/)
    })

    it('with blocks in the order in which people read', async () => {
      const { blocks } = messageOf(await career('what do ML engineers earn in Berlin?'))
      const kinds = blocks.map(({ type }) => type)
      expect(kinds.slice(0, 2)).toEqual(['section', 'header'])
      expect(kinds.at(-1)).toBe('context_actions')
      expect(kinds.indexOf('context')).toBeGreaterThan(kinds.lastIndexOf('section'))
    })
  })

  describe('what nobody expected', () => {
    it.each([
      ['a very long question', 'what does a data engineer do '.repeat(300)],
      ['a job of three hundred letters', `role ${'x'.repeat(300)}`],
      ['a comparison of three', 'compare data engineer, ml engineer, nlp engineer'],
      ['a comparison of one', 'compare data engineer'],
      ['a comparison with nothing', 'compare vs'],
      ['nothing but marks', '??!'],
      ['emoji', '💥'.repeat(400)],
      ['names of members and channels', 'role <@U012AB> <!channel> <#C1|general>'],
      ['half of a pair', 'salary \ud83d'],
    ])('%s gets a reply', async (_, text) => {
      const reply = await career(text, { user: 'mallory' })
      expect(textOf(reply).trim()).not.toBe('')
      expect(textOf(reply)).not.toMatch(/<!channel>|<@U012AB>/)
    })

    it('too much of it is told when to go on, for that member alone', async () => {
      const ask = (user: string) => career('thanks', { user })
      for (let i = 0; i < 30; i++) expect(textOf(await ask('busy'))).toMatch(/welcome/)
      const reply = await ask('busy')
      expect(textOf(reply)).toMatch(/a lot of questions at once.*second/)
      expect(messageOf(reply).ephemeral_to).toBe(stage.peer.user('busy').id)
      expect(textOf(await ask('calm'))).toMatch(/welcome/)
    })
  })

  describe('sharing', () => {
    const shared = async (message: PeerMessage): Promise<PeerMessage> => {
      await stage.peer.blockAction({ actionId: 'share', message })
      return stage.peer.waitForMessage(
        ({ ephemeral_to, ts }) => ephemeral_to === undefined && ts > message.ts,
      )
    }

    it('puts the answer into the channel, with the name of who shared it', async () => {
      const message = messageOf(await career('what is an NLP engineer?'))
      const seen = await shared(message)
      expect(seen.channel).toBe(message.channel)
      expect(textOf(seen)).toMatch(/NLP/)
      expect(textOf(seen)).toContain(`Shared by <@${stage.peer.user('ann').id}>`)
      expect(actionIds(seen)).not.toContain('share')
    })

    it('keeps the note on what the answer does not cover', async () => {
      const seen = await shared(messageOf(await career('what do ML engineers earn in Berlin?')))
      expect(textOf(seen)).toMatch(/nothing on \*Berlin\*/)
      expect(seen.text).toMatch(/nothing on Berlin/)
    })

    it('works where the bot is no member', async () => {
      const message = messageOf(await career('what is an NLP engineer?', { channel: 'secret' }))
      expect(textOf(await shared(message))).toMatch(/NLP/)
    })

    it('is offered for answers only', async () => {
      for (const text of ['help', 'thanks', 'do I need a visa?'])
        expect(actionIds(messageOf(await career(text)))).not.toContain('share')
    })
  })
})
