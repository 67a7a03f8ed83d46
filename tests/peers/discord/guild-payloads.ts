import type { APIGuildMember, APIRole } from 'discord.js'
import { type ChannelState, NO_FLAGS } from './payloads.ts'
import type { Json } from './problem.ts'

/** A guild as it is kept. Roles and members are shared with what is sent. */
export interface GuildState {
  id: string
  name: string
  locale: string
  ownerId: string
  joinedAt: string
  roles: APIRole[]
  members: Map<string, APIGuildMember>
  /** It is named at the login and never sent. */
  unavailable: boolean
}

/** A role; the one with the guild's id is @everyone. */
export const rolePayload = (id: string, name: string, position: number, permissions: bigint): APIRole => ({
  id,
  name,
  position,
  permissions: permissions.toString(),
  color: 0,
  colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
  hoist: false,
  icon: null,
  unicode_emoji: null,
  managed: false,
  mentionable: false,
  flags: NO_FLAGS,
})

/** A guild as GET /guilds/:id answers. */
export const guildPayload = (guild: GuildState): Json => ({
  id: guild.id,
  name: guild.name,
  icon: null,
  description: null,
  home_header: null,
  splash: null,
  discovery_splash: null,
  features: ['COMMUNITY'],
  banner: null,
  owner_id: guild.ownerId,
  application_id: null,
  region: 'us-east',
  afk_channel_id: null,
  afk_timeout: 300,
  system_channel_id: null,
  system_channel_flags: 0,
  widget_enabled: false,
  widget_channel_id: null,
  verification_level: 0,
  roles: guild.roles,
  default_message_notifications: 0,
  mfa_level: 0,
  explicit_content_filter: 0,
  max_presences: null,
  max_members: 500_000,
  max_stage_video_channel_users: 50,
  max_video_channel_users: 25,
  vanity_url_code: null,
  premium_tier: 0,
  premium_subscription_count: 0,
  preferred_locale: guild.locale,
  rules_channel_id: null,
  safety_alerts_channel_id: null,
  public_updates_channel_id: null,
  premium_progress_bar_enabled: false,
  nsfw: false,
  nsfw_level: 0,
  emojis: [],
  stickers: [],
  incidents_data: null,
})

/** A guild as the gateway sends it; `members` holds whom the session's intents let it see. */
export const guildCreatePayload = (
  guild: GuildState,
  channels: readonly ChannelState[],
  threads: readonly ChannelState[],
  members: readonly APIGuildMember[],
): Json => ({
  ...guildPayload(guild),
  joined_at: guild.joinedAt,
  large: false,
  unavailable: false,
  member_count: guild.members.size,
  voice_states: [],
  members,
  channels,
  threads,
  presences: [],
  stage_instances: [],
  guild_scheduled_events: [],
  soundboard_sounds: [],
  lazy: true,
  version: Date.now(),
})
