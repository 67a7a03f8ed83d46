import { spawn } from 'node:child_process'
import { adapterContract } from '../../contracts/adapter.ts'
import { command, root } from './command.ts'

/** A pipe does not say where a reply ends, so each question is followed by one whose reply is known. */
const farewell = { said: 'goodbye', reply: 'Goodbye, and good luck.' }

adapterContract('The console', async () => {
  const [program = '', ...args] = command
  const child = spawn(program, [...args, 'chat'], { cwd: root, env: { ...process.env, CONTENT_DIR: '' } })
  let text = ''
  let heard = (): void => {}
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
    heard()
  })
  return {
    hasMembers: false,
    ask: (question) =>
      new Promise((resolve) => {
        heard = () => {
          const end = text.indexOf(farewell.reply)
          // The whole of the farewell, with the empty line behind it.
          if (end < 0 || !text.endsWith('\n\n')) return
          resolve(text.slice(0, end))
          text = ''
        }
        child.stdin.write(`${question.replaceAll('\n', ' ')}\n${farewell.said}\n`)
      }),
    close: async () => void child.kill(),
  }
})
