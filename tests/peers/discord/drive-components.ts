import { type APIMessage, ComponentType, InteractionType, MessageFlags } from 'discord.js'
import type { ComponentCall, ModalCall, SelectCall } from './calls.ts'
import { resolveIds } from './command-options.ts'
import { walkComponents } from './component-rules.ts'
import type { Core } from './core.ts'
import { messageOf } from './drive-commands.ts'
import { submittedComponents } from './modal-fields.ts'
import { resolvePlace, sendInteraction } from './place.ts'
import { type Json, jsonList } from './problem.ts'
import { interactionMetadata } from './routes-interaction.ts'
import type { ReceivedCallback } from './types.ts'

const numberOr = (value: unknown, otherwise: number): number =>
  typeof value === 'number' ? value : otherwise

const placedOn = (message: APIMessage, customId: string): Json => {
  const found = walkComponents(message.components, []).find(
    ({ component }) => component.custom_id === customId,
  )
  if (!found) throw new Error(`the message has no component "${customId}"`)
  if (found.component.disabled === true) throw new Error(`the component "${customId}" is disabled`)
  return found.component
}

const checkValues = (component: Json, values: readonly string[]): void => {
  const least = numberOr(component.min_values, 1)
  const most = numberOr(component.max_values, 1)
  if (values.length < least || values.length > most) {
    throw new Error(`the select takes ${least} to ${most} values, not ${values.length}`)
  }
  if (component.type !== ComponentType.StringSelect) return
  const offered = jsonList(component.options).map((option) => option.value)
  const strange = values.find((value) => !offered.includes(value))
  if (strange !== undefined) throw new Error(`the select does not offer "${strange}"`)
}

// Only the member to whom an ephemeral message answers sees it.
const viewer = (message: APIMessage, user: ComponentCall['user']): ComponentCall['user'] => {
  const ephemeral = ((message.flags ?? 0) & MessageFlags.Ephemeral) !== 0
  return user ?? (ephemeral ? message.interaction_metadata?.user.id : undefined)
}

/** Clicks, choices and submitted modals. */
export const createComponentCalls = (core: Core) => {
  const use = (call: ComponentCall, data: (component: Json) => Json): Promise<ReceivedCallback> => {
    const message = messageOf(core, call.message)
    const component = placedOn(message, call.customId)
    const user = viewer(message, call.user)
    const place = resolvePlace(core.world, {
      ...call,
      ...(user === undefined ? {} : { user }),
      channel: message.channel_id,
    })
    return sendInteraction(core, place, {
      type: InteractionType.MessageComponent,
      name: call.customId,
      source: message,
      data: {
        custom_id: call.customId,
        component_type: component.type,
        id: component.id,
        ...data(component),
      },
    })
  }

  const modal = (call: ModalCall): Promise<ReceivedCallback> => {
    const user = core.world.user(call.user)
    const shown = core.interactions.takeModal(user.id, call.customId)
    if (!shown) throw new Error(`no modal "${call.customId}" is open for ${user.username}`)
    const { channel, userInstall, source } = shown.state
    const place = resolvePlace(core.world, { ...call, user: user.id, channel: channel.id, userInstall })
    return sendInteraction(core, place, {
      type: InteractionType.ModalSubmit,
      name: call.customId,
      source,
      trigger: interactionMetadata(shown.state),
      data: { custom_id: call.customId, components: submittedComponents(shown.data, call.fields ?? {}) },
    })
  }

  return {
    button: (call: ComponentCall) =>
      use(call, (component) => {
        if (component.type !== ComponentType.Button) throw new Error(`"${call.customId}" is no button`)
        return {}
      }),
    select: (call: SelectCall) =>
      use(call, (component) => {
        if (component.type === ComponentType.Button) throw new Error(`"${call.customId}" is no select`)
        checkValues(component, call.values)
        const guildId = core.world.channels.get(messageOf(core, call.message).channel_id)?.guild_id
        const resolved = resolveIds(core.world, core.world.guilds.get(guildId ?? ''), call.values)
        return {
          values: call.values,
          ...(component.type === ComponentType.StringSelect ? {} : { resolved }),
        }
      }),
    modal,
  }
}
