import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { request } from 'node:http'
import { connect } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { RawCall } from '../../peers/slack/calls.ts'
import { expectClean, isAfter, messageOf, openStage, type Stage, textOf } from './stage.ts'

const form = 'application/x-www-form-urlencoded'
const command = 'command=%2Fcareer&text=secret+words&team_id=T1&user_id=U1&channel_id=C1&trigger_id=1.1'
const event = JSON.stringify({ type: 'event_callback', event_id: 'Ev1', event: { type: 'message' } })

let stage: Stage
beforeAll(async () => {
  stage = await openStage({ transport: 'http' })
})
afterAll(() => stage.close())
beforeEach(() => stage.peer.clear())

/** Alive, and nothing of what was sent is in the log. */
afterEach(async () => {
  await expectAlive().catch(async (dead) => {
    // One test that ends the process must not be taken for all that follow.
    await stage.restart('SIGKILL')
    throw dead
  })
  const { signingSecret, botToken } = stage.peer
  for (const secret of [signingSecret, botToken, 'secret words', 'secret+words', 'v0='])
    expect(stage.log()).not.toContain(secret)
  expectClean(stage)
})

let asked = 0

/** Each time somebody else, because nobody may ask that often. */
async function expectAlive(): Promise<void> {
  const reply = await stage.peer.command({ command: '/career', text: 'help', user: `next-${asked++}` })
  expect(textOf(reply)).toMatch(/Ask in your own words/)
}

async function statusOf(call: RawCall): Promise<number> {
  return (await stage.peer.raw(call)).status
}

function expectRefused(status: number): void {
  expect(status).toBeGreaterThanOrEqual(400)
  expect(status).toBeLessThan(500)
}

/** As Slack signs; sent as it is, again and again. https://docs.slack.dev/authentication/verifying-requests-from-slack */
function signed(body: string, timestamp = Math.floor(Date.now() / 1000)): RawCall {
  const text = `v0:${timestamp}:${body}`
  const signature = createHmac('sha256', stage.peer.signingSecret).update(text).digest('hex')
  return {
    body,
    signature: 'missing',
    headers: { 'x-slack-request-timestamp': String(timestamp), 'x-slack-signature': `v0=${signature}` },
  }
}

describe('a request that is not from Slack is refused:', () => {
  const cases: [string, Partial<RawCall>][] = [
    ['unsigned', { signature: 'missing' }],
    ['wrongly signed', { signature: 'wrong' }],
    ['of 302 seconds ago', { age: 302 }],
    ['of a day ago', { age: 86_400 }],
    ['with an empty signature', { headers: { 'x-slack-signature': '' } }],
    ['with half a signature', { headers: { 'x-slack-signature': 'v0=12ab' } }],
    ['with an older kind of signature', { headers: { 'x-slack-signature': 'v1=12ab' } }],
    ['with a time that is none', { headers: { 'x-slack-request-timestamp': 'now' } }],
  ]
  it.each(cases)('%s', async (_, call) => {
    const { length } = stage.peer.calls
    expect(await statusOf({ body: command, contentType: form, ...call })).toBe(401)
    expect(await statusOf({ body: event, ...call })).toBe(401)
    expect(await statusOf({ body: '{"type":"url_verification","challenge":"x"}', ...call })).toBe(401)
    expect(stage.peer.calls).toHaveLength(length)
  })

  it('with the body of another', async () => {
    expectRefused(await statusOf({ ...signed(event), body: event.replace('Ev1', 'Ev2') }))
  })

  it('a command that was caught on its way and is sent again', async () => {
    const caught = { ...signed(command), contentType: form }
    expect(await statusOf(caught)).toBe(200)
    expectRefused(await statusOf(caught))
  })

  it('an event that was caught on its way and is sent again', async () => {
    const { peer } = stage
    const delivery = await peer.mention({ text: 'what is a data engineer?' })
    await peer.waitForMessage(isAfter(messageOf(delivery)))
    const posted = peer.calls.filter(({ method }) => method === 'chat.postMessage').length
    const caught = signed(JSON.stringify({ ...delivery.payload, event_id: 'EvCAUGHT' }))
    expect(await statusOf(caught)).toBe(200)
    expectRefused(await statusOf(caught))
    await expect
      .poll(() => peer.calls.filter(({ method }) => method === 'chat.postMessage').length)
      .toBe(posted + 1)
  })
})

