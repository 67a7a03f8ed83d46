import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { performance } from 'node:perf_hooks'
import { type Api, createApi } from './api.ts'
import type { Repeat } from './calls.ts'
import type { Core } from './core.ts'
import { createDeliveries, type Deliveries } from './deliveries.ts'
import type { Driver } from './drive.ts'
import { createEventCalls } from './drive-events.ts'
import { createInteractionCalls } from './drive-interactions.ts'
import { createViewCalls } from './drive-views.ts'
import { createHttpTransport, type HttpTransport } from './http-transport.ts'
import { install } from './install.ts'
import { LIFETIMES } from './limits.ts'
import { createMessageStore } from './messages.ts'
import { createRequestListener } from './server.ts'
import { createSocketTransport, type SocketTransport } from './socket-transport.ts'
import { createTickets } from './tickets.ts'
import type { Delivery, SlackPeer, SlackPeerOptions } from './types.ts'
import { createViewStore } from './view-store.ts'
import { createWorld } from './world.ts'

export type * from './calls.ts'
export { assertNoMentions, rawMentions } from './mentions.ts'
export { actionIds, readableText } from './message-content.ts'
export type { PeerMessage } from './messages.ts'
export type * from './types.ts'
export type { PeerView } from './views.ts'
export type { PeerChannel, PeerTeam, PeerUser } from './world.ts'

const WAIT = 10_000
const PING_INTERVAL = 10_000

interface Parts {
  server: Server
  core: Core
  api: Api
  http: HttpTransport
  socket: SocketTransport
  deliveries: Deliveries
}

const createCore = (options: SlackPeerOptions, url: string): Core => {
  const appId = 'A0TESTAPP'
  return {
    url,
    app: {
      appId,
      appToken: options.appToken ?? 'xapp-test-token',
      signingSecret: options.signingSecret ?? 'test-signing-secret',
      clientId: options.clientId ?? '1111.2222',
      clientSecret: options.clientSecret ?? 'test-client-secret',
    },
    world: createWorld(options),
    messages: createMessageStore(appId),
    views: createViewStore(appId),
    tickets: createTickets(options.now ?? (() => performance.now())),
    violations: [],
  }
}

const listen = async (options: SlackPeerOptions): Promise<Parts> => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const core = createCore(options, `http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  const api = createApi(core)
  server.on('request', createRequestListener(api))
  const socket = createSocketTransport(server, core, options.pingInterval ?? PING_INTERVAL)
  let targets: readonly string[] = []
  let turn = 0
  const http = createHttpTransport(core.app.signingSecret, () => targets[turn++ % targets.length] ?? '')
  const deliveries = createDeliveries({
    http,
    socket,
    ackTimeout: options.ackTimeout ?? LIFETIMES.ack,
    retryDelays: options.retryDelays ?? [0, 0, 0],
    setTargets: (urls) => {
      targets = urls
    },
  })
  return { server, core, api, http, socket, deliveries }
}

// A test may close the peer without having awaited a call; the failure is in the list of unanswered ones.
const heeded =
  <Call extends unknown[], Value>(send: (...call: Call) => Promise<Value>) =>
  (...call: Call): Promise<Value> => {
    const sent = send(...call)
    sent.catch(() => undefined)
    return sent
  }

const drivingCalls = (driver: Driver) => {
  const { deliveries, core } = driver
  const interactions = createInteractionCalls(driver)
  const views = createViewCalls(driver)
  const events = createEventCalls(driver)
  const urlVerification = (challenge = 'challenge-text'): Promise<Delivery> =>
    deliveries.raw({
      body: JSON.stringify({ token: 'verification-token', challenge, type: 'url_verification' }),
    })
  return {
    command: heeded(interactions.command),
    blockAction: heeded(interactions.blockAction),
    blockSuggestion: heeded(interactions.blockSuggestion),
    globalShortcut: heeded(interactions.globalShortcut),
    messageShortcut: heeded(interactions.messageShortcut),
    viewSubmission: heeded(views.viewSubmission),
    viewClosed: heeded(views.viewClosed),
    write: events.write,
    say: heeded(events.say),
    mention: heeded(events.mention),
    homeOpened: heeded(events.homeOpened),
    teamJoin: heeded(events.teamJoin),
    channelJoin: heeded(events.channelJoin),
    uninstall: heeded(events.uninstall),
    revokeTokens: heeded(events.revokeTokens),
    event: heeded(events.event),
    repeat: heeded((delivery: Delivery, repeat: Repeat = {}) => deliveries.repeat(delivery, repeat)),
    urlVerification: heeded(urlVerification),
    raw: heeded(deliveries.raw),
    install: heeded((call: Parameters<typeof install>[1]) => install(core, call)),
  }
}

const knowledge = ({
  core,
  deliveries,
}: Parts): Pick<
  SlackPeer,
  'user' | 'channelId' | 'dmChannel' | 'messages' | 'views' | 'home' | 'unanswered' | 'waitForMessage'
> => {
  const { world, messages, views } = core
  const user: SlackPeer['user'] = (reference, team) => world.user(world.team(team), reference)
  const channelId = (channel: string, team?: string): string => world.channel(world.team(team), channel).id
  return {
    user,
    channelId,
    dmChannel: (reference, team) => world.dm(world.team(team), user(reference, team)).id,
    messages: (channel, team) => messages.list(channelId(channel, team)),
    views: (reference, team) => views.stack(user(reference, team).id),
    home: (reference, team) => views.home(user(reference, team).id),
    unanswered: () => deliveries.unanswered,
    waitForMessage: (predicate, ms = WAIT) => messages.waitFor(predicate, ms),
  }
}

/** Starts a peer on a free port of 127.0.0.1. Close it when the test is over. */
export const createSlackPeer = async (options: SlackPeerOptions = {}): Promise<SlackPeer> => {
  const parts = await listen(options)
  const { server, core, api, http, socket, deliveries } = parts
  return {
    url: core.url,
    apiUrl: `${core.url}/api/`,
    ...core.app,
    botToken: core.world.team().botToken,
    teams: core.world.teams,
    violations: core.violations,
    calls: api.calls,
    connectHttp: deliveries.useHttp,
    connectSocket: (ms = WAIT) => deliveries.useSocket(ms),
    ...drivingCalls({ core, deliveries }),
    refreshSockets: (reason = 'refresh_requested') => socket.refresh(reason),
    dropSockets: ({ terminate = false } = {}) => socket.drop(terminate),
    sockets: socket.counts,
    ...knowledge(parts),
    failNext: api.failNext,
    clear: () => {
      core.violations.length = 0
      api.calls.length = 0
      deliveries.unanswered.length = 0
    },
    close: async () => {
      deliveries.close()
      http.close()
      core.messages.close()
      await socket.close()
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
