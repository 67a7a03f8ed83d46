/** Markup that may be sent as it is. */
export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

type Part = Html | string | number | undefined | false | readonly Part[]

const replacements: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Markup with values in it; every value is escaped but markup itself. Attributes have to be in quotes. */
export function html(pieces: TemplateStringsArray, ...parts: readonly Part[]): Html {
  let text = pieces[0] ?? ''
  for (const [i, part] of parts.entries()) text += markup(part) + pieces[i + 1]
  return new Html(text)
}

function markup(part: Part): string {
  if (part instanceof Html) return part.text
  if (part === undefined || part === false) return ''
  if (typeof part === 'object') return part.map(markup).join('')
  // Control characters have no place in a page; a parser would call them an error.
  return String(part)
    .replace(/[^\P{Cc}\t\n\r]/gu, '')
    .replace(/[&<>"']/g, (mark) => replacements[mark] ?? '')
}
