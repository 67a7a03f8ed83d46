import type { RootContent, Table } from 'mdast'
import pc from 'picocolors'
import { isAnswered, plainText, type Reply, replyText, sourceLine } from '../../src/index.ts'
import { offersOf } from './text.ts'

/** Longer lines are hard to read, whatever the window. Characters. */
const widest = 88
const narrowest = 40

/** A reply for a terminal: bold title, wrapped text, tables in columns, numbered next questions. */
export function renderReply(reply: Reply, columns: number): string {
  const width = Math.max(narrowest, Math.min(columns - 2, widest))
  const parts: string[] = []
  if (isAnswered(reply)) {
    if (reply.told !== undefined) parts.push(pc.dim(wrap(reply.told, width)))
    if (reply.caveat !== undefined) parts.push(pc.yellow(wrap(bold(reply.caveat), width)))
    parts.push(pc.bold(pc.cyan(wrap(reply.title, width))))
    for (const node of reply.body) parts.push(block(node, width))
    parts.push(pc.dim(wrap(sourceLine(reply.source), width)))
  } else if (reply.kind === 'step') parts.push(...step(reply, width))
  else parts.push(wrap('text' in reply ? bold(reply.text) : replyText(reply), width))
  const offered = offersOf(reply)
  if (offered.length > 0)
    parts.push(
      offered.map(({ label }, i) => `${pc.green(`${i + 1}`)} ${wrap(label, width - 2, '  ')}`).join('\n'),
    )
  return `${parts.filter(Boolean).join('\n\n')}\n`
}

function step({ title, notes, parts, progress }: Extract<Reply, { kind: 'step' }>, width: number): string[] {
  const at = progress === undefined ? '' : pc.dim(`  step ${progress.at} of ${progress.of}`)
  return [
    ...notes.map((note) => pc.yellow(wrap(bold(note), width))),
    `${pc.bold(pc.cyan(wrap(title, width)))}${at}`,
    ...parts.flatMap((part) => [
      ...(part.title ? [pc.bold(wrap(part.title, width))] : []),
      ...(part.caveat === undefined ? [] : [pc.yellow(wrap(bold(part.caveat), width))]),
      ...part.body.map((node) => block(node, width)),
      ...(part.source === undefined ? [] : [pc.dim(wrap(sourceLine(part.source), width))]),
    ]),
  ]
}

function block(node: RootContent, width: number): string {
  switch (node.type) {
    case 'list':
      return node.children
        .map((item, i) => {
          const mark = node.ordered ? `${(node.start ?? 1) + i}.` : '•'
          const indent = ' '.repeat(mark.length + 1)
          const inner = item.children.map((child) => block(child, width - indent.length)).join('\n')
          return `${mark} ${inner.replaceAll('\n', `\n${indent}`)}`
        })
        .join('\n')
    case 'table':
      return table(node, width)
    case 'paragraph':
      return wrap(inline(node), width)
    default:
      return wrap(plainText([node]), width)
  }
}

/** Text of a paragraph with its strong words in bold. */
function inline(node: Extract<RootContent, { type: 'paragraph' }>): string {
  return node.children
    .map((child) => {
      const text = plainText([{ type: 'paragraph', children: [child] }])
      return child.type === 'strong' ? pc.bold(text) : text
    })
    .join('')
}

function bold(text: string): string {
  return text.replace(/\*\*([^*]{1,200})\*\*/g, (_, words: string) => pc.bold(words))
}

function table(node: Table, width: number): string {
  const rows = node.children.map((row) =>
    row.children.map((cell) => plainText([{ type: 'paragraph', children: cell.children }])),
  )
  const count = Math.max(...rows.map((row) => row.length))
  const first = Math.min(Math.max(...rows.map((row) => (row[0] ?? '').length)), 16)
  const rest = Math.max(10, Math.floor((width - first - 3 * (count - 1)) / Math.max(count - 1, 1)))
  const widths = Array.from({ length: count }, (_, i) => (i === 0 ? first : rest))
  const lines = rows.map((row, r) => {
    const cells = widths.map((w, i) => wrap(row[i] ?? '', w).split('\n'))
    const height = Math.max(...cells.map((cell) => cell.length))
    return Array.from({ length: height }, (_, line) =>
      cells
        .map((cell, i) => {
          const text = (cell[line] ?? '').padEnd(widths[i]!)
          return r === 0 || i === 0 ? pc.bold(text) : text
        })
        .join(pc.dim(' │ ')),
    ).join('\n')
  })
  lines.splice(1, 0, pc.dim(widths.map((w) => '─'.repeat(w)).join('─┼─')))
  return lines.join('\n')
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes begin with the escape character
const colourCode = /\u001b\[[0-9;]{0,9}m/g

/** Breaks lines at spaces; colour codes take no room. */
export function wrap(text: string, width: number, indent = ''): string {
  return text
    .split('\n')
    .map((line) => {
      const lines: string[] = []
      let current = ''
      for (const word of line.split(' ')) {
        const longer = current === '' ? word : `${current} ${word}`
        if (longer.replace(colourCode, '').length > width && current !== '') {
          lines.push(current)
          current = word
        } else current = longer
      }
      return [...lines, current].join(`\n${indent}`)
    })
    .join('\n')
}
