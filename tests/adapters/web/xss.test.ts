import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasBrowser, inBrowser, openBrowser, openStage, type Stage } from './stage.ts'

/** What somebody may type, or put into a link and send around. */
const attempts = [
  '<script>alert(1)</script>',
  '</script><script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)>',
  '<svg><script>alert(1)</script></svg>',
  '"><img src=x onerror=alert(1)>',
  "'><img src=x onerror=alert(1)>",
  '" autofocus onfocus=alert(1) x="',
  "' onmouseover=alert(1) x='",
  'javascript:alert(1)',
  '</title><script>alert(1)</script>',
  '</textarea><script>alert(1)</script>',
  '<iframe srcdoc="<script>alert(1)</script>">',
  '<iframe src="javascript:alert(1)">',
  '<object data="javascript:alert(1)">',
  '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
  '<base href="https://evil.example/">',
  '<meta http-equiv="refresh" content="0;url=https://evil.example/">',
  '<form action="https://evil.example/"><button>Helpful</button></form>',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '**<img src=x onerror=alert(1)>**',
  '[pay](javascript:alert(1))',
  '`<script>alert(1)</script>`',
  '<a href="data:text/html,<script>alert(1)</script>">pay</a>',
  '\u0000<script>alert(1)</script>',
  '{{constructor.constructor("alert(1)")()}} #{alert(1)}',
]

/** The same in documents: whoever writes them is trusted with words, not with scripts. */
const hostileDocument = `# Pay <img src=x onerror=alert(1)>

## What does a **cactus** gardener earn? <script>alert(1)</script>

A cactus gardener earns *much* <script>alert(1)</script> <img src=x onerror=alert(1)>.

<div onclick="alert(1)">raw</div>

<iframe src="javascript:alert(1)"></iframe>

- [one](javascript:alert(1))
- [two](data:text/html,<script>alert(1)</script>)
- [three](JaVaScRiPt:alert(1))
- [four](https://example.org/"onmouseover="alert(1))
- ![five](x "onerror=alert(1)")
- <javascript:alert(1)>

| <img src=x onerror=alert(1)> | \`<b>\` |
| --- | --- |
| <svg onload=alert(1)> | "onclick=alert(1) |

\`\`\`html
</code></pre><script>alert(1)</script>
\`\`\`

## Watering

Water it.
`

/** What no page of ours holds. As text: it runs in the browser. */
const findStrange = `(() => {
  const all = [...document.querySelectorAll('*')]
  const handlers = all.filter((one) => one.getAttributeNames().some((name) => name.startsWith('on')))
  const elements = document.querySelectorAll(
    'main :is(script, img, svg, iframe, object, embed, base, meta, link, style, math), script:not([src^="/assets/"]), form:not([action^="/"]):not(.reason)',
  )
  const links = [...document.querySelectorAll('a')].filter((a) => !/^https?:$/.test(a.protocol))
  return [...handlers, ...elements, ...links].map((one) => one.outerHTML.slice(0, 100))
})()`

describe.skipIf(!hasBrowser)(`nothing that somebody writes runs, ${inBrowser}:`, () => {
  let browser: Browser
  let stage: Stage
  let hostile: Stage
  let page: Page
  const ran: string[] = []
  let client = 0

  beforeAll(async () => {
    const environment = { WEB_TRUST_PROXY: '1' }
    ;[browser, stage, hostile] = await Promise.all([
      openBrowser(),
      openStage({ environment }),
      openStage({ environment, content: { 'a.md': hostileDocument } }),
    ])
    page = await browser.newPage()
    page.on('dialog', (dialog) => {
      ran.push(dialog.message())
      void dialog.dismiss()
    })
    page.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) ran.push(message.text())
    })
  })
  afterAll(async () => {
    await browser?.close()
    await Promise.all([stage?.close(), hostile?.close()])
  })

  /** As if somebody else asked each time, so that the limit is not in the way. */
  async function another(): Promise<void> {
    client++
    await page.setExtraHTTPHeaders({ 'x-forwarded-for': `10.0.${client >> 8}.${client & 255}` })
  }

  /** Escaping has to suffice: the policy of the page is a second wall, and it must have had nothing to do. */
  async function expectHarmless(): Promise<void> {
    const strange = await page.evaluate<string[]>(findStrange)
    expect(strange).toEqual([])
    expect(ran).toEqual([])
    expect(new URL(page.url()).hostname).toBe('localhost')
  }

  it.each(attempts)('in the address: %j', async (text) => {
    await another()
    for (const path of ['/', '/preview'])
      for (const name of ['q', 'role', 'level', 'after', 'open']) {
        await page.goto(
          `${stage.origin}${path}?${new URLSearchParams({ q: 'What is the pay?', [name]: text })}`,
        )
        await expectHarmless()
      }
    await page.goto(`${stage.origin}/?${new URLSearchParams({ open: `q.${text}` })}`)
    await expectHarmless()
  })

  it.each(attempts)('as a question: %j', async (text) => {
    await another()
    await page.goto(stage.origin)
    await page.fill('#question', text)
    await page.keyboard.press('Enter')
    await page.waitForSelector('.turn:nth-child(2):not(.waiting)')
    await expectHarmless()
  })

  it('in documents, on the page', async () => {
    await another()
    await page.goto(`${hostile.origin}/?q=what+does+a+cactus+gardener+earn`)
    expect(await page.innerText('.reply')).toMatch(/earns much/)
    expect(await page.innerText('.reply')).toContain('</code></pre><script>alert(1)</script>')
    await expectHarmless()
    await page.goto(`${hostile.origin}/about`)
    await expectHarmless()
  })

  it('in documents, in the previews', async () => {
    await another()
    await page.goto(`${hostile.origin}/preview?q=what+does+a+cactus+gardener+earn`)
    expect(await page.innerText('.slack')).toMatch(/earns much/)
    await expectHarmless()
  })

  it('in documents, as answers without loading the page', async () => {
    await another()
    await page.goto(hostile.origin)
    await page.fill('#question', 'what does a cactus gardener earn?')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.reply.answer')
    await expectHarmless()
  })

  it('in the title of the page', async () => {
    const named = await openStage({ environment: { WEB_TITLE: '</title><script>alert(1)</script>' } })
    try {
      await page.goto(named.origin)
      await expectHarmless()
      expect(await page.title()).toBe('</title><script>alert(1)</script>')
    } finally {
      await named.close()
    }
  })
})
