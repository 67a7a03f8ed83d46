import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { StoreConfig } from '../../src/store/create-store.ts'

export interface Writer {
  /** What the store acknowledged so far. */
  acknowledged(): string[]
  kill(): void
  /** Resolves with the exit status, and what was written to standard error. */
  ended: Promise<{ status: number | null; stderr: string }>
}

export function startWriter(config: StoreConfig, name: string, count: number): Writer {
  const child = spawn(process.execPath, [
    '--import',
    'tsx',
    join(import.meta.dirname, 'writer.ts'),
    JSON.stringify(config),
    name,
    String(count),
  ])
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  return {
    // The last piece may be half a line.
    acknowledged: () => stdout.split('\n').slice(0, -1),
    kill: () => child.kill('SIGKILL'),
    ended: new Promise((resolve) => child.on('close', (status) => resolve({ status, stderr }))),
  }
}
