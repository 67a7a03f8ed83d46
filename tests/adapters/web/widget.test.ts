import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasBrowser, inBrowser, openBrowser, openStage, type Stage } from './stage.ts'

describe.skipIf(!hasBrowser)(`the widget on somebody's site, ${inBrowser}`, () => {
  let browser: Browser
  let stage: Stage
  let site: Server
  let page: Page
  let address = ''
  const faults: string[] = []

  beforeAll(async () => {
    // A site with a strict policy and loud styles of its own.
    site = createServer((_, response) => {
      const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src ${stage.origin}; connect-src ${stage.origin}`
      response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': policy })
      response.end(`<!doctype html><html lang="en"><title>A club</title>
<style>* { color: red !important; font-size: 40px !important } button { display: none } .reply { display: none } input { position: fixed }</style>
<h1>A club</h1><script src="${stage.origin}/widget.js" data-title="Ask us" defer></script></html>`)
    })
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
    address = `http://127.0.0.1:${(site.address() as AddressInfo).port}`
    ;[browser, stage] = await Promise.all([
      openBrowser(),
      openStage({ environment: { WEB_ORIGINS: address } }),
    ])
    page = await browser.newPage({ viewport: { width: 800, height: 700 } })
    page.on('pageerror', (error) => faults.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error' && !/favicon/.test(message.text())) faults.push(message.text())
    })
    await page.goto(address)
  })
  afterAll(async () => {
    await browser?.close()
    await stage?.close()
    site?.close()
  })

  it('opens, answers, follows up and closes', async () => {
    await page.click('text=Ask us')
    await page.keyboard.type('What is a computer vision engineer?')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.reply.answer, .reply.role')
    await page.keyboard.type('and which skills?')
    await page.keyboard.press('Enter')
    const third = page.locator('.turn').nth(2)
    await third.locator('.source').waitFor()
    expect(await third.innerText()).toMatch(/computer vision/i)
    await third.locator('.next a').first().click()
    await page.locator('.turn').nth(3).locator('.source').first().waitFor()
    expect(page.url()).toBe(`${address}/`)
    await page.locator('text="Helpful"').last().click()
    await page.waitForSelector('text=Thank you')
    await page.keyboard.press('Escape')
    expect(await page.isVisible('.panel')).toBe(false)
    expect(faults).toEqual([])
  })

  it('looks the same whatever the site looks like, and leaves the site alone', async () => {
    await page.click('text=Ask us')
    const style = await page.evaluate<{ size: string; color: string; display: string }>(`(() => {
      const { fontSize: size, color, display } = getComputedStyle(document.querySelector('career-bot').shadowRoot.querySelector('.reply'))
      return { size, color, display }
    })()`)
    expect(style).toEqual({ size: '15.2px', color: 'rgb(29, 37, 41)', display: 'block' })
    expect(await page.evaluate('getComputedStyle(document.querySelector("h1")).fontSize')).toBe('40px')
    expect(await page.evaluate('Object.keys(window).filter((name) => /bot|career/i.test(name))')).toEqual([])
    expect(await page.context().cookies()).toEqual([])
  })

  it('gets no answers for a site that is not listed', async () => {
    const stranger = await browser.newPage()
    await stranger.goto(address.replace('127.0.0.1', 'localhost'))
    await stranger.click('text=Ask us')
    await stranger.keyboard.type('What is the pay?')
    await stranger.keyboard.press('Enter')
    await stranger.waitForSelector('text=That did not work')
    await stranger.close()
  })

  it('no page of ours can be framed by it', async () => {
    const framing = await browser.newPage()
    await framing.setContent(`<iframe src="${stage.origin}/"></iframe>`)
    await framing.waitForTimeout(500)
    const inside = framing.frames().find((frame) => frame !== framing.mainFrame())
    expect(await inside?.locator('.composer').count()).toBe(0)
    await framing.close()
  })

  it('is one file of less than 15 kB', async () => {
    const response = await fetch(`${stage.origin}/widget.js`)
    expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    const size = gzipSync(await response.text()).length
    expect(size).toBeLessThan(15_000)
    console.info(`widget: ${size} bytes compressed`)
  })
})
