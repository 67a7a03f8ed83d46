import { type APIMessage, InteractionResponseType, MessageFlags, PermissionFlagsBits } from 'discord.js'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { customIds, messageText } from '../../peers/discord/peer.ts'
import { openStage, type Stage } from './stage.ts'

const long = Array.from(
  { length: 60 },
  (_, i) => `Paragraph ${i + 1} tells something about tending bees. ${'It is a calm craft. '.repeat(8)}`,
).join('\n\n')

let stage: Stage
let pages: Stage
beforeAll(async () => {
  ;[stage, pages] = await Promise.all([
    openStage(),
    openStage({
      content: {
        'bees.md': `# Bees\n\n## Tending bees\n\n${long}\n\n## Honey\n\nHoney is sweet.\n`,
      },
    }),
  ])
})
afterAll(() => Promise.all([stage.close(), pages.close()]))
beforeEach(() => stage.peer.clear())

async function ask(on: Stage, question: string, more: Record<string, unknown> = {}): Promise<APIMessage> {
  const { message } = await on.peer.command({
    name: 'career',
    subcommand: 'ask',
    options: { question, ...more },
  })
  return message as APIMessage
}

function idOf(message: APIMessage, start: string): string {
  const id = customIds(message).find((one) => one.startsWith(start))
  if (id === undefined) throw new Error(`there is no ${start} in ${customIds(message)}`)
  return id
}

const hidden = ({ message }: { message?: APIMessage }): boolean =>
  ((message?.flags ?? 0) & MessageFlags.Ephemeral) !== 0

function expectClean(on: Stage): void {
  expect(on.peer.violations).toEqual([])
  expect(on.peer.unanswered()).toEqual([])
}

