import {
  App,
  type AppOptions,
  HTTPReceiver,
  type HTTPReceiverOptions,
  LogLevel,
  SocketModeReceiver,
} from '@slack/bolt'
import { type Adapter, type Installations, type Logger, SettingsError } from '../../src/index.ts'
import type { AdapterContext } from '../registry.ts'
import { explainStart, faultOf } from './faults.ts'
import { listenToHome } from './home.ts'
import { createInstallationStore, listenToRemoval } from './installations.ts'
import { listen } from './listeners.ts'
import { listenToMessages } from './messages.ts'
import { onceOnly } from './repeats.ts'
import { readSlackSettings, type SlackSettings } from './settings.ts'
import { listenToNewcomers, listenToTour } from './tour.ts'

/** Bigger requests are none of Slack's. Bytes. */
const bodyLimit = 1024 * 1024

/** The same as in `manifest.yaml`, which says why each. */
export const scopes = [
  'commands',
  'chat:write',
  'app_mentions:read',
  'im:history',
  'im:write',
  'channels:history',
  'groups:history',
  'assistant:write',
]

/** What only SLACK_WELCOME needs: event → scope. In `manifest.yaml` they are left out until somebody wants them. */
export const welcomeScopes = { team_join: 'users:read', member_joined_channel: 'channels:read' } as const

/** So long may answers take that are on their way when the bot stops. Milliseconds. */
const finishWithin = 5_000

/** @throws SettingsError when a SLACK_ setting is not right */
export function createAdapter({ bot, logger, environment, mount, store }: AdapterContext): Adapter {
  const settings = readSlackSettings(environment)
  if ('problems' in settings) throw new SettingsError(settings.problems)
  const { installations } = store.communities
  const { app, receiver } = createApp(settings, logger, installations)
  const inFlight = new Set<Promise<unknown>>()
  app.use(async ({ next }) => {
    const answering = next()
    inFlight.add(answering)
    await answering.finally(() => inFlight.delete(answering))
  })
  app.use(onceOnly(Date.now))
  listen(app, bot, logger)
  listenToMessages(app, bot, logger)
  listenToHome(app, bot, logger)
  listenToTour(app, bot, logger)
  const greetWaiting = listenToNewcomers(app, bot, logger, settings.welcome)
  listenToRemoval(app, installations, logger)
  app.error(async (error) => {
    const { code, mend } = faultOf('original' in error ? error.original : error)
    logger.error({ platform: 'slack', code, mend }, 'a request of Slack was not answered')
  })

  return {
    name: 'slack',
    async start() {
      try {
        await app.init()
        if (receiver instanceof HTTPReceiver) mount('/slack', receiver.requestListener)
        else await app.start()
      } catch (error) {
        await app.stop().catch(() => {})
        throw new SettingsError([explainStart(error, settings.apiUrl)])
      }
      logger.info({ platform: 'slack', transport: settings.transport.kind }, 'Slack is connected')
    },
    async stop() {
      const late = new Promise((resolve) => setTimeout(resolve, finishWithin).unref())
      await Promise.race([Promise.allSettled([...inFlight, greetWaiting()]), late])
      if (!(receiver instanceof HTTPReceiver)) await app.stop()
    },
  }
}

function createApp(settings: SlackSettings, logger: Logger, installations: Installations) {
  const clientOptions = { slackApiUrl: settings.apiUrl }
  const { transport } = settings
  const quiet = boltLogger(logger)
  const shared = { clientOptions, logger: quiet, deferInitialization: true }
  if (transport.kind === 'socket') {
    const receiver = new SocketModeReceiver({
      appToken: transport.appToken,
      logger: quiet,
      installerOptions: { clientOptions },
    })
    return { app: new App({ ...shared, receiver, token: transport.botToken }), receiver }
  }
  const receiver = new HTTPReceiver({
    signingSecret: transport.signingSecret,
    endpoints: '/slack/events',
    logger: quiet,
    bodyLimit,
    // An event counts as taken when it is answered, so that Slack sends it again when the process dies before.
    processBeforeResponse: true,
    ...(transport.kind === 'oauth' && installing(transport, settings, installations)),
  })
  const authorize = receiver.installer?.authorize
  const identity = transport.kind === 'http' ? { token: transport.botToken } : authorize && { authorize }
  return { app: new App({ ...shared, receiver, ...identity }), receiver }
}

/** What `/slack/install` and `/slack/oauth_redirect` need. */
function installing(
  { clientId, clientSecret, stateSecret }: Extract<SlackSettings['transport'], { kind: 'oauth' }>,
  { apiUrl, welcome }: SlackSettings,
  installations: Installations,
): Partial<HTTPReceiverOptions> {
  return {
    clientId,
    clientSecret,
    stateSecret,
    scopes: [
      ...scopes,
      ...(welcome.team ? [welcomeScopes.team_join] : []),
      ...(welcome.channels.size > 0 ? [welcomeScopes.member_joined_channel] : []),
    ],
    installationStore: createInstallationStore(installations),
    installerOptions: {
      installPath: '/slack/install',
      redirectUriPath: '/slack/oauth_redirect',
      directInstall: true,
      clientOptions: { slackApiUrl: apiUrl },
    },
  }
}

/** Bolt's own lines hold requests now and then, so only that something happened is logged. */
function boltLogger(logger: Logger): NonNullable<AppOptions['logger']> {
  const platform = 'slack'
  return {
    debug() {},
    info() {},
    warn: () => logger.warn({ platform }, 'Bolt warns'),
    error: (error: unknown) => logger.error({ platform, code: faultOf(error).code }, 'Bolt reports a fault'),
    setLevel() {},
    setName() {},
    getLevel: () => LogLevel.WARN,
  }
}
