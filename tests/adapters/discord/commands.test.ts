import { type APIMessage, ApplicationCommandType, InteractionResponseType, MessageFlags } from 'discord.js'
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

function career(subcommand: string, options: Record<string, string | boolean> = {}, more = {}) {
  return stage.peer.command({ name: 'career', subcommand, options, ...more })
}

function textOf({ message }: ReceivedCallback): string {
  return message === undefined ? '' : messageText(message)
}

function isPrivate({ message }: ReceivedCallback): boolean {
  return ((message?.flags ?? 0) & MessageFlags.Ephemeral) !== 0
}

/** Every payload was one that Discord takes, and nobody waits for an answer. */
function expectClean(): void {
  expect(stage.peer.violations).toEqual([])
  expect(stage.peer.unanswered()).toEqual([])
}

describe('the commands', () => {
  it('are registered for servers and members, everywhere, with translated descriptions', () => {
    const [career, admin, message] = stage.peer.commands()
    expect(career).toMatchObject({ name: 'career', contexts: [0, 1, 2], integration_types: [0, 1] })
    expect(career?.options?.map(({ name }) => name)).toEqual([
      'ask',
      'role',
      'compare',
      'path',
      'salary',
      'learn',
      'start',
      'next',
      'forget-me',
      'about',
      'help',
    ])
    for (const locale of ['de', 'es-ES', 'fr'])
      expect(JSON.stringify(career?.options?.[0])).toContain(`"${locale}":`)
    expect(admin).toMatchObject({ name: 'career-admin', contexts: [0], default_member_permissions: '32' })
    expect(message).toMatchObject({ name: 'Answer this', type: ApplicationCommandType.Message })
  })

  it.each([
    ['ask', { question: 'What does a data engineer do?' }, /data pipelines/i, false],
    ['ask', { question: 'What does a data engineer do?', private: true }, /data pipelines/i, true],
    ['ask', { question: 'which skills?', role: 'NLP engineer' }, /NLP/, false],
    ['role', { role: 'data engineer' }, /Data engineer.*\n[\s\S]*Skills/, true],
    [
      'compare',
      { first: 'ML engineer', second: 'data engineer' },
      /Machine learning engineer and data engineer/,
      true,
    ],
    ['path', {}, /career ladder/i, true],
    [
      'path',
      { role: 'machine learning engineer', level: 'entry level' },
      /Junior machine learning engineer/,
      true,
    ],
    ['salary', {}, /\$/, true],
    ['salary', { level: 'senior level' }, /\$150,000/, true],
    ['salary', { role: 'data engineer' }, /don't have anything on \*\*pay\*\*/, true],
    ['learn', {}, /courses/i, true],
    ['about', {}, /403 sections|sections that people wrote/, true],
    ['help', {}, /Ask in your own words/, true],
  ] as const)('/career %s %j answers', async (subcommand, options, words, hidden) => {
    const reply = await career(subcommand, options)
    expect(reply.type).toBe(InteractionResponseType.ChannelMessageWithSource)
    expect(textOf(reply)).toMatch(words)
    expect(isPrivate(reply)).toBe(hidden)
    expectClean()
  })

  it('answer in a direct message for good, where nothing has to be hidden', async () => {
    const reply = await career('salary', {}, { guild: null })
    expect(isPrivate(reply)).toBe(false)
    expectClean()
  })

  it('work where a member installed the bot and the server did not', async () => {
    expect(
      textOf(await career('ask', { question: 'what is an AI engineer?' }, { userInstall: true })),
    ).toMatch(/AI engineer/)
    expectClean()
  })

  it('say the source with the date of its review', async () => {
    expect(textOf(await career('salary', { level: 'junior' }))).toMatch(
      /Pay at entry level[\s\S]*Source: Salary of AI engineers · from “.+” · reviewed\s\d+\s\w+\s20\d\d/,
    )
  })

  it('tell somebody who asks too much when to go on', async () => {
    const ask = () => career('ask', { question: 'thanks' }, { user: 'busy' })
    for (let i = 0; i < 30; i++) expect(textOf(await ask())).toMatch(/welcome/)
    const reply = await ask()
    expect(textOf(reply)).toMatch(/a lot of questions at once.*second/)
    expect(isPrivate(reply)).toBe(true)
    expect(textOf(await career('ask', { question: 'thanks' }, { user: 'calm' }))).toMatch(/welcome/)
    expectClean()
  })
})

describe('autocomplete', () => {
  const choices = async (subcommand: string, focused: string, typed: string) => {
    const { data } = await stage.peer.autocomplete({
      name: 'career',
      subcommand,
      options: { [focused]: typed },
      focused,
    })
    return (data as { choices: { name: string; value: string }[] }).choices
  }

  it('offers the usual questions before anything is typed', async () => {
    const offered = await choices('ask', 'question', '')
    expect(offered.length).toBe(25)
    expect(offered[0]?.name).toBe('What does an AI engineer do?')
    expectClean()
  })

  it('ranks by what is typed, mends typos and completes the last word', async () => {
    for (const typed of ['how much do jun', 'salery of a junior', 'how mcuh does a junior']) {
      const offered = await choices('ask', 'question', typed)
      expect(offered.slice(0, 4).map(({ name }) => name)).toContain(
        'How much does a junior AI engineer earn?',
      )
    }
  })

  it('never offers more than Discord takes, whatever is typed', async () => {
    for (const typed of ['a', 'data', 'x'.repeat(300), '💥'.repeat(50), '@everyone', '\u0000']) {
      const offered = await choices('ask', 'question', typed)
      expect(offered.length).toBeLessThanOrEqual(25)
    }
    expectClean()
  })

  it('finds a job by what people call it', async () => {
    expect((await choices('role', 'role', 'mle'))[0]?.name).toBe('machine learning engineer')
    expect((await choices('role', 'role', 'data eng'))[0]?.name).toBe('data engineer')
    expect((await choices('role', 'role', '')).length).toBe(8)
    expect((await choices('salary', 'level', 'jun'))[0]?.name).toBe('entry level')
  })

  it('offers only questions that get an answer', async () => {
    for (const { value } of (await choices('ask', 'question', '')).slice(0, 10)) {
      const text = textOf(await career('ask', { question: value }, { user: value.slice(0, 20) }))
      expect(text).toMatch(/Source: /)
    }
  })
})

describe('Answer this', () => {
  it("answers somebody's message privately and posts it as a reply to them when asked to", async () => {
    const { peer } = stage
    const asked = peer.say({ content: 'which programming languages does a data engineer need?', user: 'zoe' })
    const seen = await peer.messageCommand({ name: 'Answer this', target: asked, user: 'bob' })
    expect(isPrivate(seen)).toBe(true)
    expect(textOf(seen)).toMatch(/Scala/)
    const message = seen.message as APIMessage
    const post = customIds(message).find((id) => id.startsWith('r:'))
    await peer.button({ customId: String(post), message, user: 'bob' })
    const posted = await peer.waitForMessage((one) => one.message_reference?.message_id === asked.id)
    expect(messageText(posted)).toMatch(/Scala/)
    expect(messageText(posted)).not.toMatch(/Post as a reply/)
    expect(messageText(posted)).toMatch(/Shared by <@\d+>/)
    expectClean()
  })

  it('finds the question at the end of a long message, and leaves its own answers alone', async () => {
    const { peer } = stage
    const content = `Hello everybody! ${'I come from another field and I like this place. '.repeat(12)}So what skills does a data engineer need?`
    const seen = await peer.messageCommand({
      name: 'Answer this',
      target: peer.say({ content, user: 'zoe' }),
      user: 'bob',
    })
    expect(textOf(seen)).toMatch(/Skills of a data engineer/)
    const own = (await career('ask', { question: 'what is a data engineer?' })).message as APIMessage
    expect(textOf(await peer.messageCommand({ name: 'Answer this', target: own, user: 'bob' }))).toMatch(
      /answer of mine/,
    )
    expectClean()
  })

  it('says so when there is no text, or no answer to post', async () => {
    const { peer } = stage
    const empty = peer.say({ content: '', user: 'zoe' })
    expect(textOf(await peer.messageCommand({ name: 'Answer this', target: empty, user: 'bob' }))).toMatch(
      /no text in that message/,
    )
    const off = peer.say({ content: 'where can I buy a spark plug?', user: 'zoe' })
    const seen = await peer.messageCommand({ name: 'Answer this', target: off, user: 'bob' })
    expect(textOf(seen)).toMatch(/outside what I know/)
    expect(textOf(seen)).not.toMatch(/Post as a reply/)
    expectClean()
  })
})
