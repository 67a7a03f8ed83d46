import {
  type AutocompleteInteraction,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type Interaction,
  type InteractionReplyOptions,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
  type ModalSubmitInteraction,
  PermissionFlagsBits,
  RESTJSONErrorCodes,
  type RepliableInteraction,
  type StringSelectMenuInteraction,
} from 'discord.js'
import type { Bot, Logger, Reply } from '../../src/index.ts'
import { adminCommandName, answerThisCommand, careerCommand } from './commands.ts'
import { type Community, limitsOf } from './community.ts'
import { type Action, readCustomId } from './custom-id.ts'
import { faultOf } from './faults.ts'
import { askerOf, eventOf, isAboutMember, isDirect, platform } from './interaction-events.ts'
import { limits } from './limits.ts'
import type { createMemberRoles } from './member-roles.ts'
import { adapterWords, notice, type Payload, render, type View } from './render.ts'
import { postAsReply, reasonForm, share } from './share.ts'

type Pressed = ButtonInteraction | StringSelectMenuInteraction

interface InteractionDeps {
  bot: Bot
  logger: Logger
  /** @returns what to tell whoever manages the server */
  admin(interaction: ChatInputCommandInteraction): Promise<string>
  giveRoles: ReturnType<typeof createMemberRoles>
  community: Community
}

