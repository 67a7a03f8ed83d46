import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStage, type Stage, sendRaw } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(async () => {
  expect(stage.bot.log()).not.toMatch(/unhandled|uncaught|\n\s+at /i)
  await stage.close()
})

/** Whatever was tried, somebody else is answered. */
async function expectAlive(): Promise<void> {
  expect((await fetch(`${stage.origin}/healthz`)).status).toBe(200)
  expect((await fetch(stage.origin)).status).toBe(200)
}

describe('headers', () => {
  it.each(['/', '/about', '/api', '/preview', '/nothing', '/?q=thanks', '/assets/page.css'])(
    'of %s',
    async (path) => {
      const { headers } = await fetch(stage.origin + path)
      const policy = headers.get('content-security-policy') ?? ''
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).not.toMatch(/unsafe|\*|data:|https?:/)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('x-frame-options')).toBe('DENY')
      expect(headers.get('referrer-policy')).toBe('same-origin')
      expect(headers.get('set-cookie')).toBeNull()
      expect(headers.get('server') ?? headers.get('x-powered-by')).toBeNull()
    },
  )

  it('nothing inline stands in a page', async () => {
    for (const path of ['/', '/about', '/api', '/preview?q=pay', '/?q=ml+engineer+vs+data+engineer']) {
      const page = await (await fetch(stage.origin + path)).text()
      expect(page).not.toMatch(/<script(?![^>]* src="\/assets\/)|<style|\sstyle=|\son\w+=/i)
    }
  })
})

