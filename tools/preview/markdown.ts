/** Text in HTML, also inside an attribute. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

/** What may begin in the middle of a line: an escaped mark, code, bold, italic, struck out, a link. */
const span =
  /\\([^\w\s])|`([^`]+)`|\*\*((?:\\.|[^\\])+?)\*\*(?!\*)|\*((?:\\.|[^\\*])+)\*|~~((?:\\.|[^\\])+?)~~|\[((?:\\.|[^\]\\])+)\]\(<?(https?:[^\s<>)]+)>?\)/g

function inline(text: string): string {
  let html = ''
  let from = 0
  for (const match of text.matchAll(span)) {
    html += escapeHtml(text.slice(from, match.index)) + marked(match)
    from = match.index + match[0].length
  }
  return html + escapeHtml(text.slice(from))
}

function marked([, escaped, code, bold, italic, struck, label, url]: RegExpMatchArray): string {
  if (escaped !== undefined) return escapeHtml(escaped)
  if (code !== undefined) return `<code>${escapeHtml(code)}</code>`
  if (bold !== undefined) return `<b>${inline(bold)}</b>`
  if (italic !== undefined) return `<i>${inline(italic)}</i>`
  if (struck !== undefined) return `<s>${inline(struck)}</s>`
  return `<a href="${escapeHtml(url ?? '')}">${inline(label ?? '')}</a>`
}

interface Block {
  /** What begins it, and all that belongs to it, with its last line break. */
  starts: RegExp
  html(match: RegExpExecArray): string
}

const listStart = /^(?:[-*]|\d+\.) /

const blocks: Block[] = [
  { starts: /^```\n?([\s\S]*?)\n?```\n?/, html: ([, code = '']) => `<pre>${escapeHtml(code)}</pre>` },
  {
    starts: /^(#{1,3}) +([^\n]+)\n*/,
    html: ([, marks = '', text = '']) => `<h${marks.length}>${inline(text)}</h${marks.length}>`,
  },
  { starts: /^-# +([^\n]+)\n?/, html: ([, text = '']) => `<small>${inline(text)}</small>` },
  {
    starts: /^(?:> [^\n]*(?:\n|$))+/,
    html: ([lines]) => `<blockquote>${discordMarkdown(lines.replace(/^> /gm, ''))}</blockquote>`,
  },
  { starts: /^(?:(?:[-*]|\d+\.) [^\n]+(?:\n|$)(?: {2}[^\n]*(?:\n|$))*)+/, html: ([lines]) => list(lines) },
]

/** Discord's own Markdown as HTML: the part of it that the adapter writes. Every line break shows. */
export function discordMarkdown(text: string): string {
  let html = ''
  let plain = ''
  let rest = text
  while (rest !== '') {
    const found = blockAt(rest)
    if (found === undefined) {
      const end = rest.indexOf('\n') + 1 || rest.length
      plain += rest.slice(0, end)
      rest = rest.slice(end)
      continue
    }
    html += paragraph(plain) + found.html
    plain = ''
    rest = rest.slice(found.length)
  }
  return html + paragraph(plain)
}

function blockAt(text: string): { html: string; length: number } | undefined {
  for (const { starts, html } of blocks) {
    const match = starts.exec(text)
    if (match !== null) return { html: html(match), length: match[0].length }
  }
  return undefined
}

function paragraph(text: string): string {
  return text === '' ? '' : `<p>${inline(text)}</p>`
}

function list(lines: string): string {
  const items = lines.split(/\n(?! {2}|$)/)
  const number = Number.parseInt(lines, 10)
  const tag = Number.isNaN(number) ? 'ul' : 'ol'
  const html = items
    .map((item) =>
      item
        .replace(listStart, '')
        .replace(/\n {2}/g, '\n')
        .trimEnd(),
    )
    .map((item) => `<li>${discordMarkdown(item)}</li>`)
  return `<${tag}${tag === 'ol' ? ` start="${number}"` : ''}>${html.join('')}</${tag}>`
}
