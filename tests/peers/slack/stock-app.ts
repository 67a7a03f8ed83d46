import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { App, type AppOptions, type Installation, LogLevel, SocketModeReceiver, webApi } from '@slack/bolt'
import { afterEach, expect } from 'vitest'
import { createSlackPeer, type SlackPeer, type SlackPeerOptions } from './peer.ts'

/** The two ways Slack reaches an app. */
export const TRANSPORTS = ['http', 'socket'] as const
/** One of them. */
export type TransportName = (typeof TRANSPORTS)[number]
/** A stock Bolt app. */
export type StockApp = App

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** A peer that is closed after the test. Acknowledgements may take long on a busy machine. */
export const startPeer = async (options: SlackPeerOptions = {}): Promise<SlackPeer> => {
  const peer = await createSlackPeer({ ackTimeout: 30_000, ...options })
  closers.push(peer.close)
  return peer
}

const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
}

const clientOptions = (peer: SlackPeer) => ({
  slackApiUrl: peer.apiUrl,
  retryConfig: { retries: 3, minTimeout: 1 },
})

const optionsFor = (peer: SlackPeer): AppOptions => ({ logger: silent, clientOptions: clientOptions(peer) })

const overHttp = async (peer: SlackPeer, options: AppOptions) => {
  const app = new App({ signingSecret: peer.signingSecret, ...optionsFor(peer), ...options })
  const server = (await app.start({ port: 0, host: '127.0.0.1' })) as Server
  const { port } = server.address() as AddressInfo
  closers.push(() => app.stop())
  const origin = `http://127.0.0.1:${port}`
  peer.connectHttp(`${origin}/slack/events`)
  return { app, origin }
}

/** How long the client of Socket Mode waits before it connects anew, and for pongs; Slack's default is 5 s. */
const RECONNECT_AFTER = 500

const overSocket = async (peer: SlackPeer, options: AppOptions): Promise<StockApp> => {
  const shared = optionsFor(peer)
  const receiver = new SocketModeReceiver({
    appToken: peer.appToken,
    logger: silent,
    clientPingTimeout: RECONNECT_AFTER,
    installerOptions: { clientOptions: { slackApiUrl: peer.apiUrl } },
  })
  const app = new App({ receiver, ...shared, ...options })
  await app.start()
  closers.push(() => app.stop())
  await peer.connectSocket()
  return app
}

/** A stock app that the peer reaches, stopped after the test. */
export const startApp = async (
  peer: SlackPeer,
  transport: TransportName = 'http',
  options: AppOptions = {},
): Promise<StockApp> => {
  const all = { token: peer.botToken, ...options }
  return transport === 'http' ? (await overHttp(peer, all)).app : overSocket(peer, all)
}

/** A stock app that is installed by OAuth, with what it has stored. */
export const startOAuthApp = async (peer: SlackPeer) => {
  const stored = new Map<string, Installation>()
  const { app, origin } = await overHttp(peer, {
    clientId: peer.clientId,
    clientSecret: peer.clientSecret,
    stateSecret: 'state-secret',
    scopes: ['chat:write', 'commands'],
    installationStore: {
      storeInstallation: async (installation) => {
        stored.set(installation.team?.id ?? '', installation)
      },
      fetchInstallation: async ({ teamId = '' }) => {
        const found = stored.get(teamId)
        if (!found) throw new Error('not installed')
        return found
      },
    },
  })
  return { app, stored, url: `${origin}/slack/install` }
}

/** Reads again until it fits. */
export const eventually = <Value>(read: () => Value) => expect.poll(read, { timeout: 20_000, interval: 20 })

/** A stock client of the Web API. */
export const clientOf = (peer: SlackPeer, token = peer.botToken): webApi.WebClient =>
  new webApi.WebClient(token, { ...clientOptions(peer), logger: silent })
