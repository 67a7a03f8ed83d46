import type { PhrasingContent, RootContent, Table } from 'mdast'
import { phrasing } from '../../src/index.ts'
import { Html, html } from './html.ts'

/** A Markdown tree as HTML. What was HTML in it is left out, and links lead to web pages only. */
export function toHtml(nodes: readonly RootContent[]): Html[] {
  return nodes.map(block)
}

/** Our own phrases know no markup but **bold** words. */
export function boldOnly(text: string): Html[] {
  return text.split('**').map((part, i) => (i % 2 === 0 ? html`${part}` : html`<strong>${part}</strong>`))
}

function block(node: RootContent): Html {
  switch (node.type) {
    case 'paragraph':
      return html`<p>${inline(node.children)}</p>`
    case 'heading':
      return html`<h3>${inline(node.children)}</h3>`
    case 'list': {
      const items = node.children.map(({ children }) => html`<li>${listItem(children)}</li>`)
      return node.ordered
        ? html`<ol start="${Number(node.start ?? 1)}">${items}</ol>`
        : html`<ul>${items}</ul>`
    }
    case 'table':
      return table(node)
    case 'blockquote':
      return html`<blockquote>${toHtml(node.children)}</blockquote>`
    case 'code':
      return html`<pre tabindex="0"><code>${node.value}</code></pre>`
    case 'thematicBreak':
      return html`<hr>`
    case 'footnoteDefinition':
      return html`${toHtml(node.children)}`
    default:
      return html``
  }
}

/** A single paragraph stands in the item itself, so that lists stay tight. */
function listItem(children: readonly RootContent[]): Html[] {
  return children.map((child) =>
    child.type === 'paragraph' ? html`${inline(child.children)}` : block(child),
  )
}

function table({ children }: Table): Html {
  const [head, ...rows] = children
  const columns = head?.children.length ?? 0
  const name = head?.children
    .map((cell) => phrasing(cell.children))
    .filter(Boolean)
    .join(', ')
  // Two things side by side stay so on a phone; wider ones are moved sideways.
  return html`<div class="${columns === 3 ? 'table versus' : 'table'}" role="region" tabindex="0" aria-label="Table: ${name}"><table>
<thead><tr>${head?.children.map((cell) =>
    cell.children.length === 0 ? html`<td></td>` : html`<th scope="col">${inline(cell.children)}</th>`,
  )}</tr></thead>
<tbody>${rows.map(
    (row) =>
      html`<tr>${row.children.map((cell, i) => (i === 0 ? html`<th scope="row">${inline(cell.children)}</th>` : html`<td>${inline(cell.children)}</td>`))}</tr>`,
  )}</tbody></table></div>`
}

function inline(nodes: readonly PhrasingContent[]): Html[] {
  return nodes.map(span)
}

function span(node: PhrasingContent): Html {
  switch (node.type) {
    case 'text':
      return html`${node.value}`
    case 'strong':
      return html`<strong>${inline(node.children)}</strong>`
    case 'emphasis':
      return html`<em>${inline(node.children)}</em>`
    case 'delete':
      return html`<del>${inline(node.children)}</del>`
    case 'inlineCode':
      return html`<code>${node.value}</code>`
    case 'link':
      return isWebPage(node.url)
        ? html`<a href="${node.url}" rel="noopener noreferrer nofollow" target="_blank">${inline(node.children)}</a>`
        : html`${inline(node.children)}`
    case 'break':
      return new Html('<br>')
    default:
      return html`${phrasing([node])}`
  }
}

function isWebPage(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)
}
