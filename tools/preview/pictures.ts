import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import type { Scene } from './scenes.ts'
import { smallPng } from './small-png.ts'

/** Bytes; larger ones make the repository heavy. */
const largest = 150_000

/** The browser asks nobody for anything. */
export const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** @returns undefined when there is none */
export function findChromium(chosen: string | undefined): string | undefined {
  return (chosen ? [chosen] : usualPlaces).find((path) => existsSync(path))
}

/** Pixels of a picture for each pixel of the page: two are sharp on every screen, one does for what is very long. */
const scales = [2, 1]

/** One PNG a scene. @throws when a picture is too large */
export async function takePictures(
  html: string,
  scenes: readonly Scene[],
  folder: string,
  executablePath: string,
): Promise<void> {
  const browser = await chromium.launch({ executablePath, args })
  try {
    const pages: Page[] = []
    for (const deviceScaleFactor of scales) {
      const page = await browser.newPage({ deviceScaleFactor, javaScriptEnabled: false, offline: true })
      await page.setContent(html)
      pages.push(page)
    }
    for (const { name } of scenes) writeFileSync(join(folder, pictureName(name)), await sharpest(pages, name))
  } finally {
    await browser.close()
  }
}

async function sharpest(pages: readonly Page[], name: string): Promise<Buffer> {
  for (const page of pages) {
    const png = smallPng(await page.locator(`#${name}`).screenshot())
    if (png.length <= largest) return png
  }
  throw new Error(`the picture of "${name}" would have more than ${largest} bytes; shorten its scene`)
}

export function pictureName(scene: string): string {
  return `discord-${scene}.png`
}
