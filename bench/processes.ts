import { execFileSync, fork } from 'node:child_process'
import { join } from 'node:path'
import type { LoadJob, LoadResult, SystemJob, SystemResult } from './worker.ts'

export const root = join(import.meta.dirname, '..')

/** Compiles `src/` and `bench/` to `dist/bench/`: what is measured is what plain Node runs, not what tsx makes of it. */
export function compile(): void {
  try {
    execFileSync(join(root, 'node_modules', '.bin', 'tsc'), ['-p', join(root, 'bench', 'tsconfig.json')], {
      stdio: 'pipe',
    })
  } catch (error) {
    throw new Error(`The sources do not compile; mend this first:\n${(error as { stdout?: Buffer }).stdout}`)
  }
}

/** Does one job in a fresh process. */
export function inProcess(job: SystemJob): Promise<SystemResult>
export function inProcess(job: LoadJob): Promise<LoadResult>
export function inProcess(job: SystemJob | LoadJob): Promise<SystemResult | LoadResult> {
  const worker = join(root, 'dist', 'bench', 'bench', 'worker.js')
  return new Promise((resolve, reject) => {
    const child = fork(worker, { cwd: root, execArgv: ['--expose-gc', '--max-old-space-size=8192'] })
    let result: SystemResult | LoadResult | undefined
    child.once('message', (message) => {
      result = message as SystemResult | LoadResult
    })
    child.once('error', reject)
    child.once('exit', (code) => {
      if (result === undefined)
        reject(new Error(`measuring ${JSON.stringify(job)} ended with status ${code}`))
      else resolve(result)
    })
    child.send(job)
  })
}
