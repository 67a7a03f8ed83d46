import {
  type APIComponentInContainer,
  type APIMessageTopLevelComponent,
  type APIModalInteractionResponseCallbackData,
  type ButtonInteraction,
  ComponentType,
  type InteractionReplyOptions,
  type MessageCreateOptions,
  type StringSelectMenuInteraction,
  TextInputStyle,
} from 'discord.js'
import type { Logger } from '../../src/index.ts'
import { customId, readCustomId } from './custom-id.ts'
import { faultOf } from './faults.ts'
import { limits } from './limits.ts'
import { escapeMarkdown } from './markdown.ts'
import { notice, payload } from './render.ts'

type Pressed = ButtonInteraction | StringSelectMenuInteraction

/** The private answer that a button stands under, for everybody. */
export function shareable(interaction: Pressed): InteractionReplyOptions {
  const name = escapeMarkdown(interaction.user.displayName)
  return payload(withLine(publicParts(interaction), `-# Shared by ${name}`), {}) as InteractionReplyOptions
}

/**
 * Posts the private answer as a reply to a message. Where the bot is no member of the server, Discord takes it only as
 * a message of its own.
 */
export async function postAsReply(interaction: Pressed, message: string, logger: Logger): Promise<void> {
  const { channel, guildId } = interaction
  const isMember = guildId === null || interaction.client.guilds.cache.has(guildId)
  if (!isMember || channel === null || !channel.isSendable()) {
    await interaction.reply(shareable(interaction))
    return
  }
  await interaction.deferUpdate()
  const post = payload(publicParts(interaction), {}) as MessageCreateOptions
  try {
    await channel.send({ ...post, reply: { messageReference: message, failIfNotExists: false } })
    await interaction.followUp(notice('Posted as a reply to the message.') as InteractionReplyOptions)
  } catch (error) {
    const { code, mend, tell } = faultOf(error)
    logger.warn({ platform: 'discord', code, channel: channel.id, mend }, 'an answer could not be posted')
    await interaction.followUp(
      notice(
        tell ?? 'I could not post it. Please try again, or share it instead.',
      ) as InteractionReplyOptions,
    )
  }
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

function withLine(components: APIMessageTopLevelComponent[], line: string): APIMessageTopLevelComponent[] {
  return [...components, { type: ComponentType.TextDisplay, content: line }]
}
