import { createServer as createHttpServer, type RequestListener } from 'node:http'
import { type Logger, SettingsError } from '../src/index.ts'

/** The one HTTP server of the process; adapters mount what they need on it. */
export interface WebServer {
  /** Everything below a path, such as `/slack`, goes to the listener. */
  mount(path: string, listener: RequestListener): void
  /** Listens when something was mounted. */
  start(): Promise<void>
  /** Takes no more requests and finishes those that are being answered. */
  stop(): Promise<void>
}

export function createServer(port: number, logger: Logger): WebServer {
  const mounted = new Map<string, RequestListener>()
  let isReady = false
  const server = createHttpServer(
    // Slow clients must not hold a connection for long. Milliseconds.
    { headersTimeout: 10_000, requestTimeout: 20_000, keepAliveTimeout: 5_000, maxHeaderSize: 16 * 1024 },
    (request, response) => {
      const url = request.url ?? '/'
      if (!URL.canParse(url, 'http://localhost')) return void response.writeHead(400).end('no such address')
      const { pathname } = new URL(url, 'http://localhost')
      if (pathname === '/healthz') return void response.writeHead(200).end('ok')
      if (pathname === '/readyz')
        return void response.writeHead(isReady ? 200 : 503).end(isReady ? 'ok' : 'not ready')
      for (const [path, listener] of mounted) {
        if (pathname === path || pathname.startsWith(`${path}/`)) return listener(request, response)
      }
      response.writeHead(404).end('there is nothing here')
    },
  )
  return {
    mount: (path, listener) => void mounted.set(path, listener),
    async start() {
      if (mounted.size === 0) return
      await new Promise<void>((resolve, reject) => {
        server.once('error', (error: NodeJS.ErrnoException) =>
          reject(new SettingsError([`PORT: port ${port} cannot be used (${error.code}); set another one`])),
        )
        server.listen(port, resolve)
      })
      isReady = true
      logger.info({ port, paths: [...mounted.keys()] }, 'listening')
    },
    async stop() {
      isReady = false
      if (!server.listening) return
      await new Promise((resolve) => {
        server.close(resolve)
        server.closeIdleConnections()
      })
    },
  }
}
