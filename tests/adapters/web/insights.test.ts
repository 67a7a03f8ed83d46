import { join } from 'node:path'
import axe from 'axe-core'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { AdapterContext } from '../../../adapters/registry.ts'
import { createServer } from '../../../adapters/server.ts'
import { createAdapter } from '../../../adapters/web/index.ts'
import { createApp, type Logger, StoreError } from '../../../src/index.ts'
import { freePort, hasBrowser, inBrowser, openBrowser, sendRaw } from './stage.ts'

type Insights = Awaited<ReturnType<NonNullable<AdapterContext['insights']>>>

const token = 'a-secret-of-the-operators'
const hostile = '<img src=x onerror=alert(1)> "quoted" & <script>alert(1)</script>'

const figures: Insights = {
  since: Date.parse('2026-10-01T00:00:00Z'),
  until: Date.parse('2026-10-31T00:00:00Z'),
  questionsAreKept: true,
  totals: {
    questions: 1234,
    answered: 1000,
    withCaveat: 90,
    unanswered: 200,
    askedBack: 34,
    members: 77,
    helpful: 41,
    unhelpful: 6,
    notGrouped: 12,
  },
  topQuestions: [
    {
      question: 'What does a data engineer do?',
      count: 120,
      unanswered: 0,
      wordings: [
        { text: 'a', count: 1 },
        { text: 'b', count: 1 },
      ],
    },
    { question: hostile, count: 3, unanswered: 0, wordings: [] },
  ],
  unanswered: [
    {
      question: 'Is there a union?',
      count: 9,
      unanswered: 9,
      wordings: [
        { text: 'Is there a union?', count: 7 },
        { text: hostile, count: 2 },
      ],
      stub: { file: 'is-there-a-union.md', text: `# Is there a union\n\n${hostile}\n` },
    },
  ],
  answeredSince: [{ question: 'Which maths?', count: 2, unanswered: 2, wordings: [] }],
  caveats: [{ text: 'I have nothing on **Berlin** in particular.', count: 4 }],
  sectionsUsed: [
    { id: 'themes/salary#pay', title: 'Pay', count: 88 },
    { id: 'gone#gone', title: undefined, count: 1 },
  ],
  unhelpful: [
    {
      section: 'themes/salary#pay',
      title: 'Pay',
      helpful: 9,
      unhelpful: 6,
      reasons: [{ text: hostile, count: 2 }],
    },
  ],
  days: Array.from({ length: 31 }, (_, i) => ({
    day: `2026-10-${String(i + 1).padStart(2, '0')}`,
    questions: 20 + ((i * 7) % 30),
    answered: 14 + ((i * 7) % 30),
    platforms: { discord: 12, slack: 6, web: 2 + (i % 3) },
  })).filter((_, i) => i % 7 !== 3),
}

/** The page on a server of its own, with these figures. */
async function serve(
  environment: Record<string, string>,
  insights: AdapterContext['insights'] = async () => figures,
) {
  const silent: Logger = { info() {}, warn() {}, error() {} }
  const root = join(import.meta.dirname, '..', '..', '..')
  const app = await createApp({ contentDir: join(root, 'content'), dataDir: 'data' }, { logger: silent })
  const port = await freePort()
  const server = createServer(port, '127.0.0.1', silent)
  const { bot, store } = app
  await createAdapter({
    bot,
    store,
    logger: silent,
    environment,
    mount: server.mount,
    insights,
    fatal() {},
  }).start()
  await server.ready()
  return {
    port,
    address: `http://localhost:${port}/insights`,
    async close() {
      await server.stop()
      await app.close()
    },
  }
}

type Served = Awaited<ReturnType<typeof serve>>

const basic = (words: string): string => `Basic ${Buffer.from(words).toString('base64')}`
const knowing = { headers: { authorization: `Bearer ${token}` } }

describe('without a token', () => {
  let own: Served
  beforeAll(async () => {
    own = await serve({})
  })
  afterAll(() => own.close())

  it.each([
    ['a browser on this machine', 'GET /insights HTTP/1.1\r\nHost: localhost\r\n'],
    ['another name that leads here', 'GET /insights HTTP/1.1\r\nHost: evil.example\r\n'],
    ['no name', 'GET /insights HTTP/1.1\r\nHost: \r\n'],
    [
      'a proxy that says for whom',
      'GET /insights HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 203.0.113.5\r\n',
    ],
    ['a proxy that says nothing', 'GET /insights HTTP/1.0\r\nHost: localhost\r\n'],
    ['a proxy that looks like a browser', 'GET /insights HTTP/1.1\r\nHost: 127.0.0.1:3000\r\n'],
  ])('nobody sees the figures through %s', async (_, head) => {
    const text = await sendRaw(own.port, `${head}Connection: close\r\n\r\n`)
    expect(text).toMatch(/^HTTP\/1\.[01] 40[04] /)
    expect(text).not.toContain('1,234')
  })
})

