import {
  type APIApplicationCommand,
  type APIMessage,
  ApplicationCommandType,
  InteractionType,
} from 'discord.js'
import type { AutocompleteCall, CommandCall, MessageCommandCall, UserCommandCall } from './calls.ts'
import { buildOptions, resolveIds } from './command-options.ts'
import type { Core } from './core.ts'
import { checkOffered, type ResolvedPlace, resolvePlace, sendInteraction } from './place.ts'
import type { Json } from './problem.ts'
import type { ReceivedCallback } from './types.ts'

/** The message that a call names by itself or by its id. */
export const messageOf = (core: Core, reference: string | APIMessage): APIMessage => {
  const id = typeof reference === 'string' ? reference : reference.id
  const message = core.messages.find(id)
  if (!message) throw new Error(`there is no message ${id}`)
  return message
}

/** Commands of all kinds, as members use them. */
export const createCommandCalls = (core: Core, registeredOnly: boolean) => {
  const registered = (
    name: string,
    type: ApplicationCommandType,
    place: ResolvedPlace,
  ): APIApplicationCommand | undefined => {
    const command = core.commands.find(name, type, place.guild?.id)
    if (!command && registeredOnly) throw new Error(`the bot has not registered a command "${name}"`)
    if (command) checkOffered(command, place)
    return command
  }

  const head = (
    name: string,
    type: ApplicationCommandType,
    command: APIApplicationCommand | undefined,
  ): Json => ({
    id: command?.id ?? core.world.nextId(),
    name,
    type,
    ...(command?.guild_id === undefined ? {} : { guild_id: command.guild_id }),
  })

  const slash = (call: CommandCall, focused?: string): Promise<ReceivedCallback> => {
    const place = resolvePlace(core.world, call)
    const command = registered(call.name, ApplicationCommandType.ChatInput, place)
    const { options, resolved } = buildOptions(core.world, place.guild, command, call, focused)
    const data = {
      ...head(call.name, ApplicationCommandType.ChatInput, command),
      ...(options.length > 0 ? { options } : {}),
      ...(Object.keys(resolved).length > 0 ? { resolved } : {}),
    }
    const type =
      focused === undefined
        ? InteractionType.ApplicationCommand
        : InteractionType.ApplicationCommandAutocomplete
    return sendInteraction(core, place, { type, name: call.name, data })
  }

  const contextMenu = (
    place: ResolvedPlace,
    name: string,
    type: ApplicationCommandType,
    targetId: string,
    resolved: Json,
  ): Promise<ReceivedCallback> => {
    const command = registered(name, type, place)
    const data = { ...head(name, type, command), target_id: targetId, resolved }
    return sendInteraction(core, place, { type: InteractionType.ApplicationCommand, name, data })
  }

  return {
    command: (call: CommandCall) => slash(call),
    autocomplete: (call: AutocompleteCall) => slash(call, call.focused),
    messageCommand: (call: MessageCommandCall) => {
      const message = messageOf(core, call.target)
      const place = resolvePlace(core.world, { ...call, channel: message.channel_id })
      const resolved = { messages: { [message.id]: message } }
      return contextMenu(place, call.name, ApplicationCommandType.Message, message.id, resolved)
    },
    userCommand: (call: UserCommandCall) => {
      const target = core.world.user(call.target)
      const place = resolvePlace(core.world, call)
      if (place.guild) core.world.member(place.guild, target)
      const resolved = resolveIds(core.world, place.guild, [target.id])
      return contextMenu(place, call.name, ApplicationCommandType.User, target.id, resolved)
    },
  }
}
