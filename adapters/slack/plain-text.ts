import type { types } from '@slack/bolt'

/** Cut at a word, with a sign that something is missing. */
export function plainText(text: string, most: number): types.PlainTextElement {
  if (text.length <= most) return { type: 'plain_text', text, emoji: false }
  const short = text.slice(0, most - 1)
  return {
    type: 'plain_text',
    text: `${short.slice(0, Math.max(short.lastIndexOf(' '), most / 2))}…`,
    emoji: false,
  }
}
