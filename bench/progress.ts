/** A line on a terminal that says what is being measured; nothing where errors go to a file or a pipe. */
export function createProgress(stream: NodeJS.WriteStream) {
  let last = ''
  const write = (line: string): void => {
    if (!stream.isTTY || line === last) return
    last = line
    stream.write(`\r\u001b[K${line}`)
  }
  return {
    report: (done: number, total: number, what: string) => write(`${done}/${total} ${what}`),
    clear: () => write(''),
  }
}

export type Progress = ReturnType<typeof createProgress>
