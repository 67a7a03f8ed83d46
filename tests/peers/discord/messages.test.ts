import { once } from 'node:events'
import { ChannelType, Events, GatewayIntentBits, MessageFlags, Routes, TextDisplayBuilder } from 'discord.js'
import { describe, expect, test } from 'vitest'
import { messageText } from './peer.ts'
import { eventually, nextMessage, panel, start } from './stock-client.ts'

describe('messages, members and threads', () => {
  test('a mention is answered by a reply', async () => {
    const { peer, client } = await start(
      {},
      { intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages] },
    )
    client.on(Events.MessageCreate, (message) => {
      if (!message.author.bot) message.reply(`You said: ${message.content}`).catch(() => undefined)
    })
    peer.say({ content: `<@${peer.botUser.id}> hello` })
    const reply = await peer.waitForMessage((message) => message.content.startsWith('You said'))
    expect(reply.content).toContain('hello')
    expect(reply.message_reference?.message_id).toBeDefined()
    expect(peer.violations).toEqual([])
  })

  test('content is stripped without the intent, but not where the bot is addressed', async () => {
    const intents = [
      GatewayIntentBits.Guilds,
      GatewayIntentBits.GuildMessages,
      GatewayIntentBits.DirectMessages,
    ]
    const { peer, client } = await start({}, { intents })
    const seen: string[] = []
    client.on(Events.MessageCreate, (message) => {
      seen.push(message.content)
    })
    const channel = await client.channels.fetch(peer.guilds[0]?.channels[0]?.id ?? '')
    const own = channel?.isSendable() ? await channel.send('own') : undefined
    peer.say({ content: 'secret' })
    peer.say({ content: 'mentioned', mentions: ['bot'] })
    peer.say({ content: 'direct', dm: true })
    peer.say({ content: 'pinged', replyTo: own?.id ?? '' })
    peer.say({ content: 'not pinged', replyTo: own?.id ?? '', ping: false })
    await eventually(() => seen).toEqual(['own', '', 'mentioned', 'direct', 'pinged', ''])
  })

  test('events come only with their intents', async () => {
    const { peer, client } = await start(
      {},
      { intents: [GatewayIntentBits.Guilds, GatewayIntentBits.DirectMessages] },
    )
    const seen: string[] = []
    client.on(Events.Raw, (packet: { t: string }) => {
      seen.push(packet.t)
    })
    peer.say({ content: 'unseen' })
    peer.join({ user: 'cleo' })
    peer.say({ content: 'seen', dm: true })
    await eventually(() => seen).toEqual(['MESSAGE_CREATE'])
  })

  test('a new forum post arrives as a thread and its first message', async () => {
    const { peer, client } = await start()
    const thread = once(client, Events.ThreadCreate)
    const message = nextMessage(client, 'bea')
    peer.createForumPost({ title: 'Which role?', content: 'I like maths', user: 'bea' })
    expect((await thread)[0]).toMatchObject({ name: 'Which role?', type: ChannelType.PublicThread })
    expect((await thread)[1]).toBe(true)
    await (await message).reply('Data scientist')
    await peer.waitForMessage(({ content }) => content === 'Data scientist')
  })

  test('members join, change, get roles and a direct message', async () => {
    const { peer, client } = await start({ guilds: [{ roles: [{ name: 'Learner' }] }] })
    const joined = once(client, Events.GuildMemberAdd)
    peer.join({ user: 'dora', pending: true })
    const [member] = await joined
    expect(member).toMatchObject({ pending: true })
    const changed = once(client, Events.GuildMemberUpdate)
    peer.updateMember({ user: 'dora', pending: false, flags: 2 })
    expect((await changed)[1]).toMatchObject({ pending: false, flags: { bitfield: 2 } })
    await member.roles.add(peer.guilds[0]?.roles[1]?.id)
    expect(peer.member('dora')?.roles).toEqual([peer.guilds[0]?.roles[1]?.id])
    await member.send('Welcome')
    expect(peer.messages(peer.dmChannel('dora')).map(messageText)).toEqual(['Welcome'])
    expect(peer.violations).toEqual([])
  })

  test('a V2 message cannot lose its flag', async () => {
    const { peer, client } = await start()
    const channel = await client.channels.fetch(peer.guilds[0]?.channels[0]?.id ?? '')
    if (!channel?.isSendable()) throw new Error('not a text channel')
    const message = await channel.send({ flags: MessageFlags.IsComponentsV2, components: [panel()] })
    await message.react('👍')
    await message.edit({ components: [new TextDisplayBuilder().setContent('new')] })
    expect(peer.violations).toEqual([])
    const body = { content: 'x', flags: 0, allowed_mentions: { parse: [] } }
    const route = Routes.channelMessage(channel.id, message.id)
    await expect(client.rest.patch(route, { body })).rejects.toMatchObject({ code: 50035 })
    expect(peer.violations.map(({ problem }) => problem).join()).toMatch(/cannot be removed/)
    await message.delete()
    expect(peer.messages('general')).toEqual([])
  })
})
