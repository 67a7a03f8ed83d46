import { createInterface, type Interface } from 'node:readline'
import pc from 'picocolors'
import type { Adapter, Bot, Event } from '../../src/index.ts'
import type { AdapterContext } from '../registry.ts'
import { renderReply, wrap } from './terminal.ts'
import { type Offer, offersOf, wholeText } from './text.ts'

const leaving = /^(?:exit|quit|q|:q|\/exit|\/quit)$/i

/** One person sits at a terminal. */
const member = 'console:terminal'
const personal = new Map<string, 'start' | 'next' | 'forget'>([
  ['/start', 'start'],
  ['/next', 'next'],
  ['/forget-me', 'forget'],
])

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
  let offered: readonly Offer[] = []
  // Whoever never asks for anything to be remembered needs no database.
  let isKnown = false

  /** What is typed: a command, a number that was offered, or a question. */
  function eventOf(typed: string, picked: Offer | undefined): Event {
    const who = { conversation: 'terminal', platform: 'console', isPrivate: true }
    const command = personal.get(typed.toLowerCase())
    if (command !== undefined || (picked !== undefined && 'choice' in picked)) isKnown = true
    if (command !== undefined) return { kind: command, ...who, member }
    if (picked !== undefined && 'choice' in picked)
      return { kind: 'step', choice: picked.choice, ...who, member }
    return { kind: 'question', text: picked?.question ?? typed, ...who, ...(isKnown && { member }) }
  }

  async function answer(typed: string): Promise<void> {
    const isNumber = /^\d{1,2}$/.test(typed)
    const picked = isNumber ? offered[Number(typed) - 1] : undefined
    const width = (stdout.columns || 80) - 2
    if (isNumber && picked === undefined) {
      show(`${wrap('There is nothing with that number. Ask in your own words.', width)}\n\n`)
      return
    }
    if (pretty) show(picked === undefined ? '\n' : `${pc.dim(wrap(picked.label, width))}\n\n`)
    const reply = await bot.handle(eventOf(typed, picked))
    offered = offersOf(reply)
    // A terminal that does not know its width says 0.
    show(`${pretty ? renderReply(reply, stdout.columns || 80) : wholeText(reply)}\n`)
  }

  if (pretty) {
    show(
      `${pc.dim('Ask in your own words. /start begins a tour, a number picks, exit or Ctrl+D leaves.')}\n\n`,
    )
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
