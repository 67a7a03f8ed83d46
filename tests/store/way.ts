import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** A way to the database that a test can cut. */
export async function wayTo(url: string) {
  const to = new URL(url)
  const open = new Set<Socket>()
  let server: Server | undefined
  const up = (port: number): Promise<number> =>
    new Promise((resolve) => {
      const made = createServer((near) => {
        const far = connect(Number(to.port || 5432), to.hostname)
        for (const [socket, end] of [
          [near, far],
          [far, near],
        ] as const) {
          open.add(socket)
          socket.on('error', () => {}).on('close', () => end.destroy())
          socket.pipe(end)
        }
      })
      made.listen(port, '127.0.0.1', () => resolve((made.address() as AddressInfo).port))
      server = made
    })
  const cut = async (): Promise<void> => {
    for (const socket of open) socket.destroy()
    open.clear()
    await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)))
  }
  const port = await up(0)
  const through = new URL(url)
  through.host = `127.0.0.1:${port}`
  onTestFinished(cut)
  return { url: through.href, cut, mend: () => up(port) }
}
