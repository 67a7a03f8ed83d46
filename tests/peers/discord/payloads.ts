import {
  type APIGuildMember,
  type APIMessage,
  type APIUser,
  ChannelType,
  OverwriteType,
  PermissionFlagsBits,
} from 'discord.js'
import type { Json } from './problem.ts'
import type { ChannelSetup } from './types.ts'

/** A channel or thread as it is kept and sent. */
export interface ChannelState extends Json {
  id: string
  type: ChannelType
  name?: string
  guild_id?: string
  parent_id?: string | null
}

/** Attachments up to 10 MiB, as for a guild without boosts. */
export const ATTACHMENT_SIZE_LIMIT = 10_485_760

/** No bit set: as a plain number it fits every flag enumeration, which the literal 0 does not. */
export const NO_FLAGS: number = 0

const EVERYONE =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.SendMessagesInThreads |
  PermissionFlagsBits.CreatePublicThreads |
  PermissionFlagsBits.EmbedLinks |
  PermissionFlagsBits.AttachFiles |
  PermissionFlagsBits.AddReactions |
  PermissionFlagsBits.ReadMessageHistory |
  PermissionFlagsBits.UseExternalEmojis |
  PermissionFlagsBits.UseApplicationCommands |
  PermissionFlagsBits.ChangeNickname

/** What an ordinary member may do in every channel. */
export const MEMBER_PERMISSIONS = EVERYONE

/** What the bot's own role adds. */
export const BOT_PERMISSIONS =
  EVERYONE |
  PermissionFlagsBits.ManageRoles |
  PermissionFlagsBits.ManageMessages |
  PermissionFlagsBits.ManageThreads

/** A user with every member that Discord sends. */
export const userPayload = (
  id: string,
  username: string,
  globalName: string | null,
  bot: boolean,
): APIUser => ({
  id,
  username,
  avatar: null,
  discriminator: bot ? '0001' : '0',
  public_flags: NO_FLAGS,
  flags: NO_FLAGS,
  banner: null,
  accent_color: null,
  global_name: globalName,
  avatar_decoration_data: null,
  collectibles: null,
  primary_guild: null,
  ...(bot ? { bot: true } : {}),
})

/** A new member of a guild. */
export const memberPayload = (user: APIUser, roles: string[]): APIGuildMember => ({
  user,
  nick: null,
  avatar: null,
  banner: null,
  roles,
  joined_at: new Date().toISOString(),
  premium_since: null,
  communication_disabled_until: null,
  deaf: false,
  mute: false,
  pending: false,
  flags: NO_FLAGS,
})

/** A channel of a guild. */
export const channelPayload = (
  id: string,
  guildId: string,
  position: number,
  setup: ChannelSetup,
  tagIds: readonly string[],
): ChannelState => {
  const type = setup.type ?? ChannelType.GuildText
  const forum = type === ChannelType.GuildForum
  const { denied } = setup
  return {
    id,
    type,
    guild_id: guildId,
    name: setup.name,
    position,
    parent_id: setup.parentId ?? null,
    permission_overwrites:
      denied === undefined
        ? []
        : [{ id: guildId, type: OverwriteType.Role, allow: '0', deny: denied.toString() }],
    flags: 0,
    nsfw: false,
    topic: null,
    last_message_id: null,
    rate_limit_per_user: 0,
    ...(forum
      ? {
          available_tags: (setup.tags ?? []).map((name, index) => ({
            id: tagIds[index] ?? '0',
            name,
            moderated: false,
            emoji_id: null,
            emoji_name: null,
          })),
          default_reaction_emoji: null,
          default_sort_order: null,
          default_forum_layout: 0,
          template: '',
        }
      : {}),
  }
}

/** A direct-message channel between the bot and one user. */
export const dmPayload = (id: string, user: APIUser): ChannelState => ({
  id,
  type: ChannelType.DM,
  last_message_id: null,
  flags: 0,
  recipients: [user],
})

/** A channel of members among themselves. */
export const privatePayload = (id: string, users: readonly APIUser[]): ChannelState => ({
  id,
  type: users.length > 2 ? ChannelType.GroupDM : ChannelType.DM,
  last_message_id: null,
  flags: 0,
  recipients: [...users],
  ...(users.length > 2 ? { icon: null, owner_id: users[0]?.id } : {}),
})

/** A thread; its id is that of its first message when it starts from one. */
export const threadPayload = (
  id: string,
  parent: ChannelState,
  name: string,
  ownerId: string,
  extra: Json = {},
): ChannelState => ({
  id,
  type: ChannelType.PublicThread,
  ...(parent.guild_id === undefined ? {} : { guild_id: parent.guild_id }),
  parent_id: parent.id,
  name,
  owner_id: ownerId,
  last_message_id: null,
  message_count: 0,
  member_count: 1,
  total_message_sent: 0,
  rate_limit_per_user: 0,
  flags: 0,
  thread_metadata: {
    archived: false,
    archive_timestamp: new Date().toISOString(),
    auto_archive_duration: 4320,
    locked: false,
    create_timestamp: new Date().toISOString(),
  },
  ...extra,
})

/** A member as it stands beside a message or an interaction in which the user is named already. */
export const bareMember = (member: APIGuildMember): Json => {
  const { user: _user, ...rest } = member
  return rest
}

const readableWithoutIntent = (message: APIMessage, guildId: string | undefined, botId: string): boolean =>
  guildId === undefined || message.author.id === botId || message.mentions.some((user) => user.id === botId)

/** A message as an application without the message-content intent sees it. */
export const stripContent = (message: APIMessage, guildId: string | undefined, botId: string): APIMessage => {
  const referenced = message.referenced_message
  const inner = referenced ? { referenced_message: stripContent(referenced, guildId, botId) } : {}
  if (readableWithoutIntent(message, guildId, botId)) return { ...message, ...inner }
  const { poll: _poll, ...rest } = message
  return { ...rest, ...inner, content: '', embeds: [], attachments: [], components: [] }
}
