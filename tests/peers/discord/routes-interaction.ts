import {
  type APIMessage,
  InteractionResponseType as Callback,
  InteractionType,
  MessageFlags,
  MessageType,
} from 'discord.js'
import {
  IncomingWebhookInteractionRequestSchema,
  IncomingWebhookUpdateRequestPartialSchema,
} from 'discord-api-spec/zod'
import { callbackRules } from './callback-rules.ts'
import { type Core, DiscordError, deleteMessage, publishMessage, unknown } from './core.ts'
import type { InteractionState } from './interactions.ts'
import { IGNORED_MESSAGE_KEYS, messageRules } from './message-rules.ts'
import { isJson, type Json } from './problem.ts'
import type { RestReply, RestRequest, Route } from './rest.ts'
import { checkSchema } from './schema.ts'

/** Follow-ups of an application that only the member has installed. */
const USER_INSTALL_FOLLOW_UPS = 5

/** The `interaction_metadata` of what an interaction makes. */
export const interactionMetadata = (state: InteractionState): Json => ({
  id: state.id,
  type: state.type,
  user: state.user,
  authorizing_integration_owners: state.owners,
  ...(state.type === InteractionType.MessageComponent && state.source
    ? { interacted_message_id: state.source.id }
    : {}),
  ...(state.trigger ? { triggering_interaction_metadata: state.trigger } : {}),
})

const sentBy = (core: Core, state: InteractionState, followUp: boolean): Json => ({
  application_id: core.world.applicationId,
  webhook_id: core.world.applicationId,
  interaction_metadata: {
    ...interactionMetadata(state),
    ...(followUp && state.originalId ? { original_response_message_id: state.originalId } : {}),
  },
  ...(state.type === InteractionType.ApplicationCommand && !followUp
    ? { interaction: { id: state.id, type: state.type, name: state.name, user: state.user } }
    : {}),
})

const createReply = (core: Core, state: InteractionState, data: Json, flags: number): APIMessage => {
  const followUp = state.originalId !== undefined
  const extra = {
    flags,
    type:
      state.type === InteractionType.ApplicationCommand && !followUp
        ? MessageType.ChatInputCommand
        : MessageType.Reply,
    interaction: sentBy(core, state, followUp),
  }
  const message = core.messages.create(state.channel, core.world.bot, data, extra)
  publishMessage(core, 'MESSAGE_CREATE', message)
  return message
}

const editReply = (core: Core, message: APIMessage, data: Json): APIMessage => {
  const next = core.messages.edit(message, data, MessageFlags.Loading)
  publishMessage(core, 'MESSAGE_UPDATE', next)
  return next
}

const applyCallback = (core: Core, state: InteractionState, body: Json): APIMessage | undefined => {
  const data = isJson(body.data) ? body.data : {}
  switch (body.type) {
    case Callback.ChannelMessageWithSource:
      return createReply(core, state, data, 0)
    case Callback.DeferredChannelMessageWithSource:
      return createReply(core, state, data, MessageFlags.Loading)
    case Callback.UpdateMessage: {
      const current = core.messages.find(state.source?.id ?? '')
      return current && editReply(core, current, data)
    }
    case Callback.DeferredMessageUpdate:
      return core.messages.find(state.source?.id ?? '')
    case Callback.Modal:
      core.interactions.showModal(state, data)
      return undefined
    default:
      return undefined
  }
}

const callbackResponse = (state: InteractionState, message: APIMessage | undefined, type: unknown): Json => {
  const flags = message?.flags ?? 0
  const updates = type === Callback.UpdateMessage || type === Callback.DeferredMessageUpdate
  return {
    interaction: {
      id: state.id,
      type: state.type,
      channel_id: state.channel.id,
      ...(state.guildId === undefined ? {} : { guild_id: state.guildId }),
      ...(message
        ? {
            response_message_id: message.id,
            response_message_loading: (flags & MessageFlags.Loading) !== 0,
            response_message_ephemeral: (flags & MessageFlags.Ephemeral) !== 0,
          }
        : {}),
    },
    ...(message
      ? { resource: { type: updates ? Callback.UpdateMessage : Callback.ChannelMessageWithSource, message } }
      : {}),
  }
}

