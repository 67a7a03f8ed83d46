import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer as createProbe } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { createServer } from '../../adapters/server.ts'
import { createAdapter } from '../../adapters/web/index.ts'
import { createApp, type Logger } from '../../src/index.ts'
import { args } from './pictures.ts'
import { smallPng } from './small-png.ts'

const silent: Logger = { info: () => {}, warn: () => {}, error: () => {} }

interface Shot {
  name: string
  path: string
  colorScheme: 'light' | 'dark'
  width: number
  height: number
}

const shots: readonly Shot[] = [
  {
    name: 'web-comparison',
    path: '/?q=ML+engineer+vs+data+engineer',
    colorScheme: 'light',
    width: 860,
    height: 980,
  },
  {
    name: 'web-answer-phone',
    path: '/?q=How+much+does+a+junior+AI+engineer+make%3F',
    colorScheme: 'dark',
    width: 360,
    height: 800,
  },
  {
    name: 'web-preview',
    path: '/preview?q=what+do+ML+engineers+earn+in+Berlin%3F',
    colorScheme: 'light',
    width: 1000,
    height: 700,
  },
]

/** Pictures of the page as `npm start` serves it. */
export async function takeWebPictures(
  contentDir: string,
  folder: string,
  executablePath: string,
): Promise<number> {
  const dataDir = mkdtempSync(join(tmpdir(), 'preview-web-'))
  const port = await freePort()
  const app = await createApp({ contentDir, dataDir }, { logger: silent })
  const server = createServer(port, '127.0.0.1', silent)
  const { bot, store } = app
  await createAdapter({
    bot,
    store,
    logger: silent,
    environment: {},
    mount: server.mount,
    fatal() {},
  }).start()
  await server.ready()
  const browser = await chromium.launch({ executablePath, args })
  try {
    for (const { name, path, colorScheme, width, height } of shots) {
      const page = await browser.newPage({ colorScheme, viewport: { width, height }, deviceScaleFactor: 2 })
      await page.goto(`http://localhost:${port}${path}`)
      // A ring around the field says nothing on a picture.
      await page.evaluate('document.activeElement.blur()')
      writeFileSync(join(folder, `${name}.png`), smallPng(await page.screenshot()))
      await page.close()
    }
  } finally {
    await browser.close()
    await server.stop()
    await app.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
  return shots.length
}

async function freePort(): Promise<number> {
  const probe = createProbe()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}
