import { once } from 'node:events'
import {
  ButtonBuilder,
  ButtonStyle,
  Client,
  type ClientOptions,
  ContainerBuilder,
  ContextMenuCommandBuilder,
  Events,
  GatewayIntentBits,
  type Interaction,
  type Message,
  MessageFlags,
  Partials,
  SectionBuilder,
  SlashCommandBuilder,
  StringSelectMenuBuilder,
  TextDisplayBuilder,
} from 'discord.js'
import { afterEach, expect } from 'vitest'
import { createDiscordPeer, type DiscordPeer, type DiscordPeerOptions } from './peer.ts'

const ALL_INTENTS = [
  GatewayIntentBits.Guilds,
  GatewayIntentBits.GuildMembers,
  GatewayIntentBits.GuildMessages,
  GatewayIntentBits.DirectMessages,
  GatewayIntentBits.MessageContent,
]

/** What the test bot registers. */
export const COMMANDS = [
  new SlashCommandBuilder()
    .setName('career')
    .setDescription('Ask about careers')
    .addSubcommand((sub) =>
      sub
        .setName('ask')
        .setDescription('Ask')
        .addStringOption((option) =>
          option.setName('question').setDescription('What?').setRequired(true).setAutocomplete(true),
        ),
    ),
  new ContextMenuCommandBuilder().setName('Answer this').setType(3),
  new ContextMenuCommandBuilder().setName('Profile').setType(2),
]

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** A peer that is closed after the test. Callbacks may take long on a busy machine. */
export const startPeer = async (options: DiscordPeerOptions = {}): Promise<DiscordPeer> => {
  const peer = await createDiscordPeer({ callbackTimeout: 60_000, ...options })
  closers.push(peer.close)
  return peer
}

/** A stock client of the peer, destroyed after the test. */
export const makeClient = (peer: DiscordPeer, options: Partial<ClientOptions> = {}): Client => {
  const client = new Client({
    intents: ALL_INTENTS,
    partials: [Partials.Channel],
    allowedMentions: { parse: [] },
    rest: { api: `${peer.url}/api` },
    ...options,
  })
  closers.push(() => client.destroy())
  return client
}

/** A client that is ready. */
export const login = async (
  peer: DiscordPeer,
  options: Partial<ClientOptions> = {},
): Promise<Client<true>> => {
  const client = makeClient(peer, options)
  const ready = once(client, Events.ClientReady)
  await client.login(peer.token)
  await ready
  return client as Client<true>
}

/** A peer and a client that has registered the commands. */
export const start = async (options: DiscordPeerOptions = {}, clientOptions: Partial<ClientOptions> = {}) => {
  const peer = await startPeer(options)
  const client = await login(peer, clientOptions)
  await client.application.commands.set(COMMANDS)
  return { peer, client }
}

/** Lets the client answer interactions; what goes wrong is for the peer to notice. */
export const onInteraction = (
  client: Client,
  answer: (interaction: Interaction) => Promise<unknown>,
): void => {
  client.on(Events.InteractionCreate, (interaction) => {
    answer(interaction).catch(() => undefined)
  })
}

/** The next message by an author. */
export const nextMessage = (client: Client, author: string): Promise<Message> =>
  new Promise((resolve) => {
    client.on(Events.MessageCreate, (message) => {
      if (message.author.username === author) resolve(message)
    })
  })

/** A slash command that the test bot has registered. */
export const ask = { name: 'career', subcommand: 'ask', options: { question: 'What is MLOps?' } } as const

/** A container with a button and a select. */
export const panel = () =>
  new ContainerBuilder()
    .addSectionComponents(
      new SectionBuilder()
        .addTextDisplayComponents(new TextDisplayBuilder().setContent('What an MLOps engineer does'))
        .setButtonAccessory(
          new ButtonBuilder().setCustomId('more').setLabel('More').setStyle(ButtonStyle.Primary),
        ),
    )
    .addActionRowComponents((row) =>
      row.addComponents(
        new StringSelectMenuBuilder()
          .setCustomId('role')
          .addOptions({ label: 'Data engineer', value: 'data' }, { label: 'Analyst', value: 'analyst' }),
      ),
    )

/** A Components V2 reply with a button and a select. */
export const panelReply = (extraFlags = 0) => ({
  flags: MessageFlags.IsComponentsV2 | extraFlags,
  components: [panel()],
})

/** Reads again until it fits. */
export const eventually = <Value>(read: () => Value) => expect.poll(read, { timeout: 20_000 })
