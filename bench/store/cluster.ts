import { execFileSync } from 'node:child_process'
import { chownSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const programs = process.env.PG_BIN || '/usr/lib/postgresql/15/bin'

/** A PostgreSQL of one's own that can be stopped without anybody else missing it. */
export interface Cluster {
  url: string
  /** As if its machine lost power. */
  stop(): void
  start(): void
  close(): void
}

export async function createCluster(): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'career-postgres-'))
  const port = await freePort()
  const user = unprivileged()
  if (user !== undefined) chownSync(folder, user.uid, user.gid)
  const data = join(folder, 'data')
  const call = (program: string, ...options: string[]): void =>
    void execFileSync(join(programs, program), options, { stdio: 'ignore', cwd: folder, ...user })
  const start = (): void =>
    call(
      'pg_ctl',
      ...['-D', data, '-w', '-l', join(folder, 'log')],
      ...['-o', `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1`, 'start'],
    )
  const stop = (): void => call('pg_ctl', '-D', data, '-m', 'immediate', '-w', 'stop')
  call('initdb', '-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8')
  start()
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    stop,
    start,
    close() {
      stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** PostgreSQL does not run as root. */
function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const idOf = (option: string): number =>
    Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }))
  return { uid: idOf('-u'), gid: idOf('-g') }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('there is no free port')
  return address.port
}
