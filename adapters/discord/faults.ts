import {
  DiscordAPIError,
  DiscordjsError,
  DiscordjsErrorCodes,
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

/** One line for whoever starts the bot. */
export function explainStart(error: unknown, apiUrl: string): string {
  const code = error instanceof DiscordjsError ? error.code : undefined
  const message = error instanceof Error ? error.message : String(error)
  if (code === DiscordjsErrorCodes.TokenInvalid || /\b401\b|invalid token/i.test(message))
    return `Discord does not know DISCORD_TOKEN; copy a new one from ${portal} → your application → Bot → Reset Token`
  if (code === DiscordjsErrorCodes.DisallowedIntents || /disallowed intents/i.test(message))
    return `DISCORD_ANSWER_CHANNELS and DISCORD_READ_POSTS need the "Message Content Intent", DISCORD_WELCOME the "Server Members Intent"; turn it on at ${portal} → your application → Bot, or leave the setting out`
  if (code === DiscordjsErrorCodes.ShardingRequired || /sharding/i.test(message))
    return 'the bot is in too many servers for the shards of DISCORD_SHARDS; raise the total or leave the setting out'
  return `Discord cannot be reached at ${apiUrl}: ${message.slice(0, 200)}`
}
