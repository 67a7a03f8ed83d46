import type { ListItem, PhrasingContent, RootContent, Table } from 'mdast'
import { phrasing } from '../../src/index.ts'

/** What begins markup, a mention, a link or a custom emoji anywhere in a line. */
const marks = /[\\*_~`|<>[\]]/g
/** What makes a heading, a list or small print of a line when it begins with it. */
const beginnings = /^([^\S\n]{0,20})(?:([#+-])|(\d{1,9})(\.)(?=\s))/gm
const everybody = /@(?=everyone|here)/gi

export function escapeMarkdown(text: string): string {
  return text
    .replace(marks, '\\$&')
    .replace(beginnings, (_, space, mark, digits, dot) =>
      mark ? `${space}\\${mark}` : `${space}${digits}\\${dot}`,
    )
    .replace(everybody, '@\u200b')
}

/** Text with **bold** words from our own phrases, which know no other markup. */
export function boldOnly(text: string): string {
  return text
    .split('**')
    .map((part, i) => (i % 2 === 0 ? escapeMarkdown(part) : `**${escapeMarkdown(part)}**`))
    .join('')
}

/**
 * A Markdown tree as Discord writes it, a string a block; what leads into a list or stands over a text belongs to its
 * block. Discord has no tables: each row becomes a small list.
 */
export function toDiscord(nodes: readonly RootContent[]): string[] {
  const blocks: string[] = []
  let isLead = false
  for (const node of nodes) {
    for (const text of block(node).filter((one) => one !== '')) {
      const last = blocks.length - 1
      if (isLead && last >= 0) blocks[last] = `${blocks[last]}\n${text}`
      else blocks.push(text)
      isLead = node.type === 'heading' || (node.type === 'paragraph' && text.endsWith(':'))
    }
  }
  return blocks
}

function block(node: RootContent): string[] {
  switch (node.type) {
    case 'paragraph':
      return [inline(node.children)]
    case 'heading':
      return [`**${inline(node.children)}**`]
    case 'list':
      return [
        node.children
          .map((item, i) => listItem(item, node.ordered ? `${(node.start ?? 1) + i}. ` : '- '))
          .join('\n'),
      ]
    case 'table':
      return tableRows(node)
    case 'blockquote':
      return toDiscord(node.children).map((text) => text.replace(/^/gm, '> '))
    case 'code':
      // A fence inside would end the block.
      return [`\`\`\`\n${node.value.replaceAll('```', "'''")}\n\`\`\``]
    case 'footnoteDefinition':
      return toDiscord(node.children)
    default:
      return []
  }
}

function listItem({ children }: ListItem, mark: string): string {
  return mark + toDiscord(children).join('\n').replaceAll('\n', '\n  ')
}

function tableRows({ children }: Table): string[] {
  const [head, ...rows] = children.map((row) => row.children.map((cell) => inline(cell.children)))
  return rows.map(([name = '', ...cells]) => {
    const lines = cells.map((cell, i) => `- ${head?.[i + 1] ? `*${head[i + 1]}:* ` : ''}${cell}`)
    return [name === '' ? '' : `**${name}**`, ...lines].filter(Boolean).join('\n')
  })
}

function inline(nodes: readonly PhrasingContent[]): string {
  return nodes.map(span).join('')
}

function span(node: PhrasingContent): string {
  switch (node.type) {
    case 'text':
      return escapeMarkdown(node.value)
    case 'strong':
      return `**${inline(node.children)}**`
    case 'emphasis':
      return `*${inline(node.children)}*`
    case 'delete':
      return `~~${inline(node.children)}~~`
    case 'inlineCode':
      return `\`${node.value.replaceAll('`', "'")}\``
    case 'link':
      return /^https?:\/\/[^\s<>()]+$/.test(node.url)
        ? `[${inline(node.children)}](<${node.url}>)`
        : inline(node.children)
    case 'break':
      return '\n'
    default:
      return escapeMarkdown(phrasing([node]))
  }
}
