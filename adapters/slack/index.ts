import type { RequestListener } from 'node:http'
import {
  App,
  ErrorCode,
  HTTPReceiver,
  type HTTPReceiverOptions,
  SocketModeReceiver,
  webApi,
} from '@slack/bolt'
import { type Adapter, type Installations, type Logger, SettingsError } from '../../src/index.ts'
import type { AdapterContext } from '../registry.ts'
import { createBoltLogger, silent } from './bolt-logger.ts'
import { listenToButtons } from './buttons.ts'
import { createPatientFetch } from './connection.ts'
import { explainStart, faultOf } from './faults.ts'
import { listenToHome } from './home.ts'
import { createInstallationStore, isStoreFault, listenToRemoval, tellWhileAway } from './installations.ts'
import { createIntake, eventsPath } from './intake.ts'
import { listen } from './listeners.ts'
import { listenToMessages } from './messages.ts'
import { onceOnly } from './once.ts'
import { createRoutes } from './routes.ts'
import { readSlackSettings, type SlackSettings } from './settings.ts'
import { createTalks } from './talks.ts'
import { createThreads } from './threads.ts'
import { listenToNewcomers, listenToTour } from './tour.ts'

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

/** The connection counts as lost without a sign of life for so long, and is made anew after as long a pause. Milliseconds. */
const clientPingTimeout = 1_500

/** About a minute in all; by default Slack's client goes on for half an hour, when nobody waits for an answer any more. */
const retryConfig = { retries: 8, minTimeout: 300, maxTimeout: 20_000, factor: 2 }

/** What only SLACK_WELCOME needs: event → scope. In `manifest.yaml` they are left out until somebody wants them. */
export const welcomeScopes = { team_join: 'users:read', member_joined_channel: 'channels:read' } as const

/** So long may answers take that are on their way when the bot stops. Milliseconds. */
const finishWithin = 5_000

/** @throws SettingsError when a SLACK_ setting is not right */
export function createAdapter(context: AdapterContext): Adapter {
  const { bot, logger, environment, mount, store } = context
  const settings = readSlackSettings(environment)
  if ('problems' in settings) throw new SettingsError(settings.problems)
  const { installations } = store.communities
  const stopping = new AbortController()
  const { app, receiver } = createApp(settings, context, stopping.signal)
  const inFlight = new Set<Promise<unknown>>()
  const process = onceOnly(tellWhileAway(app.processEvent.bind(app)), store.communities, Date.now)
  // Both receivers call it with whatever comes from Slack.
  app.processEvent = (event) => {
    const answering = process(event).finally(() => inFlight.delete(answering))
    inFlight.add(answering)
    return answering
  }
  const routes = createRoutes(app)
  listen(app, routes, bot, logger)
  const talks = createTalks(store.communities, secretOf(settings), Date.now)
  const threads = createThreads(logger, talks, Date.now)
  listenToButtons(routes, bot, logger, threads)
  listenToMessages(app, bot, logger, threads)
  listenToHome(app, routes, bot, logger)
  listenToTour(routes, bot, logger)
  const greetWaiting = listenToNewcomers(app, bot, logger, settings.welcome)
  listenToRemoval(app, installations, logger)
  app.error(async (error) => {
    const { code, mend } = faultOf('original' in error ? error.original : error)
    logger.error({ platform: 'slack', code, mend }, 'a request of Slack was not answered')
    // Before it was acknowledged: whoever took it tells Slack.
    if (error.code === ErrorCode.AuthorizationError && isStoreFault(error)) throw error
  })

  return {
    name: 'slack',
    async start() {
      try {
        await greet(settings)
        await app.init()
        if (receiver instanceof HTTPReceiver) mount('/slack', intakeOf(receiver, settings, logger))
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
      stopping.abort()
      if (!(receiver instanceof HTTPReceiver)) await app.stop()
    },
  }
}

/** Bolt's client tries for half an hour before it says that a token is wrong or that nobody is there. */
async function greet({ transport, apiUrl }: SlackSettings): Promise<void> {
  if (transport.kind === 'oauth') return
  const retryConfig = { retries: 2, minTimeout: 500 }
  await new webApi.WebClient(transport.botToken, {
    slackApiUrl: apiUrl,
    retryConfig,
    logger: silent,
  }).auth.test()
}

/** What all processes of one app have in common and nobody else knows. */
function secretOf({ transport }: SlackSettings): string {
  return transport.kind === 'socket' ? transport.botToken : transport.signingSecret
}

function intakeOf(receiver: HTTPReceiver, { transport }: SlackSettings, logger: Logger): RequestListener {
  const signingSecret = transport.kind === 'socket' ? '' : transport.signingSecret
  return createIntake(receiver.requestListener, { signingSecret, logger, now: Date.now })
}

function createApp(settings: SlackSettings, { logger, fatal, store }: AdapterContext, stopping: AbortSignal) {
  const clientOptions = { slackApiUrl: settings.apiUrl, retryConfig }
  const { transport } = settings
  const quiet = createBoltLogger(logger)
  // The core remembers conversations; Bolt's own memory of them costs more than an answer.
  const shared = { clientOptions, logger: quiet, deferInitialization: true, convoStore: false as const }
  if (transport.kind === 'socket') {
    const lost = (error: string): void => fatal(explainStart({ data: { error } }, settings.apiUrl))
    const receiver = new SocketModeReceiver({
      appToken: transport.appToken,
      logger: quiet,
      clientPingTimeout,
      processEventErrorHandler: async () => false,
      // Of the receiver's own client, which asks where to connect to.
      installerOptions: { clientOptions: { ...clientOptions, fetch: createPatientFetch(lost, stopping) } },
    })
    return { app: new App({ ...shared, receiver, token: transport.botToken }), receiver }
  }
  const receiver = new HTTPReceiver({
    signingSecret: transport.signingSecret,
    endpoints: eventsPath,
    logger: quiet,
    async processEventErrorHandler({ response }) {
      // Slack sends events again that were not taken.
      if (!response.headersSent) response.writeHead(503).end()
      return false
    },
    ...(transport.kind === 'oauth' && installing(transport, settings, store.communities.installations)),
  })
  // Without a token, Bolt asks the receiver's installations.
  const identity = transport.kind === 'http' ? { token: transport.botToken } : {}
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
