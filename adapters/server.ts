import { createServer as createHttpServer, type RequestListener, type ServerResponse } from 'node:http'
import { type Logger, SettingsError } from '../src/index.ts'

/** The one HTTP server of the process; adapters mount what they need on it. */
export interface WebServer {
  /** Everything below a path, such as `/slack`, goes to the listener; below '', what no other one takes. */
  mount(path: string, listener: RequestListener): void
  /** Listens when something was mounted. Until it is ready, only /healthz and /readyz are answered. */
  start(): Promise<void>
  /** Everything is answered from now on. */
  ready(): Promise<void>
  /** Takes no more requests and finishes those that are being answered. */
  stop(): Promise<void>
}

/** So long may answers take that are on their way when the server stops. Milliseconds. */
const finishWithin = 5_000

/** What `/readyz` tells. */
interface Readiness {
  /** Why requests cannot be answered yet, a line each. */
  missing(): string[]
  /** What an operator should know although requests are answered, a line each. */
  notes(): string[]
}

/** @param host an address of this machine; undefined: all of them */
export function createServer(
  port: number,
  host: string | undefined,
  logger: Logger,
  readiness: Readiness = { missing: () => [], notes: () => [] },
): WebServer {
  /** The longest path first: what is below it is not for a shorter one. */
  const mounted: { path: string; listener: RequestListener }[] = []
  let state: 'starting' | 'ready' | 'stopping' = 'starting'
  const tellReadiness = (response: ServerResponse): void => {
    if (state === 'ready') return void response.writeHead(200).end(['ok', ...readiness.notes()].join('\n'))
    response.writeHead(503).end([`not ready: ${state}`, ...readiness.missing()].join('\n'))
  }
  const server = createHttpServer(
    // Slow clients must not hold a connection for long. Milliseconds.
    {
      headersTimeout: 10_000,
      requestTimeout: 20_000,
      // Longer than balancers and Slack keep theirs: who sends while it is being closed loses a request.
      keepAliveTimeout: 75_000,
      connectionsCheckingInterval: 2_000,
      maxHeaderSize: 16 * 1024,
    },
    (request, response) => {
      // A path may be anything that somebody sends, so it is no URL yet.
      const [pathname = '/'] = (request.url ?? '/').split('?', 1)
      if (pathname === '/healthz') return void response.writeHead(200).end('ok')
      if (pathname === '/readyz') return tellReadiness(response)
      if (state !== 'ready') return void response.writeHead(503, { 'retry-after': '1' }).end('not ready')
      for (const { path, listener } of mounted) {
        if (pathname === path || pathname.startsWith(`${path}/`)) return listener(request, response)
      }
      response.writeHead(404).end('there is nothing here')
    },
  )
  // Somebody who does not read the answer holds the connection, too.
  server.setTimeout(30_000)
  async function start(): Promise<void> {
    if (mounted.length === 0 || server.listening) return
    await new Promise<void>((resolve, reject) => {
      server.once('error', (error: NodeJS.ErrnoException) =>
        reject(new SettingsError([explain(error, port, host)])),
      )
      server.listen(port, host, resolve)
    })
  }
  return {
    mount(path, listener) {
      mounted.push({ path, listener })
      mounted.sort((a, b) => b.path.length - a.path.length)
    },
    start,
    async ready() {
      // Adapters may have mounted something while they started.
      await start()
      state = 'ready'
      if (server.listening)
        logger.info({ port, host, paths: mounted.map(({ path }) => path || '/') }, 'listening')
    },
    async stop() {
      state = 'stopping'
      if (!server.listening) return
      const late = setTimeout(() => server.closeAllConnections(), finishWithin)
      await new Promise((resolve) => {
        server.close(resolve)
        server.closeIdleConnections()
      })
      clearTimeout(late)
    },
  }
}

function explain({ code }: NodeJS.ErrnoException, port: number, host: string | undefined): string {
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `WEB_HOST: ${host} is no address of this machine (${code}); 0.0.0.0 stands for all of them`
  return `PORT: port ${port} cannot be used (${code}); set another one`
}
