import { createInterface, type Interface } from 'node:readline'
import pc from 'picocolors'
import type { Adapter, Bot } from '../../src/index.ts'
import type { AdapterContext } from '../registry.ts'
import { renderReply, wrap } from './terminal.ts'
import { wholeText } from './text.ts'

const leaving = /^(?:exit|quit|q|:q|\/exit|\/quit)$/i

/** The conversation in a terminal; lines from a pipe are answered without prompt and colours. */
export function createAdapter({ bot }: Pick<AdapterContext, 'bot'>): Adapter {
  let lines: Interface | undefined
  return {
    name: 'console',
    async start() {
      lines = createInterface({
        input: process.stdin,
        output: process.stdin.isTTY ? process.stdout : undefined,
        terminal: process.stdin.isTTY,
      })
      await converse(bot, lines, process.stdin.isTTY)
    },
    async stop() {
      lines?.close()
    },
  }
}

async function converse(bot: Bot, lines: Interface, atTerminal: boolean): Promise<void> {
  const { stdout } = process
  const pretty = atTerminal && stdout.isTTY
  const show = (text: string): void => void stdout.write(text)
  let offered: readonly string[] = []

  async function answer(typed: string): Promise<void> {
    const picked = /^\d$/.test(typed) ? offered[Number(typed) - 1] : undefined
    if (/^\d$/.test(typed) && picked === undefined) {
      show(
        `${wrap('There is no question with that number. Ask in your own words.', (stdout.columns || 80) - 2)}\n\n`,
      )
      return
    }
    if (pretty) show(picked === undefined ? '\n' : `${pc.dim(wrap(picked, (stdout.columns || 80) - 2))}\n\n`)
    const reply = await bot.handle({
      kind: 'question',
      text: picked ?? typed,
      conversation: 'terminal',
      platform: 'console',
    })
    offered = reply.suggestions.map(({ question }) => question)
    // A terminal that does not know its width says 0.
    show(`${pretty ? renderReply(reply, stdout.columns || 80) : wholeText(reply)}\n`)
  }

  if (pretty) {
    show(`${pc.dim('Ask in your own words. A number picks a next question; exit or Ctrl+D leaves.')}\n\n`)
    lines.setPrompt(pc.bold(pc.green('you › ')))
    lines.prompt()
  }
  for await (const line of lines) {
    const typed = line.trim()
    if (leaving.test(typed)) break
    if (typed !== '') await answer(typed)
    if (pretty) lines.prompt()
  }
  lines.close()
}
