import { Client, Events, GatewayCloseCodes, Options, Partials, type RESTOptions, Routes } from 'discord.js'
import { type Adapter, type Logger, SettingsError } from '../../src/index.ts'
import type { AdapterContext } from '../registry.ts'
import { createAdmin } from './admin.ts'
import { commands, isChanged } from './commands.ts'
import { createCommunity } from './community.ts'
import { explainClose, explainStart } from './faults.ts'
import { createInteractions } from './interactions.ts'
import { createMemberRoles } from './member-roles.ts'
import { createMessages } from './messages.ts'
import { createNewcomers } from './newcomers.ts'
import { type DiscordSettings, intentsFor, readDiscordSettings } from './settings.ts'

/** At the start, so long after one server the next one comes, or is away for now. Milliseconds. */
const guildsWithin = 1_000
/** So long may answers take that are on their way when the bot stops. Milliseconds. */
const finishWithin = 5_000

/** @throws SettingsError when a DISCORD_ setting is not right */
export function createAdapter({ bot, logger, environment, fatal, store }: AdapterContext): Adapter {
  const settings = readDiscordSettings(environment)
  if ('problems' in settings) throw new SettingsError(settings.problems)
  const client = createClient(settings)
  watch(client, logger, fatal)
  const inFlight = new Set<Promise<void>>()
  /** Keeps count of what is being answered, so that stopping can wait for it. */
  const counted =
    <T>(handle: (value: T) => Promise<void>) =>
    (value: T): void => {
      const answering = handle(value).finally(() => inFlight.delete(answering))
      inFlight.add(answering)
    }
  const community = createCommunity(store.communities, Date.now)
  const granted = { members: settings.welcome, content: settings.readPosts }
  const admin = createAdmin(community, granted, bot.complete, logger)
  const giveRoles = createMemberRoles(client, community, logger)
  const newcomers = settings.welcome ? createNewcomers(client, bot, community, logger) : undefined
  const onInteraction = counted(createInteractions({ bot, logger, admin, giveRoles, community }))
  const onMessage = counted(createMessages(bot, logger, settings, community))

  return {
    name: 'discord',
    async start() {
      client.on(Events.InteractionCreate, onInteraction)
      client.on(Events.MessageCreate, onMessage)
      newcomers?.start()
      try {
        const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve))
        await client.login(settings.token)
        await ready
        await register(client, settings, logger)
        warnOfUnknown(client, settings, logger)
      } catch (error) {
        await client.destroy()
        throw new SettingsError([explainStart(error, settings.apiUrl)])
      }
      logger.info(
        {
          platform: 'discord',
          bot: client.user?.tag,
          servers: client.guilds.cache.size,
          shards: client.ws.shards.size,
        },
        'Discord is connected',
      )
    },
    async stop() {
      client.off(Events.InteractionCreate, onInteraction)
      client.off(Events.MessageCreate, onMessage)
      const late = new Promise((resolve) => setTimeout(resolve, finishWithin).unref())
      const greeted = newcomers?.stop()
      await Promise.race([Promise.allSettled([...inFlight, greeted]), late])
      await client.destroy()
    },
  }
}

function createClient(settings: DiscordSettings): Client {
  const { shards } = settings
  return new Client({
    intents: intentsFor(settings),
    // Direct messages come from channels that were never seen before.
    partials: [Partials.Channel],
    // Until its servers are there discord.js holds everything back, 15 s if one of them is away; interactions wait 3 s.
    waitGuildTimeout: guildsWithin,
    allowedMentions: { parse: [], repliedUser: false },
    shards: shards?.ids ?? 'auto',
    ...(shards && { shardCount: shards.total }),
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      // Nothing of it is needed to answer, and it is what grows with the servers.
      MessageManager: 0,
      ReactionManager: 0,
      PresenceManager: 0,
      VoiceStateManager: 0,
      ThreadMemberManager: 0,
      GuildEmojiManager: 0,
      GuildStickerManager: 0,
      GuildInviteManager: 0,
      GuildScheduledEventManager: 0,
      StageInstanceManager: 0,
      AutoModerationRuleManager: 0,
      GuildMemberManager: { maxSize: 50, keepOverLimit: ({ id, client }) => id === client.user.id },
      UserManager: { maxSize: 50, keepOverLimit: ({ id, client }) => id === client.user.id },
    }),
    rest: { api: settings.apiUrl, invalidRequestWarningInterval: 500 } satisfies Partial<RESTOptions>,
  })
}

/** Tells Discord our commands, when it knows others: only 200 may be made a day. */
async function register(
  client: Client<true> | Client,
  { guildId }: DiscordSettings,
  logger: Logger,
): Promise<void> {
  const id = client.application?.id
  if (id === undefined) return
  const route =
    guildId === undefined ? Routes.applicationCommands(id) : Routes.applicationGuildCommands(id, guildId)
  const query = new URLSearchParams({ with_localizations: 'true' })
  const registered = (await client.rest.get(route, { query })) as object[]
  if (!isChanged(registered)) return
  await client.rest.put(route, { body: commands })
  logger.info(
    { platform: 'discord', commands: commands.length, guild: guildId },
    'the commands were registered',
  )
}

/** A channel that was mistyped, or that the bot may not see, would just stay silent. */
function warnOfUnknown(client: Client, { answerChannels, shards }: DiscordSettings, logger: Logger): void {
  // Another process may have the servers of the others.
  if (shards !== undefined) return
  for (const channel of answerChannels) {
    if (client.channels.cache.has(channel)) continue
    logger.warn(
      { platform: 'discord', channel, mend: 'correct the id, or give the bot "View Channel" there' },
      'a channel of DISCORD_ANSWER_CHANNELS is not known',
    )
  }
}

/** Reconnecting and resuming is discord.js' work; the operator only wants to know. */
function watch(client: Client, logger: Logger, fatal: (problem: string) => void): void {
  const platform = 'discord'
  client.on(Events.Error, (error) => logger.error({ platform, error: error.message }, 'Discord client error'))
  client.on(Events.ShardError, (error, shard) =>
    logger.warn({ platform, shard, error: error.message }, 'shard error'),
  )
  client.on(Events.ShardReconnecting, (shard) => {
    // Leaving looks like losing the connection.
    if (client.token !== null) logger.warn({ platform, shard }, 'reconnecting')
  })
  client.on(Events.ShardResume, (shard, replayed) => logger.info({ platform, shard, replayed }, 'resumed'))
  // Discord closes so only for good: a token that was reset, an intent that was taken away.
  client.on(Events.ShardDisconnect, ({ code }, shard) => {
    logger.error({ platform, shard, code }, 'disconnected')
    if (client.isReady()) fatal(explainClose(code))
  })
  client.on(Events.Invalidated, () => fatal(explainClose(GatewayCloseCodes.AuthenticationFailed)))
  client.rest.on('rateLimited', ({ timeToReset, route, global }) =>
    logger.warn({ platform, route, global, waits: timeToReset }, 'waiting for a rate limit'),
  )
  client.rest.on('invalidRequestWarning', ({ count, remainingTime }) =>
    logger.error(
      { platform, count, remainingTime },
      'many refused requests; Discord blocks the address at 10,000',
    ),
  )
}
