import {
  DiscordAPIError,
  DiscordjsError,
  DiscordjsErrorCodes,
  GatewayCloseCodes,
  HTTPError,
  RESTJSONErrorCodes,
} from 'discord.js'

/** What went wrong with Discord, as far as somebody can mend it. */
export interface Fault {
  code: string | number
  /** For the log: what to do about it. */
  mend: string
  /** For members of the server: who can do what; undefined when it is nothing of theirs. */
  tell?: string
}

const missing = (right: string): string =>
  `I am not allowed to answer there. Somebody who manages the server can mend it: give me “${right}” in that channel.`

const known: Record<number, Omit<Fault, 'code'>> = {
  [RESTJSONErrorCodes.MissingAccess]: {
    mend: 'give the bot "View Channel" in this channel',
    tell: missing('View Channel” and “Send Messages'),
  },
  [RESTJSONErrorCodes.MissingPermissions]: {
    mend: 'give the bot "Send Messages" (in threads: "Send Messages in Threads") in this channel',
    tell: missing('Send Messages” and “Send Messages in Threads'),
  },
  [RESTJSONErrorCodes.CannotSendMessagesToThisUser]: {
    mend: 'nothing: the member does not take direct messages',
    tell: 'I could not send a direct message. To get one, allow direct messages of this server in your privacy settings.',
  },
  [RESTJSONErrorCodes.UnknownInteraction]: {
    mend: 'nothing, unless it happens often: then the process or its connection is too slow for the 3 seconds',
  },
  [RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged]: {
    mend: 'stop other processes that run with the same token and the same shards',
  },
  [RESTJSONErrorCodes.CannotReplyWithoutPermissionToReadMessageHistory]: {
    mend: 'give the bot "Read Message History" in this channel',
    tell: missing('Read Message History'),
  },
}

export function faultOf(error: unknown): Fault {
  if (error instanceof DiscordAPIError) {
    const { code } = error
    return { code, ...(known[Number(code)] ?? { mend: `Discord says: ${error.message.slice(0, 200)}` }) }
  }
  if (error instanceof HTTPError) return { code: error.status, mend: 'nothing: Discord has a disturbance' }
  return { code: 'fault', mend: error instanceof Error ? error.message.slice(0, 200) : 'unknown' }
}

const portal = 'https://discord.com/developers/applications'

const wrongToken = `Discord does not know DISCORD_TOKEN; copy a new one from ${portal} → your application → Bot → Reset Token`
const wrongIntents = `DISCORD_ANSWER_CHANNELS and DISCORD_READ_POSTS need the "Message Content Intent", DISCORD_WELCOME the "Server Members Intent"; turn it on at ${portal} → your application → Bot, or leave the setting out`
const wrongShards =
  'the bot is in too many servers for the shards of DISCORD_SHARDS; raise the total or leave the setting out'

/** One line for whoever runs the bot, when Discord ended the connection for good. */
export function explainClose(code: number): string {
  switch (code) {
    case GatewayCloseCodes.AuthenticationFailed:
      return `The bot stopped. ${wrongToken}`
    case GatewayCloseCodes.DisallowedIntents:
      return `The bot stopped. ${wrongIntents}`
    case GatewayCloseCodes.InvalidShard:
    case GatewayCloseCodes.ShardingRequired:
      return `The bot stopped: ${wrongShards}`
    default:
      return `The bot stopped: Discord ended the connection for good (${code})`
  }
}

/** One line for whoever starts the bot. */
export function explainStart(error: unknown, apiUrl: string): string {
  const code = error instanceof DiscordjsError ? error.code : undefined
  const message = error instanceof Error ? error.message : String(error)
  if (code === DiscordjsErrorCodes.TokenInvalid || /\b401\b|invalid token/i.test(message)) return wrongToken
  if (code === DiscordjsErrorCodes.DisallowedIntents || /disallowed intents/i.test(message))
    return wrongIntents
  if (code === DiscordjsErrorCodes.ShardingRequired || /sharding/i.test(message)) return wrongShards
  if (error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.MissingAccess)
    return 'the bot is not in the server of DISCORD_GUILD_ID; add it with the link of npm run discord:invite, or leave the setting out'
  if (error instanceof DiscordAPIError) return `Discord refused the commands: ${message.slice(0, 300)}`
  return `Discord cannot be reached at ${apiUrl}: ${message.slice(0, 200)}`
}
