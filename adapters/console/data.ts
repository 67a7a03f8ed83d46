import { renameSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { StoreError, type Transfer } from '../../src/index.ts'
import { linesOf } from './lines.ts'

/**
 * Writes everything that the bot remembers to a file, or to standard output.
 *
 * @returns the exit status
 */
export async function exportData(transfer: Transfer, file: string | undefined): Promise<number> {
  return report(async () => {
    if (file === undefined) {
      for await (const line of transfer.export()) await write(process.stdout, `${line}\n`)
      return
    }
    const rows = await writeFile(transfer, file)
    process.stderr.write(`${rows} rows are in ${file}. Keep it safe: it holds what members told.\n`)
  })
}

/** Under another name until it is whole, so that a broken export never looks like a good one. */
async function writeFile(transfer: Transfer, file: string): Promise<number> {
  const unfinished = `${file}.unfinished`
  const handle = await open(unfinished, 'w', 0o600)
  try {
    let rows = -1
    for await (const line of transfer.export()) {
      await handle.write(`${line}\n`)
      rows++
    }
    await handle.sync()
    await handle.close()
    renameSync(unfinished, file)
    return rows
  } catch (error) {
    await handle.close().catch(() => {
      // It was closed before the renaming failed.
    })
    rmSync(unfinished, { force: true })
    throw error
  }
}

/** Adds what is in a file to what the bot remembers. @returns the exit status */
export async function importData(transfer: Transfer, file: string): Promise<number> {
  return report(async () => {
    const handle = await open(file)
    const { added, known } = await transfer.import(linesOf(handle.createReadStream()))
    process.stderr.write(`${added} rows added, ${known} were there already\n`)
  })
}

async function report(work: () => Promise<void>): Promise<number> {
  try {
    await work()
    return 0
  } catch (error) {
    const isFile = error instanceof Error && 'code' in error && 'path' in error
    if (!(error instanceof StoreError) && !isFile) throw error
    process.stderr.write(`${(error as Error).message}\n`)
    return 2
  }
}

async function write(stream: NodeJS.WritableStream, text: string): Promise<void> {
  if (!stream.write(text)) await new Promise((resolve) => stream.once('drain', resolve))
}
