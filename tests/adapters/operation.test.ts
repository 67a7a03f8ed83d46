import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { startBot } from '../bot-process.ts'
import { folderOf } from '../folder.ts'
import { openStage as openDiscord } from './discord/stage.ts'
import { freePort, openStage as openSlack } from './slack/stage.ts'

async function get(port: number, path: string): Promise<{ status: number; text: string }> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`)
  return { status: response.status, text: await response.text() }
}

/** The value of a metric; undefined when it is not there. */
function metricOf(text: string, name: string): number | undefined {
  const line = text.split('\n').find((one) => one.startsWith(`${name} `))
  return line === undefined ? undefined : Number(line.split(' ').at(-1))
}

describe('a process with PORT', () => {
  it('tells Prometheus what it did, and nothing about anybody', async () => {
    const stage = await openSlack({ transport: 'http' })
    onTestFinished(() => stage.close())
    const port = Number(new URL(stage.origin).port)
    const before = await get(port, '/metrics')
    expect(metricOf(before.text, 'career_bot_content_sections')).toBeGreaterThan(100)
    await stage.peer.command({
      command: '/career',
      text: 'What does a data engineer do?',
      user: 'ann',
      channel: 'general',
    })
    await vi.waitFor(async () => {
      const { text } = await get(port, '/metrics')
      expect(
        metricOf(text, 'career_bot_replies_total{platform="slack",event="question",kind="answer"}'),
      ).toBe(1)
      expect(metricOf(text, 'career_bot_reply_seconds_count{platform="slack",event="question"}')).toBe(1)
      expect(metricOf(text, 'career_bot_outbox_entries')).toBe(0)
      expect(text).toMatch(/career_bot_content_info\{version="[\w-]{12}"\} 1/)
      expect(text).not.toMatch(/data engineer|ann|general|[UCT][0-9A-Z]{6,}/)
    })
    expect(await get(port, '/readyz')).toEqual({ status: 200, text: 'ok' })
  })

  it('counts what is asked on the page, too', async () => {
    const stage = await openSlack({ transport: 'http', environment: { WEB_PAGE: '1' } })
    onTestFinished(() => stage.close())
    const port = Number(new URL(stage.origin).port)
    await fetch(`${stage.origin}/api/ask`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ question: 'What does a data engineer do?' }),
    })
    const { text } = await get(port, '/metrics')
    expect(metricOf(text, 'career_bot_replies_total{platform="web",event="question",kind="answer"}')).toBe(1)
  })

  it('serves them beside Discord, too, and none without PORT', async () => {
    const port = await freePort()
    const stage = await openDiscord({ environment: { PORT: String(port) } })
    onTestFinished(() => stage.close())
    await vi.waitFor(async () => expect(await get(port, '/readyz')).toEqual({ status: 200, text: 'ok' }))
    expect((await get(port, '/metrics')).status).toBe(200)
    expect((await get(port, '/elsewhere')).status).toBe(404)
  })

  it('says why it is not ready', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1')
    onTestFinished(() => {
      silent.closeAllConnections()
      silent.close()
    })
    await new Promise((resolve) => silent.once('listening', resolve))
    const port = await freePort()
    const bot = startBot({
      DISCORD_TOKEN: 'MTIzNDU2Nzg5MDEyMzQ1Njc4.x.y',
      DISCORD_API_URL: `http://127.0.0.1:${(silent.address() as AddressInfo).port}/api`,
      DATA_DIR: folderOf({}),
      PORT: String(port),
    })
    onTestFinished(async () => void (await bot.stop('SIGKILL')))
    await vi.waitFor(async () => expect((await get(port, '/healthz')).status).toBe(200), { timeout: 20_000 })
    expect(await get(port, '/readyz')).toEqual({
      status: 503,
      text: 'not ready: starting\ndiscord is not connected yet',
    })
    expect((await get(port, '/metrics')).status).toBe(503)
  })
})
