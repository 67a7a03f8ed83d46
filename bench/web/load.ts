import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { percentile } from '../measure.ts'
import { root } from '../processes.ts'
import { type LabelledQuestion, readLines } from '../questions.ts'

export const serverNames = ['echo', 'ours'] as const
export type ServerName = (typeof serverNames)[number]

const files: Record<ServerName, string> = {
  echo: join(root, 'dist', 'bench', 'bench', 'web', 'echo.js'),
  ours: join(root, 'dist', 'adapters', 'main.js'),
}

export interface Load {
  /** Seconds. */
  seconds: number
  /** Questions a second. */
  rate: number
}

export interface LoadResult {
  answered: number
  /** Anything but a whole answer with status 200. */
  errors: number
  /** Milliseconds from a question to the end of its answer. */
  p50: number
  p99: number
  max: number
  /** p99 of the seconds before, in which everything is still being compiled and no answer is known yet. */
  cold: number
  /** How late the schedule itself was, p99, in milliseconds. */
  late: number
}

/** Milliseconds. */
const startWithin = 30_000
/** Seconds of load that are not counted. */
const leadIn = 5
/** Of whom none may ask more often than the bot lets them. */
const members = 2_000
/** Coprime to the numbers of members and questions, so that all combinations come up. */
const stride = { member: 769, question: 11 }

/** Loads a server in a process of its own that was just started. */
export async function measureLoad(name: ServerName, load: Load): Promise<LoadResult> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-web-'))
  const port = await freePort()
  const child = spawn(process.execPath, [files[name]], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      DATA_DIR: folder,
      LOG_LEVEL: 'warn',
      WEB_TRUST_PROXY: '1',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const gone = once(child, 'exit')
  const agent = new Agent({ keepAlive: true, maxSockets: 256 })
  try {
    const ask = createTraffic(port, agent)
    await reached(ask)
    const cold = await askAll(ask, { ...load, seconds: leadIn })
    const { times, late, errors } = await askAll(ask, load, leadIn * load.rate)
    return {
      answered: times.length,
      errors: errors + cold.errors,
      p50: percentile(times, 0.5),
      p99: percentile(times, 0.99),
      max: times.reduce((a, b) => Math.max(a, b), 0),
      cold: percentile(cold.times, 0.99),
      late: percentile(late, 0.99),
    }
  } finally {
    agent.destroy()
    child.kill('SIGKILL')
    await gone
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Asks the `i`th question of a schedule, always the same for the same `i`. @returns whether it was answered */
type Ask = (i: number) => Promise<boolean>

function createTraffic(port: number, agent: Agent): Ask {
  const file = join(root, 'tests', 'eval', 'questions.jsonl')
  const questions = readLines<LabelledQuestion>(file).map(({ q }) => q)
  return (i) =>
    new Promise((resolve) => {
      const body = JSON.stringify({ question: questions[(i * stride.question) % questions.length] })
      const member = (i * stride.member) % members
      const headers = {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'x-forwarded-for': `10.0.${member >> 8}.${member & 255}`,
      }
      const sent = request(
        { port, host: '127.0.0.1', path: '/api/ask', method: 'POST', agent, headers },
        (response) => {
          let text = ''
          response.setEncoding('utf8').on('data', (chunk: string) => {
            text += chunk
          })
          response.on('end', () => resolve(response.statusCode === 200 && text.startsWith('{"question":')))
          response.on('error', () => resolve(false))
        },
      )
      sent.on('error', () => resolve(false))
      sent.end(body)
    })
}

/** Asks by the clock whether or not earlier questions were answered, as people do. */
async function askAll(ask: Ask, { seconds, rate }: Load, first = 0) {
  const measured = { times: [] as number[], late: [] as number[], errors: 0 }
  const underWay: Promise<void>[] = []
  const began = performance.now()
  for (let i = 0; i < seconds * rate; i++) {
    const due = began + (i * 1000) / rate
    await pause(due - performance.now())
    const asked = performance.now()
    measured.late.push(asked - due)
    underWay.push(
      ask(first + i).then((isAnswered) => {
        if (isAnswered) measured.times.push(performance.now() - asked)
        else measured.errors++
      }),
    )
  }
  await Promise.all(underWay)
  return measured
}

/** Also when it is late already, so that answers are read in between. */
function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    if (milliseconds > 0) setTimeout(resolve, milliseconds)
    else setImmediate(resolve)
  })
}

async function reached(ask: Ask): Promise<void> {
  const began = performance.now()
  while (performance.now() - began < startWithin) {
    if (await ask(0)) return
    await wait(50)
  }
  throw new Error(`the server does not answer after ${startWithin} ms`)
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