/** Answers every interaction, whatever it is; it never throws. */
export function createInteractions({ bot, logger, admin, giveRoles, community }: InteractionDeps) {
  const whoAsks = (interaction: Interaction, isPrivate: boolean) => ({
    ...askerOf(interaction, isPrivate),
    ...limitsOf(community, interaction.guildId),
  })

  async function handle(interaction: Interaction): Promise<void> {
    if (interaction.isAutocomplete()) return complete(interaction)
    if (interaction.isChatInputCommand() && interaction.commandName === careerCommand)
      return command(interaction)
    if (interaction.isChatInputCommand() && interaction.commandName === adminCommandName)
      return send(interaction, adapterWords(await admin(interaction)))
    if (interaction.isMessageContextMenuCommand() && interaction.commandName === answerThisCommand)
      return answerThis(interaction)
    if (interaction.isButton() || interaction.isStringSelectMenu()) return component(interaction)
    if (interaction.isModalSubmit()) return modal(interaction)
    if (interaction.isRepliable()) await send(interaction, notice(outdated))
  }

  function complete(interaction: AutocompleteInteraction): Promise<void> {
    const { name, value } = interaction.options.getFocused(true)
    const typed = String(value)
    const { questions, roles, levels } = bot.complete
    const find = name === 'question' ? questions : name === 'level' ? levels : roles
    const choices = find(typed, limits.choices).map(({ label, value }) => ({
      name: label.slice(0, limits.choice),
      value: value.slice(0, limits.choice),
    }))
    return interaction.respond(choices)
  }

  async function command(interaction: ChatInputCommandInteraction): Promise<void> {
    const name = interaction.options.getSubcommand(false)
    // A question is worth reading for everybody, looking something up only for whoever does it.
    const isWanted = isAboutMember(name) || (interaction.options.getBoolean('private') ?? name !== 'ask')
    const isPrivate = isWanted && !isDirect(interaction)
    const event = eventOf(name, interaction, whoAsks(interaction, isPrivate))
    if (event === undefined) return send(interaction, notice(outdated))
    await show(interaction, await bot.handle(event), { isPrivate })
  }

  async function answerThis(interaction: MessageContextMenuCommandInteraction): Promise<void> {
    const { targetMessage } = interaction
    if (targetMessage.author.id === interaction.client.user.id)
      return send(
        interaction,
        notice('That is an answer of mine. Pick a message in which somebody asks something.'),
      )
    const text = targetMessage.content.slice(0, limits.question)
    if (text.trim() === '')
      return send(interaction, notice('There is no text in that message that I could read.'))
    const reply = await bot.handle({
      kind: 'question',
      text,
      ...whoAsks(interaction, true),
      alone: true,
      quoted: true,
    })
    const canPost = reply.kind === 'answer' || reply.kind === 'comparison'
    await show(interaction, reply, { isPrivate: true, ...(canPost && { replyTo: targetMessage.id }) })
  }

  async function component(interaction: Pressed): Promise<void> {
    const action = readCustomId(interaction.customId)
    if (action === undefined) return send(interaction, notice(outdated))
    await act(interaction, action)
  }

  async function act(interaction: Pressed, action: Action): Promise<void> {
    const isHidden = interaction.message.flags.has(MessageFlags.Ephemeral)
    // What one member picks under an answer for all is theirs alone, so that no channel fills up.
    const isPrivate = isHidden || !isDirect(interaction)
    const open = (reference: string) =>
      bot.handle({ kind: 'open', reference, ...whoAsks(interaction, isPrivate) })
    switch (action.kind) {
      case 'open':
        return show(interaction, await open(action.reference), { isPrivate, page: action.page })
      case 'more': {
        const [reference = ''] = interaction.isStringSelectMenu() ? interaction.values : []
        return show(interaction, await open(reference), { isPrivate })
      }
      case 'page': {
        const reply = await open(action.reference)
        if (isHidden && reply.kind !== 'silent' && reply.kind !== 'limited') {
          await interaction.update(asUpdate(render(reply, { isPrivate, page: action.page })))
          return
        }
        return show(interaction, reply, { isPrivate, page: action.page })
      }
      case 'helpful':
        return show(interaction, await rate(interaction, action.reference, true, clickOf(interaction)), {
          isPrivate: true,
        })
      case 'not-helpful': {
        const click = clickOf(interaction)
        await rate(interaction, action.reference, false, click)
        return interaction.showModal(reasonForm(action.reference, click))
      }
      case 'share':
        return share(interaction, logger)
      case 'reply-to':
        return postAsReply(interaction, action.message, logger)
      case 'dismiss':
        return dismiss(interaction, action.author)
      case 'help':
        return show(interaction, await bot.handle({ kind: 'help', ...whoAsks(interaction, true) }), {
          isPrivate: true,
        })
      case 'begin':
        return begin(interaction, action.guild)
      case 'step':
        return step(interaction, action)
      case 'reason':
        return send(interaction, notice(outdated))
    }
  }

  /** Under a greeting for many, the tour begins for whoever presses it, and for them alone. */
  async function begin(interaction: Pressed, guild: string | undefined): Promise<void> {
    const isPrivate = !isDirect(interaction)
    const reply = await bot.handle({ kind: 'start', ...whoAsks(interaction, isPrivate) })
    await show(interaction, reply, { isPrivate, guild })
  }

  /** The tour goes on in its own message. */
  async function step(interaction: Pressed, action: Extract<Action, { kind: 'step' }>): Promise<void> {
    const { guild } = action
    const choice = (interaction.isStringSelectMenu() && interaction.values[0]) || action.choice
    const isPrivate = !isDirect(interaction)
    const reply = await bot.handle({ kind: 'step', choice, ...whoAsks(interaction, isPrivate) })
    const isOwn = !isPrivate || interaction.message.flags.has(MessageFlags.Ephemeral)
    if (reply.kind !== 'step' || !isOwn) return show(interaction, reply, { isPrivate, guild })
    await interaction.update(asUpdate(render(reply, { isPrivate, guild })))
    const server = interaction.guildId ?? guild
    if (server !== undefined) await giveRoles(server, interaction.user.id, rolesOf(interaction), reply)
  }

  async function modal(interaction: ModalSubmitInteraction): Promise<void> {
    const action = readCustomId(interaction.customId)
    if (action?.kind !== 'reason') return send(interaction, notice(outdated))
    const reason = interaction.fields.getTextInputValue('reason').trim().slice(0, limits.reason)
    // The click itself was counted when the form opened.
    if (reason !== '') await rate(interaction, action.reference, false, action.click, reason)
    await send(interaction, notice('Thank you for saying so. The people who write my documents will see it.'))
  }

  function rate(
    { user }: Interaction,
    reference: string,
    helpful: boolean,
    click: string,
    reason?: string,
  ): Promise<Reply> {
    return bot.handle({
      kind: 'feedback',
      reference,
      helpful,
      reason,
      click: `${platform}:${click}`,
      member: `${platform}:${user.id}`,
      platform,
    })
  }

  async function dismiss(interaction: Pressed, author: string): Promise<void> {
    const mayManage = interaction.memberPermissions?.has(PermissionFlagsBits.ManageMessages) ?? false
    if (interaction.user.id !== author && !mayManage)
      return send(
        interaction,
        notice('Only whoever wrote the post, or a moderator, can take this answer away.'),
      )
    await interaction.deferUpdate()
    await interaction.deleteReply()
  }

  function show(interaction: RepliableInteraction, reply: Reply, view: View): Promise<void> {
    if (reply.kind === 'silent') return send(interaction, notice(outdated))
    // Talk about the bot itself is noise for everybody else.
    const isPrivate = view.isPrivate || reply.kind === 'limited'
    return send(interaction, render(reply, { ...view, isPrivate }))
  }

  return async (interaction: Interaction): Promise<void> => {
    try {
      await handle(interaction)
    } catch (error) {
      const { code, mend } = faultOf(error)
      logger.error(
        { platform: 'discord', code, channel: interaction.channelId, mend },
        'an interaction failed',
      )
      // Discord has given up on it, or another process has answered: nothing more reaches the member.
      if (
        code === RESTJSONErrorCodes.UnknownInteraction ||
        code === RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged
      )
        return
      if (!interaction.isRepliable() || interaction.replied) return
      const apology = notice('Something went wrong on my side. Please ask again.')
      await send(interaction, apology).catch(() => {
        // Discord does not take it, and there is no other way to reach the member.
      })
    }
  }
}

const outdated = 'This is from an older version of me. Please ask again with /career ask.'

async function send(interaction: RepliableInteraction, payload: Payload): Promise<void> {
  if (interaction.deferred) await interaction.followUp(payload as InteractionReplyOptions)
  else await interaction.reply(payload as InteractionReplyOptions)
}

/** An update cannot change who sees the message. */
function asUpdate({ flags, ...rest }: Payload): Payload & { flags: MessageFlags.IsComponentsV2 } {
  return { ...rest, flags: flags & MessageFlags.IsComponentsV2 }
}

/** Names the click and nobody; short enough to stand in a custom id beside a reference. */
function clickOf({ id }: Interaction): string {
  return BigInt(id).toString(36)
}

/** @returns undefined where Discord does not say them: in a direct message */
function rolesOf({ member }: Interaction): readonly string[] | undefined {
  if (member === null) return undefined
  return Array.isArray(member.roles) ? member.roles : [...member.roles.cache.keys()]
}
