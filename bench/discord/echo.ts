// The least that a bot can be: what discord.js and Discord cost by themselves.
import {
  ButtonStyle,
  Client,
  ComponentType,
  Events,
  GatewayIntentBits,
  type Interaction,
  type InteractionReplyOptions,
} from 'discord.js'

const { DISCORD_TOKEN = '', DISCORD_API_URL = '' } = process.env
const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: DISCORD_API_URL } })

/** Members press buttons, too, so this one message has a button. */
const withButton = {
  type: ComponentType.ActionRow as const,
  components: [
    {
      type: ComponentType.Button as const,
      style: ButtonStyle.Primary as const,
      custom_id: 'echo',
      label: 'Echo',
    },
  ],
}

function plain(content: string): InteractionReplyOptions {
  return { content, allowedMentions: { parse: [] } }
}

async function echo(interaction: Interaction): Promise<void> {
  if (interaction.isAutocomplete()) {
    const typed = String(interaction.options.getFocused()).slice(0, 100)
    await interaction.respond(typed === '' ? [] : [{ name: typed, value: typed }])
  } else if (interaction.isChatInputCommand()) {
    const said = interaction.options.data[0]?.options?.map(({ value }) => value).join(' ')
    await interaction.reply(said ? plain(said) : { ...plain('help'), components: [withButton] })
  } else if (interaction.isMessageComponent()) await interaction.reply(plain(interaction.customId))
}

client.on(Events.InteractionCreate, echo)
await client.login(DISCORD_TOKEN)
