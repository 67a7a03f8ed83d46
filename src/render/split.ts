/**
 * Puts blocks of text (paragraphs, lists) on pages of at most `limit` characters. A block stays whole where it can; a
 * longer one is cut between its lines, then between sentences, then between words, and only then anywhere.
 *
 * @param gap what stands between two blocks
 */
export function paginate(blocks: readonly string[], limit: number, gap = '\n\n'): string[] {
  const pages: string[] = []
  let page = ''
  for (const block of blocks.flatMap((whole) => pieces(whole, limit))) {
    const longer = page === '' ? block : `${page}${gap}${block}`
    if (longer.length > limit && page !== '') {
      pages.push(page)
      page = block
    } else page = longer
  }
  return page === '' ? pages : [...pages, page]
}

/** Where a text may be cut, best first. */
const cuts: ((text: string) => string[])[] = [
  (text) => text.split(/(?<=\n)/),
  (text) => text.split(/(?<=[.!?…] )/),
  (text) => text.split(/(?<= )/),
  (text) => [...text],
]

function pieces(text: string, limit: number, level = 0): string[] {
  const cut = cuts[level]
  if (text.length <= limit || cut === undefined) return text.trim() === '' ? [] : [text.trimEnd()]
  const found: string[] = []
  let piece = ''
  for (const part of cut(text)) {
    if (piece.length + part.length > limit && piece !== '') {
      found.push(...pieces(piece, limit, level + 1))
      piece = ''
    }
    piece += part
  }
  return [...found, ...pieces(piece, limit, level + 1)]
}