describe('paths that lead elsewhere find nothing:', () => {
  it.each([
    '/assets/../index.js',
    '/assets/..%2findex.js',
    '/assets/%2e%2e/%2e%2e/package.json',
    '/assets/..%5c..%5cpackage.json',
    '/assets/....//....//etc/passwd',
    '/assets/%00page.css',
    '/assets//etc/passwd',
    '/assets/%252e%252e%252fpackage.json',
    '/../../../../etc/passwd',
    '//etc/passwd',
    '/.env',
    '/data/careers.db',
    '/assets/__proto__',
    '/assets/constructor',
    '/assets/%c0%ae%c0%ae/package.json',
  ])('%s', async (path) => {
    const text = await sendRaw(
      stage.port,
      `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
    )
    expect(text).toMatch(/^HTTP\/1\.1 4\d\d /)
    expect(text).not.toMatch(/root:|"dependencies"|import /)
    await expectAlive()
  })
})

describe('requests that are none:', () => {
  it.each([
    ['an address that is no path', 'GET // HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    ['a broken address', 'GET http://[ HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    ['a broken escape', 'GET /%E0%A4%A HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    ['a host that is none', 'GET / HTTP/1.1\r\nHost: ][\r\n\r\n'],
    ['a host with a path', 'GET / HTTP/1.1\r\nHost: localhost/../@evil\r\n\r\n'],
    ['no host', 'GET / HTTP/1.1\r\n\r\n'],
    ['an asterisk', 'OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    ['a tunnel', 'CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n'],
    ['another protocol', 'SSH-2.0-OpenSSH_9.2\r\n'],
    [
      'two lengths',
      'POST /api/ask HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['a length that is none', 'POST /api/ask HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n'],
    ['headers without end', `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`],
    ['an upgrade', 'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'],
    [
      'a broken form',
      'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 9\r\n\r\n--y\r\nnone',
    ],
    [
      'an escape in a form',
      'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 7\r\n\r\nq=%E0%A',
    ],
  ])('%s', async (_, bytes) => {
    const text = await sendRaw(stage.port, bytes, 1_500)
    expect(text).not.toMatch(/HTTP\/1\.1 5\d\d|\n\s+at /)
    await expectAlive()
  })
})

describe('too much:', () => {
  const big = 'x'.repeat(200_000)

  it('a body that says how long it is', async () => {
    const response = await stage.post('/api/ask', { question: big })
    expect(response.status).toBe(413)
    await expectAlive()
  })

  it('a body that does not', async () => {
    const chunk = `${(10_000).toString(16)}\r\n${'x'.repeat(10_000)}\r\n`
    const head =
      'POST /api/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n'
    const text = await sendRaw(stage.port, head + chunk.repeat(20))
    expect(text).toMatch(/^HTTP\/1\.1 413 /)
    await expectAlive()
  })

  it.each(['/', '/feedback'])('a form at %s', async (path) => {
    const response = await fetch(stage.origin + path, {
      method: 'POST',
      body: new URLSearchParams({ q: big }),
    })
    expect(response.status).toBe(413)
    await expectAlive()
  })

  it('JSON that is nested deeply', async () => {
    const response = await stage.post('/api/ask', `${'['.repeat(15_000)}${']'.repeat(15_000)}`)
    expect(response.status).toBe(400)
    await expectAlive()
  })

  it('an address', async () => {
    const response = await fetch(`${stage.origin}/?q=${big.slice(0, 20_000)}`)
    expect(response.status).toBe(431)
    await expectAlive()
  })

  it('a name that everything has', async () => {
    const body = '{"question":"hi","__proto__":{"html":true},"constructor":{}}'
    expect((await stage.post('/api/ask', body)).status).toBe(400)
    const response = await fetch(`${stage.origin}/?__proto__=x&constructor=y&q=thanks&q=again`)
    expect(response.status).toBe(200)
    await expectAlive()
  })
})

describe('clients that take their time', () => {
  it('are left, in the head of a request and in its body, while others are answered', async () => {
    const head =
      'POST /api/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n'
    const slow = Array.from({ length: 200 }, (_, i) => {
      const socket = connect(stage.port, '127.0.0.1')
      socket.on('error', () => {})
      const drip = setInterval(() => socket.write(i % 2 === 0 ? 'X-A: b\r\n' : ' '), 500)
      socket.write(i % 2 === 0 ? head : `${head}\r\n{`)
      return new Promise<void>((resolve) =>
        socket.resume().on('close', () => {
          clearInterval(drip)
          resolve()
        }),
      )
    })
    await expectAlive()
    expect((await stage.post('/api/ask', { question: 'thanks' })).status).toBe(200)
    await Promise.all(slow)
    await expectAlive()
  })
})

describe('asking too often', () => {
  let limited: Stage
  beforeAll(async () => {
    limited = await openStage({ environment: { WEB_TRUST_PROXY: '1' } })
  })
  afterAll(() => limited.close())

  const ask = (on: Stage, forwarded?: string) =>
    on.post(
      '/api/ask',
      { question: 'thanks' },
      forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
    )

  it('is answered with how long to wait, on the page too, and others are not held up', async () => {
    const statuses: number[] = []
    for (let i = 0; i < 32; i++) statuses.push((await ask(limited, '203.0.113.7')).status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(30)
    const response = await ask(limited, '203.0.113.7')
    expect(response.status).toBe(429)
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(((await response.json()) as { kind: string }).kind).toBe('limited')
    const page = await fetch(`${limited.origin}/?q=thanks`, { headers: { 'x-forwarded-for': '203.0.113.7' } })
    expect(page.status).toBe(429)
    expect(await page.text()).toMatch(/a lot of questions at once/)
    expect((await ask(limited, '203.0.113.8')).status).toBe(200)
  })

  it.each([
    ['another address written before', '1.1.1.1, 203.0.113.7'],
    ['as an IPv6 address', '::ffff:203.0.113.7'],
  ])('is not got around by %s', async (_, forwarded) => {
    expect((await ask(limited, forwarded)).status).toBe(429)
  })

  it('counts a whole IPv6 network as one client', async () => {
    const statuses: number[] = []
    for (let i = 0; i < 31; i++) statuses.push((await ask(limited, `2001:db8:0:7::${i.toString(16)}`)).status)
    expect(statuses.at(-1)).toBe(429)
    expect((await ask(limited, '2001:db8:0:8::1')).status).toBe(200)
  })

  it('believes no header where no proxy was announced', async () => {
    const direct = await openStage()
    try {
      const statuses: number[] = []
      for (let i = 0; i < 31; i++) statuses.push((await ask(direct, `10.1.0.${i}`)).status)
      expect(statuses.at(-1)).toBe(429)
    } finally {
      await direct.close()
    }
  })

  it('goes for opinions, too', async () => {
    const statuses: number[] = []
    for (let i = 0; i < 21; i++)
      statuses.push(
        (
          await limited.post(
            '/api/feedback',
            { reference: `s.${i}`, helpful: true },
            { 'x-forwarded-for': '198.51.100.1' },
          )
        ).status,
      )
    expect(statuses.filter((status) => status === 200)).toHaveLength(20)
    expect(statuses.at(-1)).toBe(429)
  })
})
