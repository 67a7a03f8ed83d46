import {
  type APIGuildMember,
  type APIMessage,
  GatewayIntentBits,
  InteractionContextType,
  MessageFlags,
} from 'discord.js'
import type { CommandStore } from './commands.ts'
import type { Gateway } from './gateway.ts'
import type { GuildState } from './guild-payloads.ts'
import type { InteractionRegistry } from './interactions.ts'
import type { MessageStore } from './messages.ts'
import { bareMember, stripContent } from './payloads.ts'
import { describeProblem, type Json, nestedErrors, type Problem } from './problem.ts'
import type { Violation } from './types.ts'
import type { World } from './world.ts'

/** The state that routes and driving calls share. */
export interface Core {
  readonly world: World
  readonly messages: MessageStore
  readonly commands: CommandStore
  readonly interactions: InteractionRegistry
  readonly gateway: Gateway
  readonly violations: Violation[]
  readonly token: string
  readonly shards: number
  readonly disallowedIntents: number
  readonly gatewayUrl: () => string
}

/** An answer that Discord gives instead of doing what was asked. */
export class DiscordError extends Error {
  readonly status: number
  readonly body: Json
  constructor(status: number, code: number, message: string, extra: Json = {}) {
    super(message)
    this.status = status
    this.body = { message, code, ...extra }
  }
}

/** Answers for what does not exist. */
export const unknown = {
  channel: () => new DiscordError(404, 10003, 'Unknown Channel'),
  guild: () => new DiscordError(404, 10004, 'Unknown Guild'),
  member: () => new DiscordError(404, 10007, 'Unknown Member'),
  message: () => new DiscordError(404, 10008, 'Unknown Message'),
  role: () => new DiscordError(404, 10011, 'Unknown Role'),
  user: () => new DiscordError(404, 10013, 'Unknown User'),
  webhook: () => new DiscordError(404, 10015, 'Unknown Webhook'),
  interaction: () => new DiscordError(404, 10062, 'Unknown interaction'),
  command: () => new DiscordError(404, 10063, 'Unknown application command'),
}

/** Records every problem and answers with Discord's 50035; does nothing when there is none. */
export const refuse = (
  violations: Violation[],
  route: string,
  body: unknown,
  problems: readonly Problem[],
): void => {
  if (problems.length === 0) return
  for (const problem of problems) violations.push({ route, body, problem: describeProblem(problem) })
  throw new DiscordError(400, 50035, 'Invalid Form Body', { errors: nestedErrors(problems) })
}

type MessageEvent = 'MESSAGE_CREATE' | 'MESSAGE_UPDATE'

const memberPart = (core: Core, message: APIMessage, guildId: string): Json => {
  const members = core.world.guilds.get(guildId)?.members
  const member = members?.get(message.author.id)
  const mentions = message.mentions.map((user) => {
    const mentioned = members?.get(user.id)
    return mentioned ? { ...user, member: bareMember(mentioned) } : user
  })
  return { guild_id: guildId, mentions, ...(member ? { member: bareMember(member) } : {}) }
}

/** Tells the sessions that ask for messages about one; of an ephemeral message nobody is told. */
export const publishMessage = (core: Core, type: MessageEvent, message: APIMessage): void => {
  if (((message.flags ?? 0) & MessageFlags.Ephemeral) !== 0) return
  const channel = core.world.channels.get(message.channel_id)
  if (channel && core.world.contextOf(channel) === InteractionContextType.PrivateChannel) return
  const guildId = channel?.guild_id
  const dm = guildId === undefined
  const event = (content: APIMessage): Json => ({
    ...content,
    channel_type: channel?.type,
    ...(dm ? {} : memberPart(core, message, guildId)),
  })
  core.gateway.dispatch({
    type,
    guildId,
    intents: dm ? GatewayIntentBits.DirectMessages : GatewayIntentBits.GuildMessages,
    data: undefined,
    dataFor: (intents) =>
      (intents & GatewayIntentBits.MessageContent) !== 0
        ? event(message)
        : event(stripContent(message, guildId, core.world.bot.id)),
  })
}

/** Removes a message and tells about it. */
export const deleteMessage = (core: Core, message: APIMessage): void => {
  core.messages.remove(message.id)
  if (((message.flags ?? 0) & MessageFlags.Ephemeral) !== 0) return
  const guildId = core.world.channels.get(message.channel_id)?.guild_id
  core.gateway.dispatch({
    type: 'MESSAGE_DELETE',
    guildId,
    intents: guildId === undefined ? GatewayIntentBits.DirectMessages : GatewayIntentBits.GuildMessages,
    data: {
      id: message.id,
      channel_id: message.channel_id,
      ...(guildId === undefined ? {} : { guild_id: guildId }),
    },
  })
}

/** Changes a member and tells the sessions that ask for members. */
export const changeMember = (
  core: Core,
  guild: GuildState,
  member: APIGuildMember,
  changes: Json,
): APIGuildMember => {
  const next = { ...member, ...changes } as APIGuildMember
  guild.members.set(member.user.id, next)
  core.gateway.dispatch({
    type: 'GUILD_MEMBER_UPDATE',
    guildId: guild.id,
    // A bot is told about itself in any case.
    intents: member.user.id === core.world.bot.id ? 0 : GatewayIntentBits.GuildMembers,
    data: { ...next, guild_id: guild.id },
  })
  return next
}