describe('the buttons of an answer', () => {
  it('open what they offer, for any member and for that member alone', async () => {
    const message = await ask(stage, 'What does a data engineer do?')
    for (const customId of customIds(message).filter((id) => id.startsWith('o:'))) {
      const reply = await stage.peer.button({ customId, message, user: 'somebody-else' })
      expect(messageText(reply.message as APIMessage)).toMatch(/Source: /)
      expect(hidden(reply)).toBe(true)
    }
    expectClean(stage)
  })

  it('lead from a job to all that is known of it', async () => {
    const { message } = await stage.peer.command({
      name: 'career',
      subcommand: 'role',
      options: { role: 'deep learning engineer' },
    })
    const shown = message as APIMessage
    for (const label of ['What they do', 'Skills', 'A working day', 'Where the work is used', 'Pay'])
      expect(messageText(shown)).toContain(label)
    for (const customId of customIds(shown).filter((id) => id.startsWith('o:')))
      expect(
        messageText((await stage.peer.button({ customId, message: shown })).message as APIMessage),
      ).toMatch(/Source: /)
    expectClean(stage)
  })

  it('have a menu of the other parts', async () => {
    const message = await ask(stage, 'What does a data engineer do?')
    const value = /"value":"(s\.[^"]+)"/.exec(JSON.stringify(message.components))?.[1] ?? ''
    const reply = await stage.peer.select({ customId: 'm:', values: [value], message })
    expect(messageText(reply.message as APIMessage)).toMatch(/Source: /)
    expectClean(stage)
  })

  it('share a private answer with everyone, without what is only for its owner', async () => {
    const message = await ask(stage, 'What is an NLP engineer?', { private: true })
    const after = await stage.peer.button({ customId: 's:', message, user: 'ann' })
    expect(after.type).toBe(InteractionResponseType.UpdateMessage)
    expect(customIds(after.message as APIMessage)).not.toContain('s:')
    const shared = await stage.peer.waitForMessage((one) => /Shared by/.test(messageText(one)))
    expect(hidden({ message: shared })).toBe(false)
    expect(messageText(shared)).toMatch(/NLP[\s\S]*Shared by <@\d+>/)
    expect(customIds(shared)).not.toContain('s:')
    expectClean(stage)
  })

  it('share nothing for somebody who may not write in the channel', async () => {
    const message = await ask(stage, 'What is an NLP engineer?', { private: true })
    const permissions = PermissionFlagsBits.ViewChannel | PermissionFlagsBits.UseApplicationCommands
    const refused = await stage.peer.button({ customId: 's:', message, user: 'muted', permissions })
    expect(hidden(refused)).toBe(true)
    expect(messageText(refused.message as APIMessage)).toMatch(/You may not write in this channel/)
    const target = stage.peer.say({ content: 'what is an NLP engineer?', user: 'zoe' })
    const seen = await stage.peer.messageCommand({ name: 'Answer this', target, user: 'muted' })
    const customId = idOf(seen.message as APIMessage, 'r:')
    const answered = seen.message as APIMessage
    const again = await stage.peer.button({ customId, message: answered, user: 'muted', permissions })
    expect(messageText(again.message as APIMessage)).toMatch(/You may not write in this channel/)
    expectClean(stage)
  })

  it('take thanks, and a complaint with a reason, without a name', async () => {
    const message = await ask(stage, 'What is a robotics engineer?')
    const reference = idOf(message, 'h:').slice(2)
    expect(
      messageText((await stage.peer.button({ customId: `h:${reference}`, message })).message as APIMessage),
    ).toMatch(/Thank you/)
    const form = await stage.peer.button({ customId: `n:${reference}`, message, user: 'critic' })
    expect(form.type).toBe(InteractionResponseType.Modal)
    const customId = String((form.data as { custom_id: string }).custom_id)
    const said = await stage.peer.modal({
      customId,
      user: 'critic',
      fields: { reason: 'Too short @everyone' },
    })
    expect(messageText(said.message as APIMessage)).toMatch(/Thank you/)
    const another = await stage.peer.button({ customId: `n:${reference}`, message, user: 'quiet' })
    await stage.peer.modal({
      customId: String((another.data as { custom_id: string }).custom_id),
      user: 'quiet',
    })
    await expect
      .poll(async () => (await stage.feedback()).map(({ helpful, reason }) => [helpful, reason]))
      .toEqual([
        [true, undefined],
        [false, 'Too short @everyone'],
        [false, undefined],
      ])
    expect(JSON.stringify(await stage.feedback())).not.toMatch(/critic|quiet/)
    expect(stage.log()).not.toContain('Too short')
    expectClean(stage)
  })

  it('that nobody knows any more are answered kindly', async () => {
    const { peer } = stage
    const stale = ['zz:1', 'o:0:s.gone1234', 'o:x:y', 'h', 'r:abc']
    const row = {
      type: 1,
      components: stale.map((custom_id) => ({ type: 2, style: 2, label: custom_id, custom_id })),
    }
    const menu = {
      type: 1,
      components: [{ type: 3, custom_id: 'm:', options: [{ label: 'Gone', value: 's.gone1234' }] }],
    }
    // An older version of the bot wrote this.
    const channel = peer.guilds[0]?.channels[0]?.id
    const posted = await fetch(`${peer.url}/api/v10/channels/${channel}/messages`, {
      method: 'POST',
      headers: { authorization: `Bot ${peer.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ flags: 1 << 15, components: [row, menu], allowed_mentions: { parse: [] } }),
    })
    const message = (await posted.json()) as APIMessage
    for (const customId of stale) {
      const reply = await peer.button({ customId, message })
      expect(messageText(reply.message as APIMessage)).toMatch(/older version of me|no longer there/)
    }
    const picked = await peer.select({ customId: 'm:', values: ['s.gone1234'], message })
    expect(messageText(picked.message as APIMessage)).toMatch(/no longer there/)
    expectClean(stage)
  })
})

describe('a long answer', () => {
  it('is cut into pages between paragraphs, within all limits', async () => {
    const first = await ask(pages, 'tending bees', { private: true })
    expect(messageText(first)).toMatch(/Page 1 of \d/)
    const total = Number(/Page 1 of (\d+)/.exec(messageText(first))?.[1])
    let message = first
    const read = [messageText(first)]
    for (let page = 1; page < total; page++) {
      const turned = await pages.peer.button({ customId: idOf(message, `p:${page}:`), message })
      expect(turned.type).toBe(InteractionResponseType.UpdateMessage)
      message = turned.message as APIMessage
      read.push(messageText(message))
    }
    for (let i = 1; i <= 60; i++)
      expect(read.filter((text) => text.includes(`Paragraph ${i} `))).toHaveLength(1)
    for (const text of read) expect(text).not.toMatch(/calm\n|a calm$/)
    expectClean(pages)
  })

  it('turns its pages for another member in private, and leaves the answer for all as it is', async () => {
    const message = await ask(pages, 'tending bees')
    const turned = await pages.peer.button({ customId: idOf(message, 'p:1:'), message, user: 'other' })
    expect(turned.type).toBe(InteractionResponseType.ChannelMessageWithSource)
    expect(hidden(turned)).toBe(true)
    expectClean(pages)
  })
})

describe('buttons of old answers', () => {
  it('work after the process was killed and started again', async () => {
    const message = await ask(stage, 'What does a data engineer do?')
    await stage.restart('SIGKILL')
    for (const customId of customIds(message).filter((id) => /^[oh]:/.test(id))) {
      const reply = await stage.peer.button({ customId, message })
      expect(messageText(reply.message as APIMessage)).toMatch(/Source: |Thank you/)
    }
    expectClean(stage)
  })
})

describe('dismissing an answer that nobody asked for', () => {
  it('is for the author and for moderators', async () => {
    const forum = await openStage({
      environment: { DISCORD_ANSWER_CHANNELS: '100000000000000900' },
      peer: {
        guilds: [{ channels: [{ name: 'general' }, { name: 'help', id: '100000000000000900', type: 15 }] }],
      },
    })
    try {
      const { peer } = forum
      const posts = [1, 2].map(() =>
        peer.createForumPost({
          title: 'What skills does a data engineer need?',
          content: 'See above',
          user: 'zoe',
        }),
      )
      for (const [i, { message: asked }] of posts.entries()) {
        const answer = await peer.waitForMessage((one) => one.message_reference?.message_id === asked.id)
        const customId = idOf(answer, 'x:')
        const refused = await peer.button({ customId, message: answer, user: 'mallory' })
        expect(messageText(refused.message as APIMessage)).toMatch(
          /Only whoever wrote the post, or a moderator/,
        )
        const who =
          i === 0 ? { user: 'zoe' } : { user: 'mod', permissions: PermissionFlagsBits.ManageMessages }
        await peer.button({ customId, message: answer, ...who })
        await expect
          .poll(() => peer.messages(asked.channel_id).some(({ id }) => id === answer.id))
          .toBe(false)
      }
      expectClean(forum)
    } finally {
      await forum.close()
    }
  })
})
