import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type App, createApp, type Logger } from '../../src/index.ts'
import { drawPage } from './page.ts'
import { findChromium, pictureName, takePictures } from './pictures.ts'
import { createScenes, type Scene } from './scenes.ts'
import { takeWebPictures } from './web.ts'

const root = join(import.meta.dirname, '..', '..')
const pictures = join(root, 'docs', 'pictures')
const silent: Logger = { info: () => {}, warn: () => {}, error: () => {} }

const howToInstall = `There is no Chromium, so no pictures were taken. Install it (Debian and Ubuntu: apt-get install -y chromium;
macOS: brew install --cask chromium), or say where it is: CHROMIUM=/path/to/chromium npm run preview`

/** A folder in which one section holds a whole document of the shipped ones, so that its answer takes several pages. */
function makeLongContent({ engine }: App, folder: string): string {
  const parts = engine()
    .content.sections.filter(({ file }) => file === 'roles/data-engineer/responsibilities.md')
    .map(({ title, text }) => `**${title}**\n\n${text}`)
  const contentDir = join(folder, 'content')
  mkdirSync(contentDir)
  const title = 'All responsibilities of a data engineer'
  writeFileSync(join(contentDir, 'handbook.md'), `# Our handbook\n\n## ${title}\n\n${parts.join('\n\n')}\n`)
  return contentDir
}

async function askForScenes(): Promise<Scene[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'preview-'))
  try {
    const shipped = await createApp({ contentDir: join(root, 'content'), dataDir }, { logger: silent })
    const contentDir = makeLongContent(shipped, dataDir)
    const long = await createApp({ contentDir, dataDir }, { logger: silent })
    return await createScenes(shipped.bot, long.bot)
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

function gallery(scenes: readonly Scene[]): string {
  const shown = scenes.map(
    ({ name, alt, width }) =>
      `${alt}\n\n<img src="pictures/${pictureName(name)}" width="${width}" alt="${alt}">`,
  )
  return `# The bot in Discord

Each kind of reply, drawn from what the adapter sends to Discord; fonts and spacing differ a little from the real
client. \`npm run preview\` asks the bot again and draws them anew.

${shown.join('\n\n')}\n`
}

const scenes = await askForScenes()
const html = drawPage(scenes)
const page = join(tmpdir(), 'discord-preview.html')
writeFileSync(page, html)
console.log(`All replies on one page: ${page}`)

const chromium = findChromium(process.env.CHROMIUM)
if (chromium === undefined) console.log(howToInstall)
else {
  mkdirSync(pictures, { recursive: true })
  await takePictures(html, scenes, pictures, chromium)
  writeFileSync(join(root, 'docs', 'discord-gallery.md'), gallery(scenes))
  const more = await takeWebPictures(join(root, 'content'), pictures, chromium)
  console.log(`${scenes.length + more} pictures are in ${pictures}`)
}
