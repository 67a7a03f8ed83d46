import {
  type APIApplicationCommand,
  type APIMessage,
  type APIUser,
  ApplicationIntegrationType,
  InteractionContextType,
  type InteractionType,
} from 'discord.js'
import type { Place } from './calls.ts'
import type { Core } from './core.ts'
import type { GuildState } from './guild-payloads.ts'
import { ATTACHMENT_SIZE_LIMIT, BOT_PERMISSIONS, type ChannelState, MEMBER_PERMISSIONS } from './payloads.ts'
import type { Json } from './problem.ts'
import type { ReceivedCallback } from './types.ts'
import type { World } from './world.ts'

/** Who does something, and where. */
export interface ResolvedPlace {
  user: APIUser
  channel: ChannelState
  /** Undefined in a direct message. */
  guild: GuildState | undefined
  context: InteractionContextType
  locale: string
  permissions: bigint
  userInstall: boolean
}

/** What is sent besides the place. */
export interface InteractionContent {
  type: InteractionType
  name: string
  data: Json
  source?: APIMessage | undefined
  trigger?: Json | undefined
}

/** Finds the place of a call; an id of a channel decides about the guild. */
export const resolvePlace = (world: World, call: Place): ResolvedPlace => {
  const user = world.user(call.user)
  const known = world.channels.get(call.channel ?? '')
  const direct = call.guild === null || (known !== undefined && known.guild_id === undefined)
  const guild = direct ? undefined : world.guild(known?.guild_id ?? call.guild ?? undefined)
  const channel = known ?? (guild ? world.channel(guild, call.channel) : world.dmChannel(user))
  if (guild) world.member(guild, user)
  const context = world.contextOf(channel)
  return {
    user,
    channel,
    guild,
    context,
    locale: call.locale ?? 'en-US',
    permissions: call.permissions ?? MEMBER_PERMISSIONS,
    // Where the bot is not, only members can have brought it.
    userInstall: call.userInstall ?? context === InteractionContextType.PrivateChannel,
  }
}

const ownersOf = ({ guild, user, userInstall }: ResolvedPlace): Json =>
  userInstall
    ? { [ApplicationIntegrationType.UserInstall]: user.id }
    : // In a direct message with the bot Discord sends 0 in place of a guild.
      { [ApplicationIntegrationType.GuildInstall]: guild?.id ?? '0' }

const whoPart = ({ guild, user, permissions }: ResolvedPlace): Json =>
  guild ? { member: { ...guild.members.get(user.id), permissions: permissions.toString() } } : { user }

const wherePart = ({ guild, channel, context, permissions }: ResolvedPlace): Json => ({
  channel_id: channel.id,
  channel: guild ? { ...channel, permissions: permissions.toString() } : channel,
  context,
  ...(guild
    ? {
        guild_id: guild.id,
        guild: { id: guild.id, locale: guild.locale, features: ['COMMUNITY'] },
        guild_locale: guild.locale,
      }
    : {}),
})

/** Refuses a command where its registration does not offer it. */
export const checkOffered = (command: APIApplicationCommand, place: ResolvedPlace): void => {
  const { context } = place
  if (command.contexts && !command.contexts.includes(context)) {
    throw new Error(`the command "${command.name}" is not offered in context ${context}`)
  }
  const types = command.integration_types
  if (place.userInstall && types && !types.includes(ApplicationIntegrationType.UserInstall)) {
    throw new Error(`the command "${command.name}" is not offered to users who install the application`)
  }
}

/** Sends an interaction to the client and returns the promise of its callback. */
export const sendInteraction = (
  core: Core,
  place: ResolvedPlace,
  content: InteractionContent,
): Promise<ReceivedCallback> => {
  const guildId = place.guild?.id
  if (!core.gateway.reaches(guildId)) throw new Error('no client is connected to the shard of this place')
  const { type, name, data, source, trigger } = content
  const owners = ownersOf(place)
  const { user, channel, userInstall } = place
  const setup = { type, name, user, channel, guildId, userInstall, owners, source, trigger }
  const { state, callback } = core.interactions.open(setup)
  core.gateway.dispatch({
    type: 'INTERACTION_CREATE',
    guildId,
    intents: 0,
    data: {
      id: state.id,
      application_id: core.world.applicationId,
      type,
      token: state.token,
      version: 1,
      data,
      ...whoPart(place),
      ...wherePart(place),
      ...(source ? { message: core.messages.find(source.id) ?? source } : {}),
      locale: place.locale,
      app_permissions: BOT_PERMISSIONS.toString(),
      entitlements: [],
      entitlement_sku_ids: [],
      authorizing_integration_owners: owners,
      attachment_size_limit: ATTACHMENT_SIZE_LIMIT,
    },
  })
  return callback
}
