import { type APIMessage, ChannelType, GatewayIntentBits } from 'discord.js'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { SayCall } from '../../peers/discord/calls.ts'
import { messageText } from '../../peers/discord/peer.ts'
import { openStage, type Stage } from './stage.ts'

const forum = '100000000000000900'
const helpChannel = '100000000000000901'

let stage: Stage
let listening: Stage
beforeAll(async () => {
  const channels = [
    { name: 'general' },
    { name: 'forum', id: forum, type: ChannelType.GuildForum },
    { name: 'ask-here', id: helpChannel },
  ]
  ;[stage, listening] = await Promise.all([
    openStage(),
    openStage({
      environment: { DISCORD_ANSWER_CHANNELS: `${forum}, ${helpChannel}` },
      peer: { guilds: [{ channels }] },
    }),
  ])
})
afterAll(() => Promise.all([stage.close(), listening.close()]))
beforeEach(() => stage.peer.clear())

const answerTo = (on: Stage, { id }: APIMessage): Promise<APIMessage> =>
  on.peer.waitForMessage((message) => message.message_reference?.message_id === id)

async function say(call: SayCall): Promise<APIMessage> {
  return answerTo(stage, stage.peer.say(call))
}

/** Nothing comes in answer to it, although something does to what is said after it. */
async function isSilent(on: Stage, asked: APIMessage): Promise<boolean> {
  const channel = asked.channel_id
  const later = on.peer.say({ content: `<@${on.peer.botUser.id}> thanks`, user: 'later', channel })
  await answerTo(on, later)
  return !on.peer.messages(channel).some((message) => message.message_reference?.message_id === asked.id)
}

const mention = () => `<@${stage.peer.botUser.id}>`

function expectClean(on: Stage): void {
  expect(on.peer.violations).toEqual([])
  expect(on.peer.unanswered()).toEqual([])
}

describe('without any privileged intent', () => {
  it('the bot asks Discord for servers and messages only', () => {
    const [first] = stage.peer.identifications
    expect(first?.intents).toBe(
      GatewayIntentBits.Guilds | GatewayIntentBits.GuildMessages | GatewayIntentBits.DirectMessages,
    )
  })

  it('a mention is answered as a reply', async () => {
    const answer = await say({ content: `${mention()} how much does a junior ai engineer make??` })
    expect(messageText(answer)).toMatch(/\$70,000 to \$90,000/)
    expectClean(stage)
  })

  it('a mention alone gets what can be asked', async () => {
    expect(messageText(await say({ content: mention() }))).toMatch(
      /did not see a question|Ask in your own words/,
    )
  })

  it("a mention of the bot's own role counts, too", async () => {
    const { peer } = stage
    const role = peer.guilds[0]?.roles.find(({ name }) => name.includes(peer.botUser.username))
    if (role === undefined) throw new Error('the peer gives the bot a role of its own')
    // Discord tells the text of a message only where the bot itself is pinged.
    const answer = await say({ content: `<@&${role.id}> what is an NLP engineer? ${mention()}` })
    expect(messageText(answer)).toMatch(/NLP/)
  })

  it('a follow-up in the same channel and a reply to the answer go on with the talk', async () => {
    const first = await say({ content: `${mention()} what is a data engineer?`, user: 'bob' })
    const second = await say({ content: `${mention()} and which skills?`, user: 'bob' })
    expect(messageText(second)).toMatch(/data engineer/i)
    const third = await say({ content: 'and their working day?', user: 'bob', replyTo: first })
    expect(messageText(third)).toMatch(/data engineer/i)
    expectClean(stage)
  })

  it('a reply to an answer for somebody else goes on from that answer, even after a restart', async () => {
    const first = await say({ content: `${mention()} what is a computer vision engineer?`, user: 'bob' })
    await stage.restart('SIGTERM')
    const answer = await say({ content: 'which skills?', user: 'newcomer', replyTo: first })
    expect(messageText(answer)).toMatch(/computer vision/i)
    expectClean(stage)
  })

  it('a reply that does not ping cannot be read, and the member hears how it can', async () => {
    const first = await say({ content: `${mention()} what is a data engineer?`, user: 'bob' })
    const notice = await say({ content: 'and pay?', user: 'bob', replyTo: first, ping: false })
    expect(messageText(notice)).toMatch(/only when it mentions me/)
    const again = stage.peer.say({ content: 'and skills?', user: 'bob', replyTo: first, ping: false })
    expect(await isSilent(stage, again)).toBe(true)
    expectClean(stage)
  })

  it('a mention alone, under a message of somebody else, tells how to have that one answered', async () => {
    const other = stage.peer.say({ content: 'how do I become a data engineer?', user: 'zoe' })
    expect(messageText(await say({ content: mention(), user: 'guide', replyTo: other }))).toMatch(
      /“Answer this”/,
    )
    expectClean(stage)
  })

  it('a direct message is answered, and remembered', async () => {
    await say({ content: 'what does a robotics engineer do', dm: true, user: 'dora' })
    const answer = await say({ content: 'what skills do they need?', dm: true, user: 'dora' })
    expect(messageText(answer)).toMatch(/robotics/i)
    expectClean(stage)
  })

  it('what is said to others, by bots, and to everybody is left alone', async () => {
    const { peer } = stage
    const cases: SayCall[] = [
      { content: 'what does a data engineer do?' },
      { content: '@everyone what does a data engineer do?' },
      { content: `${mention()} what does a data engineer do?`, user: { username: 'robot', bot: true } },
    ]
    for (const call of cases) expect(await isSilent(stage, peer.say(call))).toBe(true)
    expectClean(stage)
  })

  it('somebody who floods a channel is told once, and then left alone', async () => {
    const { peer } = stage
    for (let i = 0; i < 40; i++) peer.say({ content: `${mention()} thanks`, user: 'flood' })
    const notice = await peer.waitForMessage((message) => /a lot of questions/.test(messageText(message)))
    await isSilent(stage, notice)
    const notices = peer
      .messages(notice.channel_id)
      .filter((one) => /a lot of questions/.test(messageText(one)))
    expect(notices).toHaveLength(1)
  })

  it('pings nobody, whatever is written', async () => {
    const answer = await say({
      content: `${mention()} @everyone do I need a visa for <@&1> <@1> <#1> in @here?`,
    })
    expect(answer.mentions).toEqual([])
    expect(answer.mention_everyone).toBe(false)
    for (const { body, method } of stage.peer.requests)
      if (method === 'POST') expect(body).toMatchObject({ allowed_mentions: { parse: [] } })
  })
})

