import type { APIMessage } from 'discord.js'
import type { UserReference } from './types.ts'

/** Where an interaction happens and who does it. */
export interface Place {
  /** Default `ann`. */
  user?: UserReference
  /** Id or name; `null` for a direct message with the bot; default the first guild. */
  guild?: string | null
  /** Id or name; default the first text channel of the guild. */
  channel?: string
  /** The member's language; default `en-US`. */
  locale?: string
  /** Bit field of the member's permissions in the channel; default an ordinary member's. */
  permissions?: bigint
  /** The application is installed by the member alone, not by the guild. */
  userInstall?: boolean
}

/** Value of a command option. Users, channels and roles are given by id. */
export type OptionValue = string | number | boolean

/** A slash command as a member sends it. */
export interface CommandCall extends Place {
  name: string
  subcommandGroup?: string
  subcommand?: string
  options?: Readonly<Record<string, OptionValue>>
}

/** The moment of typing into an option with autocomplete. */
export interface AutocompleteCall extends CommandCall {
  /** The option that the member is typing into. */
  focused: string
}

/** A click on a component. The place follows from the message. */
export interface ComponentCall extends Omit<Place, 'guild' | 'channel'> {
  customId: string
  /** The message or its id. */
  message: string | APIMessage
}

/** A choice in a select; `values` are option values, or ids for user, role and channel selects. */
export interface SelectCall extends ComponentCall {
  values: readonly string[]
}

/** A modal that the bot has shown to this member, filled in. */
export interface ModalCall extends Pick<Place, 'user' | 'locale'> {
  customId: string
  /** By the custom id of the input. Inputs not named are left as they are shown. */
  fields?: Readonly<Record<string, string | boolean | readonly string[]>>
}

/** A message command from the context menu. */
export interface MessageCommandCall extends Omit<Place, 'guild' | 'channel'> {
  name: string
  target: string | APIMessage
}

/** A user command from the context menu. */
export interface UserCommandCall extends Place {
  name: string
  target: UserReference
}

/** A message that a person writes. */
export interface SayCall {
  content: string
  /** Default `ann`. */
  user?: UserReference
  guild?: string
  /** Id or name; default the first text channel of the guild. */
  channel?: string
  /** In the direct-message channel with the bot. */
  dm?: boolean
  replyTo?: string | APIMessage
  /** Whether the reply pings the author it answers; default true. */
  ping?: boolean
  /** Users mentioned besides those written as `<@id>` in the content; `bot` is the bot. */
  mentions?: readonly UserReference[]
}

/** A new post in a forum channel. */
export interface ForumPostCall {
  title: string
  content: string
  user?: UserReference
  guild?: string
  /** Id or name; default the first forum of the guild. */
  channel?: string
  tags?: readonly string[]
}

/** What a member is or becomes. Unset members of the object stay as they are. */
export interface MemberCall {
  user: UserReference
  guild?: string
  nick?: string | null
  roles?: readonly string[]
  /** Still in membership screening. */
  pending?: boolean
  /** GuildMemberFlags, for example COMPLETED_ONBOARDING (1 << 1). */
  flags?: number
}

/** Makes the next matching requests fail. */
export interface Failure {
  /** Default any. */
  method?: string
  /** Matched against the path without the API version, for example `/channels/1/messages`. */
  route: RegExp
  status: number
  /** Discord's error code, for example 50007. */
  code?: number
  /** Default: Discord's own body for the status. */
  body?: unknown
  headers?: Readonly<Record<string, string>>
  /** Seconds, for 429; default 0.05. */
  retryAfter?: number
  /** Default 1. */
  times?: number
}

/** How connections end. `resume: false` also forgets the sessions, so that clients identify anew. */
export interface DropOptions {
  resume?: boolean
  /** `close` (code 4000), `reconnect` (opcode 7) or `terminate` (no closing frame); default `close`. */
  via?: 'close' | 'reconnect' | 'terminate'
  /** The code of `close`, when Discord ends the connection for another reason, such as 4004. */
  code?: number
}
