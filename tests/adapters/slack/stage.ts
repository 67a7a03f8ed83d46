import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Libsql from 'libsql'
import { expect } from 'vitest'
import { type BotProcess, startBot } from '../../bot-process.ts'
import { type Files, put } from '../../folder.ts'
import {
  createSlackPeer,
  type Delivery,
  type PeerMessage,
  readableText,
  type SlackPeer,
  type SlackPeerOptions,
} from '../../peers/slack/peer.ts'

/** How Slack reaches the bot. */
export const transports = ['socket', 'http'] as const
export type Transport = (typeof transports)[number]

/** The bot as `npm start` runs it, connected to a peer. */
export interface Stage {
  peer: SlackPeer
  /** The address of the bot's own server; nobody listens there over Socket Mode. */
  origin: string
  /** What the processes wrote so far. */
  log(): string
  /** Ends the process and starts it anew against the same peer. */
  restart(signal: NodeJS.Signals): Promise<void>
  /** Resolves with the exit status. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
  /** Resolves with the exit status when the process ends of itself. */
  ended(): Promise<number | null>
  /** What people said of answers, as it was kept. */
  feedback(): KeptFeedback[]
  /** How many workspaces' tokens are kept. */
  installations(): number
  /** Where the database is. */
  dataDir: string
  close(): Promise<void>
}

export interface StageOptions {
  transport?: Transport
  peer?: SlackPeerOptions
  environment?: Record<string, string>
  /** Documents instead of the shipped ones. */
  content?: Files
}

export async function openStage({
  transport = 'socket',
  peer: setup = {},
  environment = {},
  content,
}: StageOptions = {}): Promise<Stage> {
  const peer = await createSlackPeer(setup)
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const data = mkdtempSync(join(tmpdir(), 'career-data-'))
  if (content !== undefined) put(join(data, 'content'), content)
  const settings = {
    ...settingsFor(peer, transport, port),
    DATA_DIR: data,
    ...(content !== undefined && { CONTENT_DIR: join(data, 'content') }),
    ...environment,
  }
  const start = async (): Promise<BotProcess> => {
    const started = startBot(settings)
    await started.says(transport === 'http' ? '"listening"' : 'Slack is connected')
    if (transport === 'http') peer.connectHttp(`${origin}/slack/events`)
    else await peer.connectSocket()
    return started
  }
  let bot = await start()
  let before = ''
  return {
    peer,
    origin,
    log: () => before + bot.log(),
    async restart(signal) {
      await bot.stop(signal)
      before += bot.log()
      bot = await start()
    },
    stop: (signal) => bot.stop(signal),
    ended: () => bot.ended,
    feedback: () => readFeedback(data),
    installations: () => rowsOf(data, 'select key from installations').length,
    dataDir: data,
    async close() {
      await bot.stop('SIGKILL')
      await peer.close()
      rmSync(data, { recursive: true, force: true })
    },
  }
}

interface KeptFeedback {
  reference: string
  helpful: boolean
  reason?: string
}

/** What stands in the database file of a bot that runs. */
function readFeedback(dataDir: string): KeptFeedback[] {
  const rows = rowsOf(
    dataDir,
    'select id, reference, helpful, reason, platform from feedback order by at, id',
  )
  return (rows as { reference: string; helpful: number; reason: string | null }[]).map(
    ({ helpful, reason, ...row }) => ({ ...row, helpful: helpful === 1, ...(reason !== null && { reason }) }),
  )
}

function rowsOf(dataDir: string, query: string): unknown[] {
  const file = join(dataDir, 'careers.db')
  if (!existsSync(file)) return []
  const database = new Libsql(file, { readonly: true })
  try {
    return database.prepare(query).all()
  } finally {
    database.close()
  }
}

/** Only what this way to Slack needs, so that the bot picks it. */
export function settingsFor(peer: SlackPeer, transport: Transport, port: number): Record<string, string> {
  return {
    SLACK_BOT_TOKEN: peer.botToken,
    SLACK_API_URL: peer.apiUrl,
    ...(transport === 'socket'
      ? { SLACK_APP_TOKEN: peer.appToken }
      : { SLACK_SIGNING_SECRET: peer.signingSecret, PORT: String(port) }),
  }
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Every payload was one that Slack takes, and nobody waits for an answer. */
export function expectClean({ peer }: Stage): void {
  expect(peer.violations).toEqual([])
  expect(peer.unanswered()).toEqual([])
}

/** The message that a call left behind. */
export function messageOf({ message }: Delivery): PeerMessage {
  if (message === undefined) throw new Error('there was no message')
  return message
}

/** All that a member reads. */
export function textOf(content: PeerMessage | Delivery): string {
  return readableText('ackMs' in content ? messageOf(content as Delivery) : (content as PeerMessage))
}

/** What the bot says after a message, in its thread or, where there is none, in the same place. */
export function isAfter(asked: PeerMessage): (message: PeerMessage) => boolean {
  const isDirect = asked.channel.startsWith('D')
  const thread = asked.thread_ts ?? (isDirect ? undefined : asked.ts)
  return ({ bot_id, channel, ts, thread_ts }) =>
    bot_id !== undefined && channel === asked.channel && ts > asked.ts && thread_ts === thread
}

/** Nothing comes in answer to it, although something does to what is said after it. */
export async function isSilent({ peer }: Stage, { channel, ...asked }: PeerMessage): Promise<boolean> {
  const isOurs = isAfter({ ...asked, channel } as PeerMessage)
  // Two, because the first one may overtake an answer that has to be looked up.
  for (const user of ['later', 'last']) {
    const said = messageOf(await peer.mention({ text: 'thanks', user, channel: 'careers' }))
    await peer.waitForMessage(isAfter(said))
  }
  return !peer.messages(channel).some(isOurs)
}
