import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Context, Hono } from 'hono'
import type { Env } from './security.ts'

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

export function serveAssets(site: Hono<Env>, assets: ReadonlyMap<string, Asset>): void {
  site.get('/assets/:name', (c) => send(c, assets.get(c.req.param('name'))))
  site.get('/widget.js', (c) => {
    // Other sites may load it.
    c.header('cross-origin-resource-policy', 'cross-origin')
    return send(c, assets.get('widget.js'))
  })
}

function send(c: Context<Env>, asset: Asset | undefined): Response | Promise<Response> {
  if (asset === undefined) return c.notFound()
  const { type, body, gzip, version } = asset
  const tag = `"${version}"`
  c.header('etag', tag)
  c.header('content-type', type)
  c.header('vary', 'accept-encoding')
  // Pages name a file with its version, so that it never has to be asked for again.
  const isLasting = c.req.query('v') === version
  c.header('cache-control', isLasting ? 'public, max-age=31536000, immutable' : 'public, max-age=3600')
  if (c.req.header('if-none-match') === tag) return c.body(null, 304)
  if (!/\bgzip\b/.test(c.req.header('accept-encoding') ?? '')) return c.body(body)
  c.header('content-encoding', 'gzip')
  return c.body(gzip)
}
