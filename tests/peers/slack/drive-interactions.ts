import { takeCommandAnswer, takeNothing, takeSuggestions } from './acknowledgements.ts'
import type {
  BlockActionCall,
  BlockSuggestionCall,
  CommandCall,
  MessageShortcutCall,
  ShortcutCall,
} from './calls.ts'
import {
  actorOf,
  channelName,
  type Driver,
  interactionPayload,
  responseUrl,
  sendInteraction,
  surfaceOf,
  surfacePayload,
} from './drive.ts'
import { actionOf, findElement, stateValues } from './element-state.ts'
import { publicMessage } from './messages.ts'
import type { Delivery } from './types.ts'

const command = async (driver: Driver, call: CommandCall): Promise<Delivery> => {
  const { core } = driver
  const actor = actorOf(core, call)
  const { team, user } = actor
  const channel = call.dm ? core.world.dm(team, user) : core.world.channel(team, call.channel)
  const payload = {
    token: 'verification-token',
    team_id: team.id,
    team_domain: team.domain,
    channel_id: channel.id,
    channel_name: channelName(channel),
    user_id: user.id,
    user_name: user.name,
    command: call.command,
    text: call.text ?? '',
    api_app_id: core.app.appId,
    is_enterprise_install: 'false',
    response_url: responseUrl(core, { team, user, channel }),
    trigger_id: core.tickets.trigger(actor),
  }
  const delivery = await driver.deliveries.send({ kind: 'slash_commands', payload }, call.command)
  const message = takeCommandAnswer(core, { team, user, channel }, delivery)
  return { ...delivery, ...(message ? { message } : {}) }
}

const blockAction = async (driver: Driver, call: BlockActionCall): Promise<Delivery> => {
  const { core } = driver
  const actor = actorOf(core, call)
  const surface = surfaceOf(core, call, actor)
  const { blocks } = 'view' in surface ? surface.view : surface.message
  const action = actionOf(findElement(blocks, call.actionId, call.blockId), call.value)
  const state = {
    values: stateValues(blocks, call.value === undefined ? {} : { [call.actionId]: call.value }),
  }
  const payload = {
    ...interactionPayload(driver, actor, 'block_actions'),
    ...surfacePayload(core, surface, actor),
    ...('view' in surface ? { view: { ...surface.view, state } } : { state }),
    trigger_id: core.tickets.trigger(actor),
    actions: [action],
  }
  const delivery = await sendInteraction(driver, payload, call.actionId)
  takeNothing(core, 'block_actions', delivery)
  return delivery
}

const blockSuggestion = async (driver: Driver, call: BlockSuggestionCall): Promise<Delivery> => {
  const { core } = driver
  const actor = actorOf(core, call)
  const surface = surfaceOf(core, call, actor)
  const { blocks } = 'view' in surface ? surface.view : surface.message
  const { block, element } = findElement(blocks, call.actionId, call.blockId)
  const least = typeof element.min_query_length === 'number' ? element.min_query_length : 3
  if (call.value.length < least) throw new Error(`Slack asks only from ${least} characters on`)
  const { response_url: _none, ...place } = surfacePayload(core, surface, actor)
  const payload = {
    ...interactionPayload(driver, actor, 'block_suggestion'),
    ...place,
    action_id: element.action_id,
    block_id: block.block_id,
    value: call.value,
  }
  const delivery = await sendInteraction(driver, payload, call.actionId)
  takeSuggestions(core, delivery)
  return delivery
}

const globalShortcut = async (driver: Driver, call: ShortcutCall): Promise<Delivery> => {
  const actor = actorOf(driver.core, call)
  const payload = {
    ...interactionPayload(driver, actor, 'shortcut'),
    callback_id: call.callbackId,
    trigger_id: driver.core.tickets.trigger(actor),
  }
  const delivery = await sendInteraction(driver, payload, call.callbackId)
  takeNothing(driver.core, 'shortcut', delivery)
  return delivery
}

const messageShortcut = async (driver: Driver, call: MessageShortcutCall): Promise<Delivery> => {
  const { core } = driver
  const actor = actorOf(core, call)
  const { message } = call
  const channel = core.world.channel(actor.team, message.channel)
  const payload = {
    ...interactionPayload(driver, actor, 'message_action'),
    callback_id: call.callbackId,
    trigger_id: core.tickets.trigger(actor),
    // A shortcut's response_url posts anew; it does not replace somebody else's message.
    response_url: responseUrl(core, { ...actor, channel }),
    message_ts: message.ts,
    message: publicMessage(message),
    channel: { id: channel.id, name: channelName(channel) },
  }
  const delivery = await sendInteraction(driver, payload, call.callbackId)
  takeNothing(core, 'message_action', delivery)
  return delivery
}

/** Commands, components and shortcuts. */
export const createInteractionCalls = (driver: Driver) => ({
  command: (call: CommandCall) => command(driver, call),
  blockAction: (call: BlockActionCall) => blockAction(driver, call),
  blockSuggestion: (call: BlockSuggestionCall) => blockSuggestion(driver, call),
  globalShortcut: (call: ShortcutCall) => globalShortcut(driver, call),
  messageShortcut: (call: MessageShortcutCall) => messageShortcut(driver, call),
})
