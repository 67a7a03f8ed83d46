import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** A file as it is sent. */
export interface Asset {
  type: string
  body: Uint8Array<ArrayBuffer>
  /** The same, compressed. */
  gzip: Uint8Array<ArrayBuffer>
  /** Changes with the file. */
  version: string
}

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** All files of `assets/` by name. They are read once: nothing that somebody sends ever becomes a path of a file. */
export function readAssets(): ReadonlyMap<string, Asset> {
  const folder = join(import.meta.dirname, 'assets')
  return new Map(
    readdirSync(folder).flatMap((name) => {
      const type = types[extname(name)]
      if (type === undefined) return []
      const body = new Uint8Array(readFileSync(join(folder, name)))
      const version = createHash('sha256').update(body).digest('hex').slice(0, 12)
      return [[name, { type, body, gzip: new Uint8Array(gzipSync(body, { level: 9 })), version }] as const]
    }),
  )
}