describe('where the bot may not write', () => {
  it('the member is told in private who can mend it, and the log says what to do', async () => {
    const { peer } = stage
    for (const code of [50013, 50001]) {
      const user = `asker-${code}`
      peer.failNext({ method: 'POST', route: /\/channels\/\d+\/messages/, status: 403, code })
      peer.say({ content: `${mention()} what is a data engineer?`, user })
      const told = await peer.waitForMessage((message) => message.channel_id === peer.dmChannel(user))
      expect(messageText(told)).toMatch(/not allowed to answer there.*manages the server/s)
    }
    expect(stage.log()).toMatch(/give the bot \\"Send Messages\\"/)
    expect(stage.log()).toMatch(/give the bot \\"View Channel\\"/)
  })

  it('and not even in private, it is in the log and the bot goes on', async () => {
    const { peer } = stage
    peer.failNext({ method: 'POST', route: /\/channels\/\d+\/messages/, status: 403, code: 50013 })
    peer.failNext({
      method: 'POST',
      route: /\/users\/@me\/channels/,
      status: 403,
      code: 50007,
    })
    peer.say({ content: `${mention()} what is a data engineer?`, user: 'closed' })
    await expect.poll(() => stage.log()).toMatch(/50007/)
    expect(
      messageText(await say({ content: `${mention()} what is a data engineer?`, user: 'open' })),
    ).toMatch(/data/)
  })

  it('as a reply, it writes without the reply', async () => {
    const { peer } = stage
    peer.failNext({ method: 'POST', route: /\/channels\/\d+\/messages/, status: 400, code: 160002 })
    peer.say({
      content: `${mention()} which skills does a machine learning engineer need?`,
      user: 'history',
    })
    const answer = await peer.waitForMessage(
      (message) => message.message_reference === undefined && /machine learning/i.test(messageText(message)),
    )
    expect(messageText(answer)).toMatch(/Source/)
  })
})

describe('in the channels that an operator chose', () => {
  it('message content is asked for', () => {
    expect(Number(listening.peer.identifications[0]?.intents) & GatewayIntentBits.MessageContent).not.toBe(0)
  })

  it('a new post gets one answer when the bot is certain', async () => {
    const { peer } = listening
    const { message } = peer.createForumPost({
      title: 'Data engineer skills',
      content: 'Hi all! Which skills does a data engineer need? I am new here and a bit lost.',
      user: 'zoe',
    })
    const answer = await answerTo(listening, message)
    expect(messageText(answer)).toMatch(/Skills of a data engineer/)
    expect(messageText(answer)).toMatch(/Remove answer/)
    const later = peer.say({ content: 'thank you all', user: 'zoe', channel: message.channel_id })
    expect(await isSilent(listening, later)).toBe(true)
    expectClean(listening)
  })

  it.each([
    ['Anyone up for a game tonight?', 'We need two more players.'],
    ['My pipeline is broken', 'Jenkins says exit code 1 since this morning, please help'],
    ['Introduce yourself', 'Hello, I am Zoe and I love cats.'],
    ['Visa question', 'Do I need a visa to work as a data engineer in Canada?'],
  ])('%s: silence when it is not certain', async (title, content) => {
    const { message } = listening.peer.createForumPost({ title, content, user: 'zoe' })
    expect(await isSilent(listening, message)).toBe(true)
  })

  it('a question in a help channel is answered, and what people answer each other is not', async () => {
    const { peer } = listening
    const asked = peer.say({
      content: 'How much does a junior AI engineer earn?',
      user: 'yan',
      channel: 'ask-here',
    })
    expect(messageText(await answerTo(listening, asked))).toMatch(/\$70,000/)
    const reply = peer.say({
      content: 'How much does a senior AI engineer earn?',
      user: 'xen',
      channel: 'ask-here',
      replyTo: asked,
    })
    expect(await isSilent(listening, reply)).toBe(true)
    const elsewhere = peer.say({ content: 'How much does a junior AI engineer earn?', user: 'yan' })
    expect(await isSilent(listening, elsewhere)).toBe(true)
    expectClean(listening)
  })
})
