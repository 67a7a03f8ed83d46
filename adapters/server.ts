import { createServer as createHttpServer, type RequestListener, type ServerResponse } from 'node:http'
import { type Logger, SettingsError } from '../src/index.ts'

/** The one HTTP server of the process; adapters mount what they need on it. */
export interface WebServer {
  /** Everything below a path, such as `/slack`, goes to the listener. */
  mount(path: string, listener: RequestListener): void
  /** Listens when something was mounted. Until it is ready, only /healthz and /readyz are answered. */
  start(): Promise<void>
  /** Everything is answered from now on. */
  ready(): Promise<void>
  /** Takes no more requests and finishes those that are being answered. */
  stop(): Promise<void>
}

/** What `/readyz` tells. */
interface Readiness {
  /** Why requests cannot be answered yet, a line each. */
  missing(): string[]
  /** What an operator should know although requests are answered, a line each. */
  notes(): string[]
}

export function createServer(port: number, logger: Logger, readiness: Readiness): WebServer {
  const mounted = new Map<string, RequestListener>()
  let state: 'starting' | 'ready' | 'stopping' = 'starting'
  const tellReadiness = (response: ServerResponse): void => {
    if (state === 'ready') return void response.writeHead(200).end(['ok', ...readiness.notes()].join('\n'))
    response.writeHead(503).end([`not ready: ${state}`, ...readiness.missing()].join('\n'))
  }
  const server = createHttpServer(
    // Slow clients must not hold a connection for long. Milliseconds.
    { headersTimeout: 10_000, requestTimeout: 20_000, keepAliveTimeout: 5_000, maxHeaderSize: 16 * 1024 },
    (request, response) => {
      const url = request.url ?? '/'
      if (!URL.canParse(url, 'http://localhost')) return void response.writeHead(400).end('no such address')
      const { pathname } = new URL(url, 'http://localhost')
      if (pathname === '/healthz') return void response.writeHead(200).end('ok')
      if (pathname === '/readyz') return tellReadiness(response)
      if (state !== 'ready') return void response.writeHead(503, { 'retry-after': '1' }).end('not ready')
      for (const [path, listener] of mounted) {
        if (pathname === path || pathname.startsWith(`${path}/`)) return listener(request, response)
      }
      response.writeHead(404).end('there is nothing here')
    },
  )
  async function start(): Promise<void> {
    if (mounted.size === 0 || server.listening) return
    await new Promise<void>((resolve, reject) => {
      server.once('error', (error: NodeJS.ErrnoException) =>
        reject(new SettingsError([`PORT: port ${port} cannot be used (${error.code}); set another one`])),
      )
      server.listen(port, resolve)
    })
  }
  return {
    mount: (path, listener) => void mounted.set(path, listener),
    start,
    async ready() {
      // Adapters may have mounted something while they started.
      await start()
      state = 'ready'
      if (server.listening) logger.info({ port, paths: [...mounted.keys()] }, 'listening')
    },
    async stop() {
      state = 'stopping'
      if (!server.listening) return
      await new Promise((resolve) => {
        server.close(resolve)
        server.closeIdleConnections()
      })
    },
  }
}
