import { type FSWatcher, watch } from 'node:fs'

/** Editors save in several steps; reading waits until they are through. Milliseconds. */
const quietFor = 200

/**
 * Calls back once after the files below a folder have changed and been quiet for a moment.
 *
 * @returns a function that stops watching
 */
export function watchFolder(folder: string, changed: () => void, failed: (error: Error) => void): () => void {
  let timer: NodeJS.Timeout | undefined
  let watcher: FSWatcher | undefined
  try {
    watcher = watch(folder, { recursive: true, persistent: false }, () => {
      clearTimeout(timer)
      timer = setTimeout(changed, quietFor)
      timer.unref()
    })
    watcher.on('error', failed)
  } catch (error) {
    failed(error as Error)
  }
  return () => {
    clearTimeout(timer)
    watcher?.close()
  }
}