describe('the figures', () => {
  it('are shown for as many days as are asked for', async () => {
    const own = await serve({ WEB_TOKEN: token })
    onTestFinished(own.close)
    for (const days of ['7', '30', '90', 'all', 'nonsense']) {
      const page = await (await fetch(`${own.address}?days=${days}`, knowing)).text()
      for (const words of ['1,234', 'Is there a union?', 'is-there-a-union.md', 'themes/salary#pay', 'slack'])
        expect(page).toContain(words)
      expect(page).not.toMatch(/<img|<script/)
    }
  })

  it('a database that is away is said in plain words', async () => {
    const away = await serve({ WEB_TOKEN: token }, () =>
      Promise.reject(new StoreError('there is no PostgreSQL at secret-host')),
    )
    onTestFinished(away.close)
    const response = await fetch(away.address, knowing)
    expect(response.status).toBe(503)
    expect(await response.text()).not.toContain('secret-host')
  })

  it('no question yet, and none kept, is a page too', async () => {
    const nothing = {
      questions: 0,
      answered: 0,
      withCaveat: 0,
      unanswered: 0,
      askedBack: 0,
      members: undefined,
      helpful: 0,
      unhelpful: 0,
      notGrouped: 0,
    }
    const lists = {
      topQuestions: [],
      unanswered: [],
      answeredSince: [],
      caveats: [],
      sectionsUsed: [],
      unhelpful: [],
      days: [],
    }
    const empty = await serve({ WEB_TOKEN: token }, async () => ({
      ...figures,
      ...lists,
      questionsAreKept: false,
      totals: nothing,
    }))
    onTestFinished(empty.close)
    expect(await (await fetch(empty.address, knowing)).text()).toMatch(/QUESTION_LOG_DAYS/)
  })
})

describe('with a token', () => {
  let guarded: Served
  beforeAll(async () => {
    guarded = await serve({ WEB_TOKEN: token, WEB_TRUST_PROXY: '1' })
  })
  afterAll(() => guarded.close())

  const ask = (authorization: string | undefined, from: string) =>
    fetch(guarded.address, { headers: { 'x-forwarded-for': from, ...(authorization && { authorization }) } })

  it.each([`Bearer ${token}`, basic(`anybody:${token}`), basic(`:${token}`)])(
    '%s opens the page',
    async (right) => {
      const response = await ask(right, '198.51.100.1')
      expect(response.status).toBe(200)
      expect(response.headers.get('set-cookie')).toBeNull()
      expect(await response.text()).toContain('1,234')
    },
  )

  it.each<[string, string | undefined]>([
    ['nothing', undefined],
    ['an empty one', 'Bearer '],
    ['a part of it', `Bearer ${token.slice(0, -1)}`],
    ['more than it', `Bearer ${token}x`],
    ['other letters', `Bearer ${token.toUpperCase()}`],
    ['another scheme', `Digest ${token}`],
    ['the token as the name', basic(`${token}:`)],
    ['no pair', basic('x')],
    ['no base64', 'Basic ????'],
    ['undefined', 'Bearer undefined'],
    ['something long', `Bearer ${'x'.repeat(5_000)}`],
  ])('%s does not', async (_, wrong) => {
    const response = await ask(wrong, '198.51.100.2')
    expect([401, 429]).toContain(response.status)
    expect(await response.text()).not.toContain('1,234')
  })

  it('in the address it does not either', async () => {
    expect((await fetch(`${guarded.address}?token=${token}`)).status).toBe(401)
  })

  it('trying many ends in waiting, also for the right one, and for nobody else', async () => {
    const statuses: number[] = []
    for (let i = 0; i < 12; i++) statuses.push((await ask(`Bearer try-${i}`, '198.51.100.3')).status)
    expect(statuses.slice(0, 10)).toEqual(new Array(10).fill(401))
    expect(statuses.slice(10)).toEqual([429, 429])
    expect((await ask(`Bearer ${token}`, '198.51.100.3')).status).toBe(429)
    expect((await ask(`Bearer ${token}`, '198.51.100.4')).status).toBe(200)
  })
})

describe.skipIf(!hasBrowser)(`the figures ${inBrowser}`, () => {
  let browser: Browser
  let own: Served
  beforeAll(async () => {
    ;[browser, own] = await Promise.all([openBrowser(), serve({ WEB_TOKEN: token })])
  })
  afterAll(async () => {
    await browser?.close()
    await own?.close()
  })

  it.each(['light', 'dark'] as const)(
    'have no fault that axe finds, run nothing and fit into 320 pixels: %s',
    async (colorScheme) => {
      for (const width of [900, 320]) {
        const httpCredentials = { username: 'anybody', password: token }
        const page = await browser.newPage({ colorScheme, viewport: { width, height: 800 }, httpCredentials })
        const ran: string[] = []
        page.on('dialog', (dialog) => void dialog.dismiss().then(() => ran.push(dialog.message())))
        page.on('console', (message) => ran.push(message.text()))
        await page.goto(own.address)
        for (const summary of await page.locator('summary').all()) await summary.click()
        expect(await page.locator('main img, main script').count()).toBe(0)
        expect(await page.locator('.chart g').count()).toBe(31)
        expect(await page.locator('pre').first().innerText()).toContain(hostile)
        await page.evaluate(axe.source)
        const violations = await page.evaluate(
          'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + nodes[0].html))',
        )
        expect(violations).toEqual([])
        expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
        expect(ran).toEqual([])
        await page.close()
      }
    },
  )
})
