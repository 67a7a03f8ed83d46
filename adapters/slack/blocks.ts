import type { types } from '@slack/bolt'
import { limits } from './limits.ts'
import { escapeMrkdwn } from './mrkdwn.ts'

export function button(label: string, action_id: string, value: string): types.Button {
  return {
    type: 'button',
    action_id,
    value: value.slice(0, limits.buttonValue),
    text: plainText(label, limits.buttonText),
  }
}

export function header(title: string): types.HeaderBlock {
  return { type: 'header', text: plainText(title, limits.header) }
}

export function section(text: string): types.SectionBlock {
  return { type: 'section', text: { type: 'mrkdwn', text: text === '' ? ' ' : text, verbatim: true } }
}

export function context(text: string): types.ContextBlock {
  return {
    type: 'context',
    elements: [{ type: 'mrkdwn', text: escapeMrkdwn(text).slice(0, limits.section), verbatim: true }],
  }
}

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

/** Menus are read line by line, and each line begins like a sentence. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
