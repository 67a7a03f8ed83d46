import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { type BotProcess, startBot } from '../../bot-process.ts'
import { type Files, put } from '../../folder.ts'

/** The bot as `npm start` runs it, with nothing set but what a test says. */
export interface Stage {
  bot: BotProcess
  origin: string
  port: number
  /** Where it keeps what it has to remember. */
  data: string
  /** Sends JSON as a program does. */
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>
  close(): Promise<void>
}

export interface StageOptions {
  environment?: Record<string, string>
  /** Documents instead of the shipped ones. */
  content?: Files
}

export async function openStage({ environment = {}, content }: StageOptions = {}): Promise<Stage> {
  const port = await freePort()
  const data = mkdtempSync(join(tmpdir(), 'career-web-'))
  if (content !== undefined) put(join(data, 'content'), content)
  const bot = startBot({
    PORT: String(port),
    DATA_DIR: data,
    ...(content !== undefined && { CONTENT_DIR: join(data, 'content') }),
    ...environment,
  })
  await bot.says('Ask at http://localhost:')
  const origin = `http://localhost:${port}`
  return {
    bot,
    origin,
    port,
    data,
    post: (path, body, headers = {}) =>
      fetch(origin + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    async close() {
      await bot.stop('SIGKILL')
      rmSync(data, { recursive: true, force: true })
    },
  }
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Bytes as they go over the wire, and what comes back until the other side closes or `wait` milliseconds are over. */
export function sendRaw(port: number, bytes: string, wait = 3_000): Promise<string> {
  return new Promise((resolve) => {
    let text = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    const finish = (): void => {
      socket.destroy()
      resolve(text)
    }
    const timer = setTimeout(finish, wait)
    socket.on('data', (chunk) => {
      text += chunk
    })
    socket.on('close', () => {
      clearTimeout(timer)
      resolve(text)
    })
    socket.on('error', finish)
  })
}

const executablePath = process.env.CHROMIUM || '/usr/bin/chromium'

/** In CI it has to be there; elsewhere tests that need it are left out, and say so. */
export const hasBrowser = existsSync(executablePath) || !!process.env.CI
export const inBrowser = 'in a browser (needs chromium: apt-get install -y chromium, or CHROMIUM=/path/to/it)'

export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
}
