import axe from 'axe-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { run } from '../console/command.ts'
import { hasBrowser, inBrowser, openBrowser, openStage, type Stage } from './stage.ts'

describe.skipIf(!hasBrowser)(`the page, ${inBrowser}`, () => {
  let browser: Browser
  let stage: Stage
  let visitors = 0

  beforeAll(async () => {
    ;[browser, stage] = await Promise.all([
      openBrowser(),
      openStage({ environment: { WEB_TRUST_PROXY: '1' } }),
    ])
  })
  afterAll(async () => {
    await browser?.close()
    await stage?.close()
  })

  /** A browser of somebody else each time; what goes wrong in it fails the test. */
  async function visit(path: string, options: BrowserContextOptions = {}): Promise<Page> {
    const extraHTTPHeaders = { 'x-forwarded-for': `10.9.0.${++visitors}` }
    const context = await browser.newContext({
      viewport: { width: 900, height: 800 },
      extraHTTPHeaders,
      ...options,
    })
    const page = await context.newPage()
    const faults: string[] = []
    page.on('pageerror', (error) => faults.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text())
    })
    onTestFinished(async () => {
      const cookies = await context.cookies()
      await context.close()
      expect(faults).toEqual([])
      expect(cookies).toEqual([])
    })
    await page.goto(stage.origin + path)
    return page
  }

  async function ask(page: Page, question: string): Promise<string> {
    const before = await page.locator('.turn:not(.waiting)').count()
    await page.fill('#question', question)
    await page.keyboard.press('Enter')
    const turn = page.locator('.turn:not(.waiting)').nth(before)
    await turn.waitFor()
    return turn.innerText()
  }

  /** What was kept of opinions, oldest first. */
  async function kept(count: number): Promise<string[]> {
    const read = async (): Promise<string[]> =>
      (await run(['data-export'], '', { DATA_DIR: stage.data })).stdout
        .split('\n')
        .filter((line) => line.includes('"helpful"'))
    await expect.poll(async () => (await read()).length, { timeout: 20_000, interval: 300 }).toBe(count)
    return read()
  }

  it('asks, shows the source and date, and follows up', async () => {
    const page = await visit('/')
    const text = await ask(page, 'What is a computer vision engineer?')
    expect(text).toContain('What is a computer vision engineer?')
    expect(text).toMatch(/Source: .*reviewed \d{1,2} \w+ 20\d\d/)
    expect(await ask(page, 'and which skills?')).toMatch(/computer vision/i)
    await page.locator('.turn').last().locator('.next a').first().click()
    await page.waitForSelector('.turn:nth-child(4):not(.waiting)')
    expect(await page.locator('.turn').last().locator('.asked').innerText()).not.toBe('')
    expect(new URL(page.url()).search).toBe('')
  })

  it('puts two jobs side by side in a table', async () => {
    const page = await visit('/')
    await ask(page, 'ML engineer vs data engineer')
    const heads = page.locator('.reply.comparison thead th')
    expect(await heads.allInnerTexts()).toEqual(['Machine learning engineer', 'Data engineer'])
    expect(await page.locator('.reply.comparison tbody th').count()).toBeGreaterThan(2)
  })

  it('looks for a job and a level that were picked', async () => {
    const page = await visit('/')
    await page.selectOption('select[name=role]', 'data engineer')
    expect(await ask(page, 'Which skills are needed?')).toMatch(/data engineer/i)
    const other = await visit('/')
    await other.selectOption('select[name=level]', 'entry level')
    expect(await ask(other, 'What is the pay?')).toMatch(/Pay at entry level/)
  })

  it('links lead to the same question', async () => {
    const page = await visit('/?q=What+does+a+data+engineer+do%3F')
    expect(await page.innerText('.turn')).toMatch(/data engineer/i)
    await page.click('.elsewhere a:first-child')
    await page.waitForURL(/\?q=What\+does/)
    expect(await page.innerText('.asked')).toContain('What does a data engineer do?')
  })

  it('shows how the answer looks in Discord and in Slack', async () => {
    const page = await visit('/?q=ML+engineer+vs+data+engineer')
    await page.click('text=In Discord and Slack')
    await page.waitForSelector('.discord')
    const words = await page.innerText('.reply, .discord')
    expect(words).toContain('Machine learning engineer')
    expect(await page.locator('.discord table').count()).toBe(0)
    expect(await page.locator('.slack table').count()).toBe(1)
    await page.click('text=Back to the answer')
    await page.waitForSelector('.reply.comparison')
    expect(await page.locator('.reply.comparison').count()).toBe(1)
  })

  it('keeps opinions, once each, with a reason that is given after', async () => {
    const before = (await kept(0)).length
    const page = await visit('/?q=What+does+a+data+engineer+do%3F')
    await page.click('text="Not helpful"')
    await page.fill('textarea', 'too <b>long</b>')
    await page.click('text=Send')
    await page.waitForSelector('.reason', { state: 'detached' })
    expect(await page.innerText('.tools')).toMatch(/Thank you/)
    const entries = await kept(before + 1)
    expect(entries.at(-1)).toContain('"too <b>long</b>"')
    expect(entries.join()).not.toMatch(/10\.9\.0|127\.0\.0\.1/)
    const other = await visit('/?q=What+does+a+data+engineer+do%3F')
    await other.click('text="Helpful"')
    await other.waitForSelector('.thanks')
    await kept(before + 2)
  })

  it('works without JavaScript: asking, following up, picking, judging', async () => {
    const page = await visit('/', { javaScriptEnabled: false })
    const go = (where: string) => Promise.all([page.waitForEvent('load'), page.click(where)])
    await page.fill('#question', 'What is a computer vision engineer?')
    await go('text="Ask"')
    expect(await page.locator('.reply').innerText()).toMatch(/computer vision/i)
    expect(new URL(page.url()).search).toBe('')
    await page.fill('#question', 'and which skills?')
    await page.selectOption('select[name=level]', { index: 0 })
    await go('text="Ask"')
    expect(await page.locator('.reply').innerText()).toMatch(/computer vision/i)
    await go('.next a >> nth=0')
    expect(await page.locator('.reply h2').count()).toBe(1)
    const before =
      (await run(['data-export'], '', { DATA_DIR: stage.data })).stdout.split('"helpful"').length - 1
    await go('text="Not helpful"')
    await page.fill('textarea', 'no script')
    await go('text="Send"')
    expect(await page.innerText('main')).toMatch(/Thank you/)
    expect((await kept(before + 1)).join()).toContain('no script')
  })

  it('is used with the keyboard alone', async () => {
    const page = await visit('/')
    await page.keyboard.type('What does a data engineer do?')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.reply.answer, .reply.role')
    const focused = () =>
      page.evaluate<string>('document.activeElement.textContent || document.activeElement.name')
    const reached: string[] = []
    for (let i = 0; i < 30; i++) {
      await page.keyboard.press('Shift+Tab')
      reached.push(await focused())
      if (reached.at(-1) === 'Helpful') break
    }
    expect(reached.at(-1)).toBe('Helpful')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.thanks')
    expect(await focused()).toMatch(/Thank you/)
    const outline = await page.evaluate<string>(
      "(document.querySelector('.next a').focus(), getComputedStyle(document.querySelector('.next a')).outlineStyle)",
    )
    expect(outline).not.toBe('none')
    await page.goto(`${stage.origin}/about`)
    await page.keyboard.press('Tab')
    expect(await focused()).toBe('Skip to the content')
  })

  it('says what it could not do when the bot is away', async () => {
    const other = await openStage()
    onTestFinished(() => other.close())
    const context = await browser.newContext()
    onTestFinished(() => context.close())
    const page = await context.newPage()
    await page.goto(other.origin)
    await other.bot.stop('SIGKILL')
    await page.fill('#question', 'What is the pay?')
    await page.keyboard.press('Enter')
    await page.waitForSelector('text=That did not work')
  })

  const looked = [
    '/',
    '/?q=What+does+a+data+engineer+do%3F',
    '/?q=what+do+ML+engineers+earn+in+Berlin%3F',
    '/?q=ML+engineer+vs+data+engineer',
    '/?q=do+I+need+a+visa+to+work+in+AI%3F',
    '/?q=pipelines%3F',
    '/preview?q=ML+engineer+vs+data+engineer',
    '/preview?q=what+do+ML+engineers+earn+in+Berlin%3F',
    '/about',
    '/api',
    '/nothing',
  ]

  it.each(looked)(
    '%s has no fault that axe finds, and fits into 320 pixels, light and dark',
    async (path) => {
      for (const colorScheme of ['light', 'dark'] as const)
        for (const width of [900, 320]) {
          const context = await browser.newContext({
            colorScheme,
            viewport: { width, height: 700 },
            extraHTTPHeaders: { 'x-forwarded-for': `10.8.0.${++visitors}` },
          })
          const page = await context.newPage()
          await page.goto(stage.origin + path)
          await page.evaluate(axe.source)
          const violations = await page.evaluate<string[]>(
            "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map((node) => node.html).join(' ')))",
          )
          expect(violations).toEqual([])
          expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(
            width,
          )
          await context.close()
        }
    },
  )

  it('a conversation that went on for a while has no fault either', async () => {
    const page = await visit('/')
    for (const question of ['What is the pay?', 'ML engineer vs data engineer', 'thanks'])
      await ask(page, question)
    await page.locator('text="Not helpful"').first().click()
    await page.waitForSelector('textarea')
    await page.evaluate(axe.source)
    expect(await page.evaluate('axe.run().then(({ violations }) => violations.map(({ id }) => id))')).toEqual(
      [],
    )
  })

  it('the first view weighs less than 60 kB', async () => {
    const page = await browser.newPage()
    onTestFinished(() => page.close())
    const sizes: Promise<number>[] = []
    page.on('requestfinished', (request) => {
      sizes.push(
        request
          .sizes()
          .then(({ responseBodySize, responseHeadersSize }) => responseBodySize + responseHeadersSize),
      )
    })
    await page.goto(stage.origin, { waitUntil: 'networkidle' })
    const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
    expect(sizes.length).toBeGreaterThan(2)
    expect(total).toBeGreaterThan(1_000)
    expect(total).toBeLessThan(60_000)
    console.info(`first view: ${total} bytes in ${sizes.length} responses`)
  })
})
