import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { createSlackPeer, type SlackPeer } from '../../tests/peers/slack/peer.ts'
import { compile, root } from '../processes.ts'

export type AppName = 'echo' | 'ours'
export const transports = ['http', 'socket'] as const
export type Transport = (typeof transports)[number]

const files: Record<AppName, string> = {
  echo: join(root, 'dist', 'bench', 'bench', 'slack', 'echo.js'),
  ours: join(root, 'dist', 'adapters', 'main.js'),
}

/** Milliseconds. */
const startWithin = 30_000

export interface RunningApp {
  /** What it wrote to standard error. */
  errors(): string
  /** MiB resident; not a number where there is no /proc. */
  memory(): number
  /** Milliseconds of processor time since it started; not a number where there is no /proc. */
  processorTime(): number
  stop(): Promise<void>
}

/** What is measured is what plain Node runs. */
export function build(): void {
  execFileSync('npm', ['run', 'build'], { cwd: root, stdio: 'pipe' })
  compile()
}

/** A stand-in for Slack with a channel for each tenth member. */
export function startPeer(channels: number): Promise<SlackPeer> {
  const names = Array.from({ length: channels }, (_, i) => ({ name: `talk-${i}` }))
  return createSlackPeer({ teams: [{ name: 'Busy', channels: names }] })
}

/** Starts an app in a process of its own, in an empty folder, and waits until it can be reached. */
export async function startApp(name: AppName, transport: Transport, peer: SlackPeer): Promise<RunningApp> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-slack-'))
  const port = await freePort()
  const child = spawn(process.execPath, [files[name]], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      DATA_DIR: folder,
      LOG_LEVEL: 'warn',
      SLACK_API_URL: peer.apiUrl,
      SLACK_BOT_TOKEN: peer.botToken,
      ...(transport === 'http'
        ? { SLACK_SIGNING_SECRET: peer.signingSecret, PORT: String(port) }
        : { SLACK_APP_TOKEN: peer.appToken }),
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const gone = once(child, 'exit')
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text) => {
    errors += text
  })
  const failed = gone.then(([code]) => {
    throw new Error(`${files[name]} ended with status ${code}:\n${errors}`)
  })
  await Promise.race([reached(peer, transport, port), failed])
  failed.catch(() => {
    // It is meant to end once it has been measured.
  })
  const pid = child.pid ?? 0
  return {
    errors: () => errors,
    memory: () => residentMemory(pid),
    processorTime: () => processorTime(pid),
    async stop() {
      child.kill('SIGKILL')
      await gone
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function reached(peer: SlackPeer, transport: Transport, port: number): Promise<void> {
  if (transport === 'socket') return peer.connectSocket(startWithin)
  const origin = `http://127.0.0.1:${port}`
  const began = performance.now()
  while (performance.now() - began < startWithin) {
    // Any answer at all shows that it listens; the echo app has no page for this.
    const answered = await fetch(`${origin}/readyz`).then(
      () => true,
      () => false,
    )
    if (answered) return peer.connectHttp(`${origin}/slack/events`)
    await wait(50)
  }
  throw new Error(`nobody listens at ${origin} after ${startWithin} ms`)
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

function residentMemory(pid: number): number {
  try {
    const [, kibibytes] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return Number(kibibytes) / 1024
  } catch {
    return Number.NaN
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
