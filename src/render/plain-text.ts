import type { PhrasingContent, RootContent, Table } from 'mdast'

/** Markdown as plain text: paragraphs apart, list items with a dash, table rows a line each. */
export function plainText(nodes: readonly RootContent[]): string {
  return nodes.map(block).filter(Boolean).join('\n\n')
}

function block(node: RootContent): string {
  switch (node.type) {
    case 'list':
      return node.children
        .map((item, i) => {
          const mark = node.ordered ? `${(node.start ?? 1) + i}. ` : '- '
          return mark + plainText(item.children).replaceAll('\n\n', '\n').replaceAll('\n', '\n  ')
        })
        .join('\n')
    case 'table':
      return table(node)
    case 'blockquote':
      return plainText(node.children)
    case 'code':
      return node.value
    case 'html':
    case 'definition':
    case 'yaml':
    case 'thematicBreak':
      return ''
    case 'footnoteDefinition':
      return plainText(node.children)
    case 'heading':
    case 'paragraph':
      return phrasing(node.children)
    default:
      return ''
  }
}

function table(node: Table): string {
  const rows = node.children.map((row) => row.children.map((cell) => phrasing(cell.children)))
  const [head = [], ...rest] = rows
  // A row reads "Builds: pipelines (Data engineer)" poorly; "Builds — AI engineer: …; Data engineer: …" aloud well.
  return rest
    .map(([name = '', ...cells]) => {
      const parts = cells.map((cell, i) => (head[i + 1] ? `${head[i + 1]}: ${cell}` : cell))
      return name === '' ? parts.join('; ') : `${name} — ${parts.join('; ')}`
    })
    .join('\n')
}

/** Words in a line, without their emphasis; links keep their text. */
export function phrasing(nodes: readonly PhrasingContent[]): string {
  return nodes
    .map((node): string => {
      switch (node.type) {
        case 'text':
        case 'inlineCode':
          return node.value
        case 'break':
          return '\n'
        case 'image':
        case 'imageReference':
          return node.alt ?? ''
        case 'html':
        case 'footnoteReference':
          return ''
        default:
          return phrasing(node.children)
      }
    })
    .join('')
}
