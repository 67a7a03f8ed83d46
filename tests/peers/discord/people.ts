import { type APIGuildMember, type APIMessage, ChannelType, GatewayIntentBits } from 'discord.js'
import type { ForumPostCall, MemberCall, SayCall } from './calls.ts'
import { type Core, changeMember, publishMessage } from './core.ts'
import { messageOf } from './drive-commands.ts'
import { threadPayload } from './payloads.ts'
import { resolvePlace } from './place.ts'
import type { Json } from './problem.ts'
import type { UserReference } from './types.ts'

const changesOf = ({ nick, roles, pending, flags }: MemberCall): Json =>
  Object.fromEntries(
    Object.entries({ nick, roles, pending, flags }).filter(([, value]) => value !== undefined),
  )

/** What people do besides using commands: write, post, join, leave. */
export const createPeople = (core: Core) => {
  const { world } = core
  const named = (reference: UserReference) => (reference === 'bot' ? world.bot : world.user(reference))

  const say = (call: SayCall): APIMessage => {
    const target = call.replyTo === undefined ? undefined : messageOf(core, call.replyTo)
    const channel = call.channel ?? target?.channel_id
    const place = resolvePlace(world, {
      ...(call.user === undefined ? {} : { user: call.user }),
      ...(call.dm ? { guild: null } : call.guild === undefined ? {} : { guild: call.guild }),
      ...(channel === undefined || call.dm ? {} : { channel }),
    })
    const pinged = target && call.ping !== false ? [target.author] : []
    const message = core.messages.create(
      place.channel,
      place.user,
      { content: call.content },
      {
        mentions: [...pinged, ...(call.mentions ?? []).map(named)],
        ...(target ? { reference: target } : {}),
      },
    )
    publishMessage(core, 'MESSAGE_CREATE', message)
    return message
  }

  const createForumPost = (call: ForumPostCall): { threadId: string; message: APIMessage } => {
    const author = world.user(call.user)
    const guild = world.guild(call.guild)
    world.member(guild, author)
    const forum = world.channel(guild, call.channel, ChannelType.GuildForum)
    const applied = { applied_tags: call.tags ?? [], message_count: 0 }
    const thread = threadPayload(world.nextId(), forum, call.title, author.id, applied)
    world.addChannel(thread)
    core.gateway.dispatch({
      type: 'THREAD_CREATE',
      guildId: guild.id,
      intents: GatewayIntentBits.Guilds,
      data: { ...thread, newly_created: true },
    })
    // The first message of a forum post has the id of the thread.
    const message = core.messages.create(thread, author, { content: call.content }, { id: thread.id })
    publishMessage(core, 'MESSAGE_CREATE', message)
    return { threadId: thread.id, message }
  }

  const join = (call: MemberCall): APIGuildMember => {
    const guild = world.guild(call.guild)
    const user = world.user(call.user)
    guild.members.delete(user.id)
    const member = { ...world.member(guild, user), ...changesOf(call) } as APIGuildMember
    guild.members.set(user.id, member)
    const data = { ...member, guild_id: guild.id }
    core.gateway.dispatch({
      type: 'GUILD_MEMBER_ADD',
      guildId: guild.id,
      intents: GatewayIntentBits.GuildMembers,
      data,
    })
    return member
  }

  const leave = (call: Pick<MemberCall, 'user' | 'guild'>): void => {
    const guild = world.guild(call.guild)
    const user = world.user(call.user)
    guild.members.delete(user.id)
    core.gateway.dispatch({
      type: 'GUILD_MEMBER_REMOVE',
      guildId: guild.id,
      intents: GatewayIntentBits.GuildMembers,
      data: { guild_id: guild.id, user },
    })
  }

  const updateMember = (call: MemberCall): APIGuildMember => {
    const guild = world.guild(call.guild)
    return changeMember(core, guild, world.member(guild, world.user(call.user)), changesOf(call))
  }

  return { say, createForumPost, join, leave, updateMember }
}
