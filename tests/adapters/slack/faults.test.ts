import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Failure } from '../../peers/slack/calls.ts'
import { actionIds, type PeerMessage, type PeerView } from '../../peers/slack/peer.ts'
import { expectClean, isAfter, messageOf, openStage, type Stage, textOf, transports } from './stage.ts'

describe.each(transports)('over %s', (transport) => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage({ transport })
  })
  afterAll(() => stage.close())
  beforeEach(() => stage.peer.clear())
  afterEach(() => {
    expectClean(stage)
    const { botToken, appToken, signingSecret } = stage.peer
    for (const secret of [botToken, appToken, signingSecret, 'secret words'])
      expect(stage.log()).not.toContain(secret)
  })

  const question = 'what is a data engineer? secret words'
  const failPost = (failure: Failure) => stage.peer.failNext({ method: 'chat.postMessage', ...failure })
  const ask = async (user: string, channel = 'general'): Promise<PeerMessage> =>
    messageOf(await stage.peer.mention({ text: question, user, channel }))
  const toldTo = (user: string): Promise<PeerMessage> =>
    stage.peer.waitForMessage(({ channel }) => channel === stage.peer.dmChannel(user))

  const logged = (words: RegExp) =>
    expect
      .poll(
        () =>
          stage
            .log()
            .split('\n')
            .some((line) => words.test(line)),
        { timeout: 3_000 },
      )
      .toBe(true)

  /** The bot goes on. */
  async function expectAlive(): Promise<void> {
    expect(textOf(await stage.peer.command({ command: '/career', text: 'help', user: 'next' }))).toMatch(
      /Ask in your own words/,
    )
  }

  describe('where the bot may not write', () => {
    it.each<[string, RegExp, RegExp, string?]>([
      ['not_in_channel', /Invite me with `\/invite`/, /invite the bot to the channel/, 'secret'],
      ['channel_not_found', /private, invite me/, /it may be private/],
      ['is_archived', /archived/, /archived/],
      ['restricted_action', /manages the channel/, /posting permissions/],
      ['missing_scope', /installed me can update the app/, /manifest\.yaml/],
    ])('%s: the member is told in private who can mend it', async (error, told, mend, channel) => {
      if (channel === undefined) failPost({ error })
      await ask(`asker-${error}`, channel)
      expect(textOf(await toldTo(`asker-${error}`))).toMatch(told)
      await logged(new RegExp(`"${error}".*${mend.source}`))
      await expectAlive()
    })

    it('for a reason that nobody knows, the member is told all the same', async () => {
      failPost({ error: 'fatal_error' })
      await ask('puzzled')
      expect(textOf(await toldTo('puzzled'))).toMatch(/did not work\. Please try again/)
      await logged(/"fatal_error"/)
    })

    it('and not even in private, it is in the log and the bot goes on', async () => {
      failPost({ error: 'not_in_channel' })
      failPost({ error: 'cannot_dm_bot' })
      await ask('closed')
      await logged(/cannot_dm_bot.*could not be told/)
      await expectAlive()
    })

    it.each(['invalid_auth', 'account_inactive', 'token_revoked'])('%s: the log says so', async (error) => {
      failPost({ error })
      await ask('anybody')
      await logged(new RegExp(`"${error}".*install`))
      await expectAlive()
    })

    it('an answer that cannot be shared in a thread is explained to who shares it', async () => {
      const { peer } = stage
      const asked = messageOf(await peer.say({ text: question, user: 'zoe' }))
      await peer.messageShortcut({ callbackId: 'answer_this', message: asked, user: 'bob' })
      const id = peer.user('bob').id
      const seen = await peer.waitForMessage((one) => one.ephemeral_to === id && one.ts > asked.ts)
      failPost({ error: 'not_in_channel' })
      await peer.blockAction({ actionId: 'share', message: seen, user: 'bob' })
      const told = await peer.waitForMessage((one) => one.ephemeral_to === id && one.ts > seen.ts)
      expect(textOf(told)).toMatch(/Invite me with `\/invite`/)
    })

    it('a thread that cannot be read stays silent', async () => {
      const { peer } = stage
      const topic = messageOf(await peer.say({ text: 'hello all', user: 'zoe' }))
      peer.failNext({ method: 'conversations.replies', error: 'missing_scope' })
      await peer.say({ text: 'what is a data engineer?', user: 'zoe', thread: topic })
      await expect.poll(() => peer.calls.map(({ method }) => method)).toContain('conversations.replies')
      await expectAlive()
      expect(peer.messages('general').filter(isAfter(topic))).toEqual([])
    })
  })

  describe('a form that comes too late', () => {
    it('behind the command is explained to the member', async () => {
      stage.peer.failNext({ method: 'views.open', error: 'expired_trigger_id' })
      await stage.peer.command({ command: '/career', text: '', user: 'late' })
      const { id } = stage.peer.user('late')
      const told = await stage.peer.waitForMessage(({ ephemeral_to }) => ephemeral_to === id)
      expect(textOf(told)).toMatch(/took me too long/)
      await logged(/expired_trigger_id/)
    })

    it('behind the shortcut is explained in a direct message', async () => {
      stage.peer.failNext({ method: 'views.open', error: 'exchanged_trigger_id' })
      await stage.peer.globalShortcut({ callbackId: 'ask_career', user: 'slow' })
      expect(textOf(await toldTo('slow'))).toMatch(/took me too long/)
      await logged(/exchanged_trigger_id/)
      await expectAlive()
    })

    it('behind a button of Home, too', async () => {
      const { peer } = stage
      await peer.homeOpened({ user: 'hal' })
      await expect.poll(() => peer.home('hal')).toBeDefined()
      for (const actionId of ['show.start0', 'forget', 'begin']) {
        const before = new Set(peer.messages(peer.dmChannel('hal')).map(({ ts }) => ts))
        peer.failNext({ method: 'views.open', error: 'expired_trigger_id' })
        await peer.blockAction({ actionId, home: true, user: 'hal' })
        const told = await peer.waitForMessage(
          ({ channel, ts }) => channel === peer.dmChannel('hal') && !before.has(ts),
        )
        expect(textOf(told)).toMatch(/took me too long/)
      }
    })

    it('behind "Not helpful" leaves the member with a word of thanks, and the click counts', async () => {
      const { peer } = stage
      const reply = messageOf(await peer.command({ command: '/career', text: 'salary junior', user: 'kim' }))
      const before = stage.feedback().length
      peer.failNext({ method: 'views.open', error: 'expired_trigger_id' })
      const value = /"(-s\.[^"]+)"/.exec(JSON.stringify(reply.blocks))?.[1] ?? ''
      await peer.blockAction({ actionId: 'feedback', value, message: reply, user: 'kim' })
      await expect.poll(() => stage.feedback().length).toBe(before + 1)
      const { id } = peer.user('kim')
      const told = await peer.waitForMessage((one) => one.ephemeral_to === id && one.ts > reply.ts, 3_000)
      expect(textOf(told)).toMatch(/Thank you|took me too long/)
    })
  })

  it('a Home that cannot be shown is explained in a direct message', async () => {
    stage.peer.failNext({ method: 'views.publish', error: 'internal_error' })
    await stage.peer.homeOpened({ user: 'hope' })
    expect(textOf(await toldTo('hope'))).toMatch(/did not work\. Please try again/)
  })

  it('a page of a form that cannot be turned is explained in a direct message', async () => {
    const { peer } = stage
    await peer.command({ command: '/career', text: '', user: 'finn' })
    await expect.poll(() => peer.views('finn').length).toBe(1)
    await peer.viewSubmission({ values: { question: 'role data engineer' }, user: 'finn' })
    const view = peer.views('finn')[0] as PeerView
    const [actionId = ''] = actionIds(view).filter((id) => id.startsWith('open.'))
    peer.failNext({ method: 'views.update', error: 'internal_error' })
    await peer.blockAction({ actionId, user: 'finn' })
    expect(textOf(await toldTo('finn'))).toMatch(/did not work\. Please try again/)
  })

  it.each(['expired_url', 'used_url'])('%s is in the log, and the member is told', async (error) => {
    const { peer } = stage
    const asked = messageOf(await peer.say({ text: question, user: 'zoe' }))
    peer.failNext({ method: 'response_url', error, status: 404 })
    await peer.messageShortcut({ callbackId: 'answer_this', message: asked, user: `bob-${error}` })
    await logged(/too old|too late|too often/)
    expect(textOf(await toldTo(`bob-${error}`))).toMatch(/did not work\. Please try again/)
    await expectAlive()
  })

  describe('Slack asks for patience:', () => {
    it('a message waits as long as Retry-After says, and comes once', async () => {
      const { peer } = stage
      failPost({ retryAfter: 2 })
      const asked = await ask('patient')
      await peer.waitForMessage(isAfter(asked))
      const [first, second, ...more] = peer.calls.filter(({ method }) => method === 'chat.postMessage')
      expect(Number(second?.at) - Number(first?.at)).toBeGreaterThanOrEqual(2_000)
      expect(more).toEqual([])
    })

    it('an answer to a button waits, too', async () => {
      const { peer } = stage
      const asked = await ask('reader')
      const message = await peer.waitForMessage(isAfter(asked))
      peer.failNext({ method: 'response_url', retryAfter: 1 })
      await peer.blockAction({ actionId: 'open.0', message, user: 'reader' })
      const { id } = peer.user('reader')
      expect(textOf(await peer.waitForMessage((one) => one.ephemeral_to === id, 5_000))).toMatch(/Source: /)
    })

    it.each([500, 503])('status %s is tried again', async (status) => {
      failPost({ status })
      expect(textOf(await stage.peer.waitForMessage(isAfter(await ask(`again-${status}`))))).toMatch(/data/)
    })

    it('status 503 of a button is tried again', async () => {
      const { peer } = stage
      const message = await peer.waitForMessage(isAfter(await ask('presser')))
      peer.failNext({ method: 'response_url', status: 503 })
      await peer.blockAction({ actionId: 'open.0', message, user: 'presser' })
      const { id } = peer.user('presser')
      expect(textOf(await peer.waitForMessage((one) => one.ephemeral_to === id, 5_000))).toMatch(/Source: /)
    })
  })
})
