import { once } from 'node:events'
import {
  ActionRowBuilder,
  type AutocompleteInteraction,
  ButtonBuilder,
  ButtonStyle,
  Events,
  type RepliableInteraction,
  Routes,
} from 'discord.js'
import {
  ApplicationCommandResponseSchema,
  GuildMemberResponseSchema,
  InteractionCallbackResponseSchema,
  MessageResponseSchema,
  PrivateApplicationResponseSchema,
} from 'discord-api-spec/zod'
import { describe, expect, test } from 'vitest'
import type { ZodMiniType } from 'zod/mini'
import { BROKEN_CALLBACKS, BROKEN_CHOICES, BROKEN_COMMANDS, BROKEN_MESSAGES } from './broken-payloads.ts'
import type { DiscordPeer } from './peer.ts'
import { checkSchema } from './schema.ts'
import { ask, COMMANDS, onInteraction, panelReply, start } from './stock-client.ts'

describe('broken payloads', () => {
  const expectRefusal = (peer: DiscordPeer, body: unknown, problem: RegExp): void => {
    expect(peer.violations.map((violation) => violation.problem).join('\n')).toMatch(problem)
    expect(peer.violations[0]?.body).toEqual(body)
    peer.clear()
  }

  test('messages', async () => {
    const { peer, client } = await start()
    const route = Routes.channelMessages(peer.guilds[0]?.channels[0]?.id ?? '')
    for (const { name, body, problem } of BROKEN_MESSAGES) {
      await expect(client.rest.post(route, { body }), name).rejects.toMatchObject({
        status: 400,
        code: 50035,
      })
      expectRefusal(peer, body, problem)
    }
  })

  test('commands', async () => {
    const { peer, client } = await start()
    const route = Routes.applicationCommands(peer.applicationId)
    for (const { name, body, problem } of BROKEN_COMMANDS) {
      await expect(client.rest.put(route, { body }), name).rejects.toMatchObject({ status: 400, code: 50035 })
      expectRefusal(peer, body, problem)
    }
    expect(peer.commands()).toHaveLength(COMMANDS.length)
  })

  const callbackRoute = (interaction: RepliableInteraction | AutocompleteInteraction) =>
    Routes.interactionCallback(interaction.id, interaction.token)

  test('callbacks', async () => {
    const { peer, client } = await start()
    const arrived = once(client, Events.InteractionCreate)
    peer.command(ask).catch(() => undefined)
    const [interaction] = (await arrived) as [RepliableInteraction]
    for (const { name, body, problem } of BROKEN_CALLBACKS) {
      const sent = client.rest.post(callbackRoute(interaction), { body, auth: false })
      await expect(sent, name).rejects.toMatchObject({ status: 400, code: 50035 })
      expectRefusal(peer, body, problem)
    }
  })

  test('choices', async () => {
    const { peer, client } = await start()
    const arrived = once(client, Events.InteractionCreate)
    peer.autocomplete({ ...ask, focused: 'question' }).catch(() => undefined)
    const [interaction] = (await arrived) as [AutocompleteInteraction]
    for (const { name, body, problem } of BROKEN_CHOICES) {
      const sent = client.rest.post(callbackRoute(interaction), { body, auth: false })
      await expect(sent, name).rejects.toMatchObject({ status: 400, code: 50035 })
      expectRefusal(peer, body, problem)
    }
  })
})

test('what the peer answers fits the schemas of Discord', async () => {
  const { peer, client } = await start()
  const fits = (schema: ZodMiniType, value: unknown): void => {
    expect(checkSchema(schema, JSON.parse(JSON.stringify(value)))).toEqual([])
  }
  onInteraction(client, async (interaction) => {
    if (interaction.isRepliable()) await interaction.reply(panelReply())
    const row = new ActionRowBuilder<ButtonBuilder>().addComponents(
      new ButtonBuilder().setCustomId('a').setLabel('A').setStyle(ButtonStyle.Secondary),
    )
    const embed = { title: 'Roles', fields: [{ name: 'a', value: 'b' }] }
    if (interaction.isRepliable())
      await interaction.followUp({ content: 'x', components: [row], embeds: [embed] })
  })
  peer.say({ content: 'hello' })
  await peer.command(ask)
  await peer.waitForMessage((message) => message.content === 'x')
  for (const message of peer.messages('general')) fits(MessageResponseSchema, message)
  for (const command of peer.commands()) fits(ApplicationCommandResponseSchema, command)
  fits(GuildMemberResponseSchema, peer.member('ann'))
  fits(PrivateApplicationResponseSchema, await client.rest.get(Routes.currentApplication()))
  client.removeAllListeners(Events.InteractionCreate)
  const arrived = once(client, Events.InteractionCreate)
  peer.command(ask).catch(() => undefined)
  const [interaction] = (await arrived) as [RepliableInteraction]
  const body = { type: 5, data: { flags: 64 } }
  const query = new URLSearchParams({ with_response: 'true' })
  const route = Routes.interactionCallback(interaction.id, interaction.token)
  fits(InteractionCallbackResponseSchema, await client.rest.post(route, { body, query, auth: false }))
})
