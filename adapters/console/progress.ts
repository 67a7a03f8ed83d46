/** Work shorter than this needs no progress. Milliseconds. */
const quietFor = 400

/** Shows progress of long work on one line of a terminal; nothing in a pipe. */
export function createProgress(stream: NodeJS.WriteStream) {
  const began = performance.now()
  let shown = false
  return {
    report(what: string, done: number, total: number): void {
      if (!stream.isTTY || performance.now() - began < quietFor) return
      shown = true
      stream.write(`\r\u001b[K${what} ${done.toLocaleString('en')} of ${total.toLocaleString('en')}`)
    },
    clear(): void {
      if (shown) stream.write('\r\u001b[K')
    },
  }
}