const answerInteraction = (core: Core, request: RestRequest): RestReply => {
  const { id = '', token = '' } = request.params
  const state = core.interactions.waiting(id, token)
  if (!state) throw unknown.interaction()
  if (state.status === 'answered') {
    request.violation('Interaction has already been acknowledged.')
    throw new DiscordError(400, 40060, 'Interaction has already been acknowledged.')
  }
  const body = request.json()
  request.refuse(callbackRules(body, state))
  const message = applyCallback(core, state, body)
  if (message) state.originalId = message.id
  core.interactions.answered(state, {
    at: request.at,
    type: Number(body.type) as Callback,
    data: isJson(body.data) ? body.data : {},
    ...(message ? { message } : {}),
  })
  if (request.query.get('with_response') !== 'true') return { status: 204 }
  return { status: 200, body: callbackResponse(state, message, body.type) }
}

const stateOf = (core: Core, { params }: RestRequest): InteractionState => {
  const state = core.interactions.byToken(params.token ?? '')
  if (params.app !== core.world.applicationId) throw unknown.webhook()
  if (!state) throw new DiscordError(401, 50027, 'Invalid Webhook Token')
  if (state.status !== 'answered') throw unknown.webhook()
  return state
}

const messageOf = (core: Core, state: InteractionState, request: RestRequest): APIMessage => {
  const { message: id = '' } = request.params
  const message = core.messages.find(id === '@original' ? (state.originalId ?? '') : id)
  if (message?.channel_id !== state.channel.id) throw unknown.message()
  return message
}

const loadingOriginal = (core: Core, state: InteractionState): APIMessage | undefined => {
  const original = core.messages.find(state.originalId ?? '')
  return original && ((original.flags ?? 0) & MessageFlags.Loading) !== 0 ? original : undefined
}

const followUp = (core: Core, request: RestRequest): RestReply => {
  const state = stateOf(core, request)
  const body = request.json()
  request.refuse([
    ...checkSchema(IncomingWebhookInteractionRequestSchema, body, IGNORED_MESSAGE_KEYS),
    ...messageRules(body, { ephemeralAllowed: true }),
  ])
  // The first follow-up of a deferred reply takes the place of its loading state.
  const loading = loadingOriginal(core, state)
  if (loading) return { status: 200, body: editReply(core, loading, body) }
  state.followUps += 1
  if (state.userInstall && state.followUps > USER_INSTALL_FOLLOW_UPS) {
    const text = 'This interaction has reached the maximum number of follow-up messages'
    request.violation(text)
    throw new DiscordError(400, 40094, text)
  }
  return { status: 200, body: createReply(core, state, body, 0) }
}

const edit = (core: Core, request: RestRequest): RestReply => {
  const state = stateOf(core, request)
  const current = messageOf(core, state, request)
  const body = request.json()
  request.refuse([
    ...checkSchema(IncomingWebhookUpdateRequestPartialSchema, body, IGNORED_MESSAGE_KEYS),
    ...messageRules(body, { current, ephemeralAllowed: true }),
  ])
  return { status: 200, body: editReply(core, current, body) }
}

/** The routes that answer interactions: callbacks, and the webhook of an interaction's token. */
export const interactionRoutes = (core: Core): Route[] => {
  const message = '/webhooks/:app/:token/messages/:message'
  return [
    {
      method: 'POST',
      path: '/interactions/:id/:token/callback',
      handle: (request) => answerInteraction(core, request),
    },
    { method: 'POST', path: '/webhooks/:app/:token', handle: (request) => followUp(core, request) },
    {
      method: 'GET',
      path: message,
      handle: (request) => ({ status: 200, body: messageOf(core, stateOf(core, request), request) }),
    },
    { method: 'PATCH', path: message, handle: (request) => edit(core, request) },
    {
      method: 'DELETE',
      path: message,
      handle: (request) => {
        deleteMessage(core, messageOf(core, stateOf(core, request), request))
        return { status: 204 }
      },
    },
  ]
}
