import { relative, sep } from 'node:path'
import { watch } from 'chokidar'

/** Editors save in several steps; reading waits until they are through. Milliseconds. */
const quietFor = 200

/**
 * Calls back once after the files below a folder have changed and been quiet for a moment.
 *
 * @returns when it watches, with a function that stops it
 */
export async function watchFolder(
  folder: string,
  changed: () => void,
  failed: (error: Error) => void,
): Promise<() => Promise<void>> {
  let timer: NodeJS.Timeout | undefined
  const watcher = watch(folder, { ignoreInitial: true, ignored: (path) => isHidden(relative(folder, path)) })
  watcher.on('all', () => {
    clearTimeout(timer)
    timer = setTimeout(changed, quietFor)
  })
  watcher.on('error', (error) => failed(error as Error))
  // Changes before this are taken for files that were there.
  await new Promise<void>((resolve) => watcher.once('ready', resolve))
  return async () => {
    clearTimeout(timer)
    await watcher.close()
  }
}

function isHidden(path: string): boolean {
  return path.split(sep).some((name) => (name.startsWith('.') && name !== '..') || name === 'node_modules')
}
