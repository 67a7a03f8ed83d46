import type {
  APIApplicationCommand,
  APIGuildMember,
  APIMessage,
  APIUser,
  ChannelType,
  InteractionResponseType,
} from 'discord.js'
import type {
  AutocompleteCall,
  CommandCall,
  ComponentCall,
  DropOptions,
  Failure,
  ForumPostCall,
  MemberCall,
  MessageCommandCall,
  ModalCall,
  SayCall,
  SelectCall,
  UserCommandCall,
} from './calls.ts'
import type { Json } from './problem.ts'

/** A request that Discord would have refused, or that breaks a rule every bot should keep. */
export interface Violation {
  /** `METHOD /path` without the API version. */
  route: string
  body: unknown
  problem: string
}

/** A person. Known by id or by username; an unknown one comes into being when first named. */
export interface UserSetup {
  username: string
  id?: string
  globalName?: string
  bot?: boolean
}

/** An id, a username or a whole description. */
export type UserReference = string | UserSetup

/** A channel of a guild. `type` is a text channel when unset; `tags` are the tags of a forum. */
export interface ChannelSetup {
  name: string
  id?: string
  type?: ChannelType
  parentId?: string
  tags?: readonly string[]
  /** Permissions that nobody has there, the bot neither. */
  denied?: bigint
}

/** A guild that the bot is in. Unset parts get the defaults of `createDiscordPeer`. */
export interface GuildSetup {
  name?: string
  id?: string
  locale?: string
  channels?: readonly ChannelSetup[]
  roles?: readonly { name: string; id?: string }[]
  members?: readonly UserReference[]
  /** Discord never sends it, as with a disturbance of its own. */
  unavailable?: boolean
}

/** A guild as tests see it. */
export interface PeerGuild {
  id: string
  name: string
  channels: readonly { id: string; name: string; type: ChannelType }[]
  roles: readonly { id: string; name: string }[]
}

/** Settings of a peer. Times in milliseconds. */
export interface DiscordPeerOptions {
  /** The only token that is let in; default `test-token`. */
  token?: string
  applicationId?: string
  applicationName?: string
  /** Shards recommended by GET /gateway/bot; default 1. */
  shards?: number
  /** Default: one guild with the channels general, welcome and a forum named help. */
  guilds?: readonly GuildSetup[]
  /** Privileged intents that the application was not granted; asking for one closes with 4014. */
  disallowedIntents?: number
  /** Default 41,250, as Discord's. */
  heartbeatInterval?: number
  /** How long an interaction waits for its callback; default 3,000. */
  callbackTimeout?: number
  /** How long an interaction's token lives; default 15 minutes. */
  tokenLifetime?: number
  /** Refuse to send a command that the bot has not registered, as Discord's client does; default true. */
  registeredOnly?: boolean
}

/** The first response to an interaction. `at` and `sentAt` are `performance.now()` readings. */
export interface ReceivedCallback {
  type: InteractionResponseType
  data: Json
  at: number
  sentAt: number
  interaction: { id: string; token: string }
  /** The message that the callback made or changed, as it was right after it. */
  message?: APIMessage
}

/** A request as it arrived, with the status it got. */
export interface ReceivedRequest {
  method: string
  path: string
  body: unknown
  status: number
  at: number
}

/** What a shard asked for. */
export interface Identification {
  intents: number
  shard: readonly [number, number]
  compress: boolean
  presence: unknown
}

/** An interaction that got no callback in time. */
export interface UnansweredInteraction {
  id: string
  /** The command's name or the component's custom id. */
  name: string
  sentAt: number
}

/** A local stand-in for Discord's REST API and gateway that a stock client logs in to. */
export interface DiscordPeer {
  /** Give `${url}/api` to the client's `rest.api`. */
  readonly url: string
  readonly token: string
  readonly applicationId: string
  readonly botUser: APIUser
  readonly guilds: readonly PeerGuild[]
  readonly violations: readonly Violation[]
  readonly requests: readonly ReceivedRequest[]
  readonly identifications: readonly Identification[]

  /** Interactions: the promise is the callback, and is rejected when none comes in time. */
  command(call: CommandCall): Promise<ReceivedCallback>
  autocomplete(call: AutocompleteCall): Promise<ReceivedCallback>
  button(call: ComponentCall): Promise<ReceivedCallback>
  select(call: SelectCall): Promise<ReceivedCallback>
  modal(call: ModalCall): Promise<ReceivedCallback>
  messageCommand(call: MessageCommandCall): Promise<ReceivedCallback>
  userCommand(call: UserCommandCall): Promise<ReceivedCallback>

  /** Events: what people do besides. */
  say(call: SayCall): APIMessage
  createForumPost(call: ForumPostCall): { threadId: string; message: APIMessage }
  join(call: MemberCall): APIGuildMember
  updateMember(call: MemberCall): APIGuildMember
  leave(call: Pick<MemberCall, 'user' | 'guild'>): void

  /** Knowledge: `user` finds or makes a user, `messages` lists what a channel holds, oldest first. */
  user(reference: UserReference): APIUser
  member(reference: UserReference, guild?: string): APIGuildMember | undefined
  messages(channel: string): readonly APIMessage[]
  /** The direct-message channel between the bot and a user. */
  dmChannel(reference: UserReference): string
  /** A group's channel, or that between two members, that the bot is not in; commands there are the members' own. */
  privateChannel(...references: UserReference[]): string
  commands(guild?: string): readonly APIApplicationCommand[]
  unanswered(): readonly UnansweredInteraction[]
  /**
   * The newest message, here already or arriving within `ms` (default 10,000), that the bot has written and
   * that fits. Ephemeral ones and edits are seen too, the loading state of a deferred reply is not.
   */
  waitForMessage(predicate: (message: APIMessage) => boolean, ms?: number): Promise<APIMessage>
  /** Resolves when as many shards as given (default all recommended) are connected and ready. */
  waitForShards(count?: number, ms?: number): Promise<void>

  failNext(failure: Failure): void
  dropConnections(options?: DropOptions): void
  /** Empties violations, requests and the list of unanswered interactions. */
  clear(): void
  close(): Promise<void>
}
