import type { ListItem, PhrasingContent, RootContent, Table } from 'mdast'
import { phrasing } from '../../src/index.ts'

/** Slack asks for exactly these three; without them a text could ping a channel or forge a link. */
export function escapeMrkdwn(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}

/** Marks of emphasis that a text brings along would make bold of what is none. */
function plain(text: string): string {
  // A zero-width space keeps the mark and takes its meaning.
  return escapeMrkdwn(text).replace(/(?<=^|[\s(])([*_~`])(?=\S)/g, '\u200b$1\u200b')
}

/** Our own phrases know no markup but **bold** words. */
export function boldOnly(text: string): string {
  return text
    .split('**')
    .map((part, i) => (i % 2 === 0 ? plain(part) : `*${plain(part)}*`))
    .join('')
}

/** A Markdown tree in Slack's own markup, a string a block. Tables become a small list for each row. */
export function toMrkdwn(nodes: readonly RootContent[]): string[] {
  return nodes.flatMap(block).filter((text) => text !== '')
}

function block(node: RootContent): string[] {
  switch (node.type) {
    case 'paragraph':
      return [inline(node.children)]
    case 'heading':
      return [`*${phrasing(node.children)}*`]
    case 'list':
      return [
        node.children
          .map((item, i) => listItem(item, node.ordered ? `${(node.start ?? 1) + i}. ` : '• '))
          .join('\n'),
      ]
    case 'table': {
      const [head = [], ...rows] = rowsOf(node)
      return rows.map((row) => tableRow(row, head))
    }
    case 'blockquote':
      return toMrkdwn(node.children).map((text) => text.replace(/^/gm, '&gt; '))
    case 'code':
      return [`\`\`\`${escapeMrkdwn(node.value.replaceAll('```', "'''"))}\`\`\``]
    case 'footnoteDefinition':
      return toMrkdwn(node.children)
    default:
      return []
  }
}

function listItem({ children }: ListItem, mark: string): string {
  return mark + toMrkdwn(children).join('\n').replaceAll('\n', '\n    ')
}

/** The words of each cell, the head first. */
export function rowsOf({ children }: Table): string[][] {
  return children.map((row) => row.children.map((cell) => phrasing(cell.children)))
}

function tableRow([name = '', ...cells]: string[], head: readonly string[]): string {
  const lines = cells.map(
    (cell, i) => `• ${head[i + 1] ? `${plain(head[i + 1] ?? '')}: ` : ''}${plain(cell)}`,
  )
  return [name === '' ? '' : `*${plain(name)}*`, ...lines].filter(Boolean).join('\n')
}

function inline(nodes: readonly PhrasingContent[]): string {
  return nodes.map(span).join('')
}

function span(node: PhrasingContent): string {
  switch (node.type) {
    case 'text':
      return plain(node.value)
    case 'strong':
      return `*${inline(node.children)}*`
    case 'emphasis':
      return `_${inline(node.children)}_`
    case 'delete':
      return `~${inline(node.children)}~`
    case 'inlineCode':
      return `\`${escapeMrkdwn(node.value.replaceAll('`', "'"))}\``
    case 'link':
      return /^https?:\/\/[^\s<>|]+$/.test(node.url)
        ? `<${escapeMrkdwn(node.url)}|${phrasing(node.children).replace(/[<>|&]/g, ' ')}>`
        : inline(node.children)
    case 'break':
      return '\n'
    default:
      return plain(phrasing([node]))
  }
}
