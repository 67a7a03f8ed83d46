import { InteractionResponseType as Callback, InteractionType } from 'discord.js'
import {
  ApplicationCommandAutocompleteCallbackRequestSchema,
  CreateMessageInteractionCallbackRequestSchema,
  ModalInteractionCallbackRequestSchema,
  PongInteractionCallbackRequestSchema,
  UpdateMessageInteractionCallbackRequestSchema,
} from 'discord-api-spec/zod'
import type { ZodMiniType } from 'zod/mini'
import { modalRules } from './component-rules.ts'
import type { InteractionState } from './interactions.ts'
import { deferralRules, IGNORED_MESSAGE_KEYS, messageRules } from './message-rules.ts'
import { below, isJson, type Json, jsonList, type Problem, text } from './problem.ts'
import { checkSchema } from './schema.ts'

const SCHEMAS: ReadonlyMap<unknown, ZodMiniType> = new Map<unknown, ZodMiniType>([
  [Callback.Pong, PongInteractionCallbackRequestSchema],
  [Callback.ChannelMessageWithSource, CreateMessageInteractionCallbackRequestSchema],
  [Callback.DeferredChannelMessageWithSource, CreateMessageInteractionCallbackRequestSchema],
  [Callback.DeferredMessageUpdate, UpdateMessageInteractionCallbackRequestSchema],
  [Callback.UpdateMessage, UpdateMessageInteractionCallbackRequestSchema],
  [Callback.ApplicationCommandAutocompleteResult, ApplicationCommandAutocompleteCallbackRequestSchema],
  [Callback.Modal, ModalInteractionCallbackRequestSchema],
])

const allowedTypes = (state: InteractionState): readonly Callback[] => {
  const replies = [Callback.ChannelMessageWithSource, Callback.DeferredChannelMessageWithSource]
  const updates = state.source ? [Callback.UpdateMessage, Callback.DeferredMessageUpdate] : []
  switch (state.type) {
    case InteractionType.ApplicationCommandAutocomplete:
      return [Callback.ApplicationCommandAutocompleteResult]
    case InteractionType.ModalSubmit:
      return [...replies, ...updates]
    case InteractionType.MessageComponent:
      return [...replies, ...updates, Callback.Modal]
    default:
      return [...replies, Callback.Modal]
  }
}

const withoutIgnored = (body: Json): Json => {
  if (!isJson(body.data)) return body
  const entries = Object.entries(body.data).filter(
    ([key]) => !(IGNORED_MESSAGE_KEYS as readonly string[]).includes(key),
  )
  return { ...body, data: Object.fromEntries(entries) }
}

const choiceRules = (data: Json): Problem[] =>
  jsonList(data.choices).flatMap((choice, index) =>
    text(choice.value).length > 100
      ? [{ path: ['choices', index, 'value'], problem: 'a choice value has at most 100 characters' }]
      : [],
  )

const dataRules = (body: Json, state: InteractionState): Problem[] => {
  const data = isJson(body.data) ? body.data : {}
  switch (body.type) {
    case Callback.ChannelMessageWithSource:
      return messageRules(data, { ephemeralAllowed: true })
    case Callback.UpdateMessage:
      return messageRules(data, { current: state.source, ephemeralAllowed: true })
    case Callback.DeferredChannelMessageWithSource:
      return deferralRules(data)
    case Callback.ApplicationCommandAutocompleteResult:
      return choiceRules(data)
    case Callback.Modal:
      return modalRules(data)
    default:
      return []
  }
}

/** Checks the callback of an interaction: its type for this interaction, its schema, its rules. */
export const callbackRules = (body: Json, state: InteractionState): Problem[] => {
  const schema = SCHEMAS.get(body.type)
  if (!schema) return [{ path: ['type'], problem: `unknown callback type ${String(body.type)}` }]
  if (!allowedTypes(state).some((type) => type === body.type)) {
    return [
      { path: ['type'], problem: `callback type ${String(body.type)} does not answer this interaction` },
    ]
  }
  const deferral = body.type === Callback.DeferredChannelMessageWithSource
  const problems = checkSchema(schema, deferral ? body : withoutIgnored(body))
  return [...problems, ...below(['data'], dataRules(body, state))]
}