describe('a request that nobody can read is refused:', () => {
  it('over 1 MiB', async () => {
    const body = `{"type":"${'x'.repeat(1024 * 1024)}"}`
    expect(await statusOf({ body })).toBe(413)
    expectRefused(await statusOf({ body, signature: 'missing' }))
  })

  it('over 1 MiB, and the connection is closed although more was announced', async () => {
    const { port, hostname } = new URL(stage.origin)
    const socket = connect(Number(port), hostname).on('error', () => {})
    await once(socket, 'connect')
    let text = ''
    socket.on('data', (chunk) => {
      text += chunk
    })
    const head = `POST /slack/events HTTP/1.1\r\nhost: x\r\ncontent-length: ${64 * 1024 * 1024}\r\n\r\n`
    socket.write(head + 'x'.repeat(1024 * 1024 + 1))
    await once(socket, 'close')
    expect(text).toMatch(/^HTTP\/1\.1 413 [\s\S]*connection: close/i)
  })

  it('over 8 MiB, even while it is being sent', async () => {
    const call = { body: 'x'.repeat(8 * 1024 * 1024), contentType: form }
    // Whoever is cut off may see no status.
    expect(await statusOf(call).catch(() => 413)).toBe(413)
  })

  it.each([
    ['half of a JSON object', '{"type":', undefined],
    ['JSON that is no object', '[]', undefined],
    ['null', 'null', undefined],
    ['a number', '1', undefined],
    ['an object without a type', '{}', undefined],
    ['nothing', '', undefined],
    ['nothing as a form', '', form],
    ['a form whose payload is no JSON', 'payload=%7B%22type%22', form],
    ['a form whose payload is null', 'payload=null', form],
    ['a form without a command', 'secret=words', form],
    ['a form with broken escapes', 'payload=%E0%A4%A', form],
    ['text', 'secret words', 'text/plain'],
    ['bytes', '\u0000\u0001', 'application/octet-stream'],
    ['brackets in brackets', '['.repeat(200_000), undefined],
  ])('%s', async (_, body, contentType) => {
    expectRefused(await statusOf({ body, ...(contentType && { contentType }) }))
  })

  it('an event without an event', async () => {
    for (const body of ['{"type":"event_callback"}', '{"type":"event_callback","event":null}'])
      expectRefused(await statusOf({ body }))
  })
})

describe('the server', () => {
  /** A path exactly as it is written, which `fetch` would tidy up. */
  async function get(path: string, method = 'GET'): Promise<number> {
    const asked = request(stage.origin, { path, method, agent: false })
    asked.end()
    const [response] = await once(asked, 'response')
    response.resume()
    return response.statusCode
  }

  it.each([
    ['/', 404],
    ['/slack', 404],
    ['/slack/', 404],
    ['/slack/elsewhere', 404],
    ['/slackevents', 404],
    ['/healthz', 200],
    ['/readyz', 200],
    ['/healthz/..', 404],
  ])('answers %s with %i', async (path, status) => expect(await get(path)).toBe(status))

  it.each(['//', '///x', '//[', 'http://[', '/%', '/\\', '*', '/?'])('survives the path %s', async (path) => {
    expectRefused(await get(path, path === '*' ? 'OPTIONS' : 'GET'))
  })

  it('takes nothing but POST where Slack writes', async () => {
    for (const method of ['GET', 'PUT', 'DELETE', 'HEAD']) expectRefused(await get('/slack/events', method))
  })

  it('survives what is no HTTP, and somebody who goes away half-way', async () => {
    const { port, hostname } = new URL(stage.origin)
    const head = 'POST /slack/events HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{"type"'
    for (const words of ['secret words\r\n\r\n', head]) {
      const socket = connect(Number(port), hostname).on('error', () => {})
      await once(socket, 'connect')
      socket.write(words)
      await new Promise((resolve) => setTimeout(resolve, 50))
      socket.destroy()
      await once(socket, 'close')
    }
  })

  it('proves its address to Slack', async () => {
    expect(await stage.peer.urlVerification('abc')).toMatchObject({ status: 200, body: { challenge: 'abc' } })
  })
})
