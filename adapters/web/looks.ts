import type { RootContent, Table } from 'mdast'
import { isAnswered, phrasing, type Reply, replyText, shortSourceLine } from '../../src/index.ts'
import { type Html, html } from './html.ts'
import { boldOnly, toHtml } from './markdown.ts'

/** So many buttons stand in a row there. */
const rowOfButtons = 5

/** The same reply as it looks in Discord and in Slack, drawn with our own means. */
export function looks(reply: Reply, name: string): Html {
  return html`<div class="looks">
<figure class="look discord"><figcaption>Discord</figcaption>${message(name, 'APP', discord(reply))}</figure>
<figure class="look slack"><figcaption>Slack</figcaption>${message(name, 'APP', slack(reply))}</figure>
</div>
<p class="source">Both are drawn here from the same answer; fonts and spacing differ a little there, and nothing can be clicked.</p>`
}

function message(name: string, badge: string, content: Html): Html {
  const initials = name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word.slice(0, 1))
  return html`<div class="message"><span class="avatar" aria-hidden="true">${initials.join('')}</span><div class="said">
<p class="who"><b>${name}</b> <span class="badge">${badge}</span> <span class="time">14:02</span></p>${content}</div></div>`
}

function discord(reply: Reply): Html {
  if (!isAnswered(reply))
    return html`<div class="container talk">${words(reply)}${buttons(labelsOf(reply))}</div>`
  const { title, body, caveat, source, related } = reply
  return html`<div class="container ${caveat === undefined ? reply.kind : 'talk'}">
${caveat !== undefined && html`<p>${boldOnly(caveat)}</p><hr>`}
<p class="title">${title}</p>${withoutTables(body)}
<p class="small">${shortSourceLine(source)}</p><hr>
${buttons(labelsOf(reply))}
${reply.kind !== 'role' && related.length > 0 && html`<p class="menu">See also</p>`}
${buttons(['Helpful', 'Not helpful'])}</div>`
}

function slack(reply: Reply): Html {
  if (!isAnswered(reply)) return html`${words(reply)}${buttons(labelsOf(reply))}`
  const { title, body, caveat, source } = reply
  return html`${caveat !== undefined && html`<p>${boldOnly(caveat)}</p>`}
<p class="title">${title}</p>${toHtml(body)}
<p class="small">${shortSourceLine(source)}</p>
${buttons(labelsOf(reply))}
${buttons(['Helpful', 'Not helpful'])}`
}

function words(reply: Exclude<Reply, { source: unknown }>): Html {
  if ('body' in reply) return html`<p class="title">${reply.title}</p>${toHtml(reply.body)}`
  return html`<p>${boldOnly('text' in reply ? reply.text : replyText(reply))}</p>`
}

function labelsOf(reply: Reply): string[] {
  const list = reply.kind === 'role' ? reply.topics : reply.suggestions
  return list.map(({ label }) => label)
}

function buttons(labels: readonly string[]): Html | false {
  if (labels.length === 0) return false
  const shown = labels.slice(0, rowOfButtons * 2).map((label) => html`<span class="button">${label}</span>`)
  return html`<p class="row">${shown}</p>`
}

/** Discord has no tables: each row becomes a small list. */
function withoutTables(body: readonly RootContent[]): Html[] {
  return body.flatMap((node) => (node.type === 'table' ? tableRows(node) : toHtml([node])))
}

function tableRows({ children }: Table): Html[] {
  const [head = [], ...rows] = children.map((row) => row.children.map((cell) => phrasing(cell.children)))
  return rows.map(([name = '', ...cells]) => {
    const items = cells.map(
      (cell, i) => html`<li>${head[i + 1] && html`<em>${head[i + 1]}:</em> `}${cell}</li>`,
    )
    return html`<p><strong>${name}</strong></p><ul>${items}</ul>`
  })
}
