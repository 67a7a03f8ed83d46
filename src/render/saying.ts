import type { Paragraph, PhrasingContent } from 'mdast'

/** A sentence of ours, with its **bold** words, as a paragraph; nothing for nothing. */
export function say(text: string): Paragraph[] {
  if (text === '') return []
  const children = text.split('**').map((value, i): PhrasingContent => {
    const words = { type: 'text' as const, value }
    return i % 2 === 0 ? words : { type: 'strong', children: [words] }
  })
  return [{ type: 'paragraph', children }]
}
