import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

/** A way to the database that can be cut, or left open without anything coming through. */
export async function wayTo(url: string) {
  const to = new URL(url)
  const open = new Set<Socket>()
  let server: Server | undefined
  let isStuck = false
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
          socket.on('data', (data) => {
            if (!isStuck) end.write(data)
          })
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
  return {
    url: through.href,
    /** Every connection breaks, and none is taken any more. */
    cut,
    /** Nothing that is sent arrives, and nobody says so. */
    stick: () => {
      isStuck = true
    },
    /** Everything works again; what got stuck is lost. */
    async mend(): Promise<void> {
      if (isStuck) await cut()
      isStuck = false
      await up(port)
    },
  }
}
