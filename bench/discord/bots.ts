import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  createDiscordPeer,
  type DiscordPeer,
  type DiscordPeerOptions,
} from '../../tests/peers/discord/peer.ts'
import { compile, root } from '../processes.ts'

export type BotName = 'echo' | 'ours'

const files: Record<BotName, string> = {
  echo: join(root, 'dist', 'bench', 'bench', 'discord', 'echo.js'),
  ours: join(root, 'dist', 'adapters', 'main.js'),
}

/** The bot's own id stands in the first part, as in a real one. */
const token = `${Buffer.from('100000000000000000').toString('base64url')}.bench.bench`
/** Milliseconds. */
const startWithin = 30_000
/** How long the gateway needs to notice that a process is gone. Milliseconds. */
const noticeWithin = 300

export interface RunningBot {
  /** Milliseconds from starting the process to READY. */
  startedIn: number
  /** What it wrote to standard error. */
  errors(): string
  /** MiB resident. */
  memory(): number
  /** Milliseconds of processor time since it started; not a number where there is no /proc. */
  processorTime(): number
  /** As if the machine had failed: nothing is told to anybody. */
  kill(): Promise<void>
  stop(): Promise<void>
}

/** What is measured is what plain Node runs. */
export function build(): void {
  execFileSync('npm', ['run', 'build'], { cwd: root, stdio: 'pipe' })
  compile()
}

/** A command may be used before the bot has registered it: Discord remembers it from the last time. */
export function startPeer(options: DiscordPeerOptions = {}): Promise<DiscordPeer> {
  return createDiscordPeer({ token, registeredOnly: false, ...options })
}

/** Starts a bot in a process of its own, in an empty folder, and waits for READY. */
export async function startBot(name: BotName, peer: DiscordPeer): Promise<RunningBot> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-discord-'))
  const began = performance.now()
  const child = spawn(process.execPath, [files[name]], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      DATA_DIR: folder,
      DISCORD_TOKEN: peer.token,
      DISCORD_API_URL: `${peer.url}/api`,
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const gone = once(child, 'exit')
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text) => {
    errors += text
  })
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal)
    await gone
    rmSync(folder, { recursive: true, force: true })
    await new Promise((resolve) => setTimeout(resolve, noticeWithin))
  }
  const failed = gone.then(([code]) => {
    throw new Error(`${files[name]} ended with status ${code} before READY:\n${errors}`)
  })
  await Promise.race([peer.waitForShards(1, startWithin), failed])
  failed.catch(() => {
    // It is meant to end once it has been measured.
  })
  return {
    startedIn: performance.now() - began,
    errors: () => errors,
    memory: () => residentMemory(child.pid ?? 0),
    processorTime: () => processorTime(child.pid ?? 0),
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  }
}

function residentMemory(pid: number): number {
  try {
    const [, kibibytes] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return Number(kibibytes) / 1024
  } catch {
    // Only Linux has /proc.
    return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024
  }
}

/** Unlike the time on the clock, it does not change with what else the machine does. */
function processorTime(pid: number): number {
  try {
    // The 14th and 15th fields, in hundredths of a second; the second one may hold spaces and ends with a bracket.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    return (Number(fields[11]) + Number(fields[12])) * 10
  } catch {
    return Number.NaN
  }
}
