import {
  type APIComponentInContainer,
  type APIMessageTopLevelComponent,
  type APIModalInteractionResponseCallbackData,
  type ButtonInteraction,
  ComponentType,
  InteractionContextType,
  type InteractionReplyOptions,
  type InteractionUpdateOptions,
  type MessageCreateOptions,
  MessageFlags,
  PermissionFlagsBits,
  type StringSelectMenuInteraction,
  TextInputStyle,
} from 'discord.js'
import type { Logger } from '../../src/index.ts'
import { customId, readCustomId } from './custom-id.ts'
import { faultOf } from './faults.ts'
import { limits } from './limits.ts'
import { notice, type Payload, payload } from './render.ts'

type Pressed = ButtonInteraction | StringSelectMenuInteraction

/** Posts the private answer that a button stands under for everybody, once. */
export async function share(interaction: Pressed, logger: Logger): Promise<void> {
  if (!(await mayPost(interaction))) return
  const post = shareable(interaction)
  await interaction.update(withoutButtons(interaction))
  try {
    await interaction.followUp(post as InteractionReplyOptions)
  } catch (error) {
    await explain(interaction, error, logger)
  }
}

/**
 * Posts the private answer as a reply to a message, once. Where the bot is no member, of a server or of a group,
 * Discord takes it only as a message of its own.
 */
export async function postAsReply(interaction: Pressed, message: string, logger: Logger): Promise<void> {
  const { channel, guildId } = interaction
  const isMember =
    guildId === null
      ? interaction.context === InteractionContextType.BotDM
      : interaction.client.guilds.cache.has(guildId)
  if (!isMember || channel === null || !channel.isSendable()) return share(interaction, logger)
  if (!(await mayPost(interaction))) return
  const post = shareable(interaction) as MessageCreateOptions
  await interaction.update(withoutButtons(interaction))
  try {
    await channel.send({ ...post, reply: { messageReference: message, failIfNotExists: false } })
    await interaction.followUp(notice('Posted as a reply to the message.') as InteractionReplyOptions)
  } catch (error) {
    await explain(interaction, error, logger)
  }
}

/** Tells whoever pressed the button, whose private answer has lost it. */
async function explain(interaction: Pressed, error: unknown, logger: Logger): Promise<void> {
  const { code, mend, tell } = faultOf(error)
  logger.warn(
    { platform: 'discord', code, channel: interaction.channelId, mend },
    'an answer could not be posted',
  )
  const text = tell ?? 'I could not post it. Please ask again and try once more.'
  await interaction.followUp(notice(text) as InteractionReplyOptions)
}

/** Whoever may not write in a channel may not write there through the bot either; they are told. */
async function mayPost(interaction: Pressed): Promise<boolean> {
  const isThread = interaction.channel?.isThread() ?? false
  const needed = isThread ? PermissionFlagsBits.SendMessagesInThreads : PermissionFlagsBits.SendMessages
  if (!interaction.inGuild() || interaction.memberPermissions.has(needed)) return true
  const text = 'You may not write in this channel, so I cannot post the answer there for you.'
  await interaction.reply(notice(text) as InteractionReplyOptions)
  return false
}

function shareable(interaction: Pressed): Payload {
  // A name could be a link; a mention is always this member, and pings nobody here.
  return payload(
    [
      ...publicParts(interaction),
      { type: ComponentType.TextDisplay, content: `-# Shared by <@${interaction.user.id}>` },
    ],
    {},
  )
}

/** The private answer, which was posted and cannot be posted again. */
function withoutButtons(interaction: Pressed): InteractionUpdateOptions {
  const { flags: _, ...rest } = payload(publicParts(interaction), {})
  return { ...rest, flags: MessageFlags.IsComponentsV2 }
}

/** The form behind "Not helpful". */
export function reasonForm(reference: string, click: string): APIModalInteractionResponseCallbackData {
  return {
    custom_id: customId({ kind: 'reason', reference, click }) ?? 'w:',
    title: 'What was not helpful?',
    components: [
      {
        type: ComponentType.Label,
        label: 'What was missing or wrong? (optional)',
        description: 'It is kept without your name, for the people who write the documents.',
        component: {
          type: ComponentType.TextInput,
          custom_id: 'reason',
          style: TextInputStyle.Paragraph,
          max_length: limits.reason,
          required: false,
        },
      },
    ],
  }
}

/** The message's own components without the buttons that make sense only in private. */
function publicParts({ message }: Pressed): APIMessageTopLevelComponent[] {
  return message.components.map((component) => {
    const json = component.toJSON() as APIMessageTopLevelComponent
    if (json.type !== ComponentType.Container) return json
    return { ...json, components: json.components.map(forEverybody).filter(hasSomething) }
  })
}

function forEverybody(part: APIComponentInContainer): APIComponentInContainer {
  if (part.type !== ComponentType.ActionRow) return part
  const components = part.components.filter((one) => !('custom_id' in one) || !isPrivateOnly(one.custom_id))
  return { ...part, components }
}

function hasSomething(part: APIComponentInContainer): boolean {
  return part.type !== ComponentType.ActionRow || part.components.length > 0
}

function isPrivateOnly(id: string): boolean {
  const kind = readCustomId(id)?.kind
  return kind === 'share' || kind === 'reply-to'
}
