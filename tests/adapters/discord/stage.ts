import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hashMember } from '../../../src/store/cipher.ts'
import { createStore } from '../../../src/store/create-store.ts'
import type { FeedbackEntry } from '../../../src/store/store.ts'
import { type BotProcess, startBot } from '../../bot-process.ts'
import { type Files, put } from '../../folder.ts'
import { createDiscordPeer } from '../../peers/discord/peer.ts'
import type { DiscordPeer, DiscordPeerOptions } from '../../peers/discord/types.ts'
import { dumpOf } from '../../store/dump.ts'

/** The bot as `npm start` runs it, connected to a peer. */
export interface Stage {
  peer: DiscordPeer
  /** What the processes wrote so far. */
  log(): string
  /** Ends the process and starts it anew against the same peer. */
  restart(signal: NodeJS.Signals): Promise<void>
  /** Resolves with the exit status. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
  /** What people said of answers, as it was kept. */
  feedback(): Promise<FeedbackEntry[]>
  /** Everything in the database, a line a row. */
  dump(): string[]
  /** Writes a server's settings as another version of the bot might. */
  keepSettings(guild: string, settings: unknown): Promise<void>
  /** How a Discord user stands in the database. */
  memberHash(user: string): string
  close(): Promise<void>
}

export interface StageOptions {
  peer?: DiscordPeerOptions
  environment?: Record<string, string>
  /** Documents instead of the shipped ones. */
  content?: Files
}

export async function openStage({
  peer: setup = {},
  environment = {},
  content,
}: StageOptions = {}): Promise<Stage> {
  const peer = await createDiscordPeer(setup)
  const data = mkdtempSync(join(tmpdir(), 'career-data-'))
  if (content !== undefined) put(join(data, 'content'), content)
  const start = async (): Promise<BotProcess> => {
    const started = startBot({
      DISCORD_TOKEN: peer.token,
      DISCORD_API_URL: `${peer.url}/api`,
      DATA_DIR: data,
      ...(content !== undefined && { CONTENT_DIR: join(data, 'content') }),
      ...environment,
    })
    await started.says('Discord is connected')
    return started
  }
  let bot = await start()
  let before = ''
  return {
    peer,
    log: () => before + bot.log(),
    async restart(signal) {
      await bot.stop(signal)
      before += bot.log()
      bot = await start()
    },
    stop: (signal) => bot.stop(signal),
    async feedback() {
      const store = createStore({ dataDir: data })
      const entries: FeedbackEntry[] = []
      for await (const entry of store.records.feedback.since(0)) entries.push(entry)
      await store.close()
      return entries
    },
    dump: () => dumpOf(data),
    async keepSettings(guild, settings) {
      const store = createStore({ dataDir: data })
      await store.communities.settings.set(`discord:${guild}`, 'discord', settings)
      await store.close()
    },
    memberHash: (user) => hashMember(`discord:${user}`, environment.ENCRYPTION_KEY ?? ''),
    async close() {
      await bot.stop('SIGKILL')
      await peer.close()
      rmSync(data, { recursive: true, force: true })
    },
  }
}
