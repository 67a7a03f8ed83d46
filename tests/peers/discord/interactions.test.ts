import { once } from 'node:events'
import {
  Events,
  GatewayIntentBits,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  type RepliableInteraction,
  Routes,
  SlashCommandBuilder,
  TextDisplayBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js'
import { describe, expect, test } from 'vitest'
import { customIds, messageText } from './peer.ts'
import { ask, eventually, onInteraction, panelReply, start } from './stock-client.ts'

describe('interactions', () => {
  test('a slash command carries its place and gets a reply', async () => {
    const { peer, client } = await start()
    const seen: unknown[] = []
    onInteraction(client, async (interaction) => {
      if (!interaction.isChatInputCommand()) return
      seen.push(
        interaction.options.getSubcommand(),
        interaction.options.getString('question'),
        interaction.locale,
      )
      seen.push(interaction.inGuild(), interaction.context, interaction.member?.user.username)
      const response = await interaction.reply({ content: 'An answer', withResponse: true })
      seen.push(response.resource?.message?.content)
    })
    const callback = await peer.command({ ...ask, user: 'bea', locale: 'de' })
    expect(callback).toMatchObject({ type: 4, data: { content: 'An answer' } })
    expect(callback.at).toBeGreaterThanOrEqual(callback.sentAt)
    await eventually(() => seen).toEqual(['ask', 'What is MLOps?', 'de', true, 0, 'bea', 'An answer'])
    expect(peer.messages('general').map(messageText)).toEqual(['An answer'])
    expect(peer.violations).toEqual([])
  })

  test('a command works in a direct message', async () => {
    const { peer, client } = await start()
    onInteraction(client, async (interaction) => {
      if (interaction.isRepliable()) await interaction.reply(String(interaction.channel?.isDMBased()))
    })
    expect(await peer.command({ ...ask, guild: null })).toMatchObject({ data: { content: 'true' } })
  })

  test('a deferred reply is edited, followed up and deleted', async () => {
    const { peer, client } = await start()
    onInteraction(client, async (interaction) => {
      if (!interaction.isRepliable()) return
      await interaction.deferReply({ flags: MessageFlags.Ephemeral })
      await interaction.editReply(panelReply())
      await interaction.followUp('And more')
      expect((await interaction.fetchReply()).components).toHaveLength(1)
      await interaction.deleteReply()
    })
    expect(await peer.command(ask)).toMatchObject({ type: 5, data: { flags: 64 } })
    const edited = await peer.waitForMessage((message) => message.components?.length === 1)
    expect(edited.flags).toBe(MessageFlags.Ephemeral | MessageFlags.IsComponentsV2)
    await peer.waitForMessage((message) => message.content === 'And more')
    await eventually(() => peer.messages('general').map(messageText)).toEqual(['And more'])
    expect(peer.violations).toEqual([])
  })

  test('autocomplete gets choices', async () => {
    const { peer, client } = await start()
    onInteraction(client, async (interaction) => {
      if (!interaction.isAutocomplete()) return
      await interaction.respond([{ name: `${interaction.options.getFocused()} engineer`, value: 'x' }])
    })
    const callback = await peer.autocomplete({ ...ask, focused: 'question', options: { question: 'ml' } })
    expect(callback).toMatchObject({ type: 8, data: { choices: [{ name: 'ml engineer', value: 'x' }] } })
  })

  test('buttons, selects and modals follow from the message', async () => {
    const { peer, client } = await start()
    onInteraction(client, async (interaction) => {
      if (interaction.isChatInputCommand()) await interaction.reply(panelReply())
      if (interaction.isStringSelectMenu()) {
        await interaction.update({
          components: [new TextDisplayBuilder().setContent(interaction.values.join())],
        })
      }
      if (interaction.isButton()) {
        const input = new TextInputBuilder().setCustomId('why').setStyle(TextInputStyle.Paragraph)
        const label = new LabelBuilder().setLabel('Why?').setTextInputComponent(input)
        await interaction.showModal(
          new ModalBuilder().setCustomId('feedback').setTitle('Tell us').addLabelComponents(label),
        )
      }
      if (interaction.isModalSubmit()) {
        await interaction.reply(`Because ${interaction.fields.getTextInputValue('why')}`)
      }
    })
    const { message } = await peer.command(ask)
    expect(message && customIds(message)).toEqual(['more', 'role'])
    const place = { user: 'bea', message: message?.id ?? '' }
    expect(await peer.button({ customId: 'more', ...place })).toMatchObject({ type: 9 })
    const submitted = await peer.modal({ customId: 'feedback', user: 'bea', fields: { why: 'I care' } })
    expect(submitted).toMatchObject({ type: 4, data: { content: 'Because I care' } })
    const updated = await peer.select({ customId: 'role', values: ['data'], ...place })
    expect(updated.type).toBe(7)
    expect(updated.message && messageText(updated.message)).toBe('data')
    await expect(peer.button({ customId: 'more', ...place })).rejects.toThrow(/no component/)
    expect(peer.violations).toEqual([])
  })

  test('context-menu commands see their target', async () => {
    const { peer, client } = await start({}, { intents: [GatewayIntentBits.Guilds] })
    onInteraction(client, async (interaction) => {
      if (interaction.isMessageContextMenuCommand())
        await interaction.reply(interaction.targetMessage.content)
      if (interaction.isUserContextMenuCommand()) await interaction.reply(interaction.targetUser.username)
    })
    const target = peer.say({ content: 'What does a data analyst do?', user: 'bea' })
    const answered = await peer.messageCommand({ name: 'Answer this', target })
    expect(answered.data.content).toBe('What does a data analyst do?')
    expect((await peer.userCommand({ name: 'Profile', target: 'bea' })).data.content).toBe('bea')
  })

  test('a member cannot send what Discord would not offer', async () => {
    const { peer } = await start()
    await expect(peer.command({ name: 'nothing' })).rejects.toThrow(/not registered/)
    await expect(peer.command({ name: 'career', subcommand: 'ask' })).rejects.toThrow(/required option/)
    await expect(peer.modal({ customId: 'm' })).rejects.toThrow(/no modal/)
  })

  test('a second callback gets 40060', async () => {
    const { peer, client } = await start()
    const codes: unknown[] = []
    onInteraction(client, async (interaction) => {
      if (!interaction.isRepliable()) return
      const body = { type: 4, data: { content: 'x', allowed_mentions: { parse: [] } } }
      const route = Routes.interactionCallback(interaction.id, interaction.token)
      await client.rest.post(route, { body, auth: false })
      await client.rest.post(route, { body, auth: false }).catch((error) => codes.push(error.code))
    })
    await peer.command(ask)
    await eventually(() => codes).toEqual([40060])
    expect(peer.violations).toHaveLength(1)
  })

  test('a late callback gets 10062 and is listed', async () => {
    const { peer, client } = await start({ callbackTimeout: 30 })
    const arrived = once(client, Events.InteractionCreate)
    await expect(peer.command(ask)).rejects.toThrow(/no callback/)
    const [interaction] = (await arrived) as [RepliableInteraction]
    await expect(interaction.reply('late')).rejects.toMatchObject({ code: 10062 })
    expect(peer.unanswered()).toMatchObject([{ id: interaction.id, name: 'career' }])
  })

  test('the first follow-up takes the place of the loading state', async () => {
    const { peer, client } = await start()
    onInteraction(client, async (interaction) => {
      if (!interaction.isRepliable()) return
      await interaction.deferReply()
      await interaction.followUp('first')
      await interaction.followUp({ content: 'second', files: [Buffer.from('a file')] })
    })
    const { message } = await peer.command(ask)
    await peer.waitForMessage(({ content }) => content === 'second')
    expect(peer.messages('general').map(messageText)).toEqual(['first', 'second'])
    expect(peer.messages('general')[0]?.id).toBe(message?.id)
    expect(peer.violations).toEqual([])
  })

  test('an application of the member alone has five follow-ups', async () => {
    const { peer, client } = await start()
    await client.application.commands.create(
      new SlashCommandBuilder()
        .setName('mine')
        .setDescription('x')
        .setIntegrationTypes(1)
        .setContexts(0, 1, 2),
    )
    const codes: unknown[] = []
    onInteraction(client, async (interaction) => {
      if (!interaction.isRepliable()) return
      await interaction.reply(JSON.stringify(interaction.authorizingIntegrationOwners))
      for (let count = 0; count < 6; count += 1) {
        await interaction.followUp('more').catch((error) => codes.push(error.code))
      }
    })
    await peer.command({ name: 'mine', userInstall: true })
    await eventually(() => codes).toEqual([40094])
    await expect(peer.command({ ...ask, userInstall: true })).rejects.toThrow(/not offered/)
  })

  test('a token dies', async () => {
    const { peer, client } = await start({ tokenLifetime: 0 })
    const codes: unknown[] = []
    onInteraction(client, async (interaction) => {
      if (!interaction.isRepliable()) return
      await interaction.deferReply()
      await interaction.editReply('late').catch((error) => codes.push(error.code))
    })
    await peer.command(ask)
    await eventually(() => codes).toEqual([50027])
  })
})
