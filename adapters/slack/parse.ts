import type { Event } from '../../src/index.ts'

/** What somebody asked for with `/career …`, without who and where. */
export type Asked =
  | { kind: 'form' }
  | { kind: 'question'; text: string }
  | { kind: 'browse'; subject: Extract<Event, { kind: 'browse' }>['subject']; role: string }
  | { kind: 'compare'; roles: [string, string] }
  | { kind: 'about' }
  | { kind: 'help' }
  | { kind: 'start' }
  | { kind: 'next' }
  | { kind: 'forget' }

/** A subject with so many words behind it is looked up; with more, it begins a question ("learn AI while I work?"). */
const mostNames = 4

/** Everything behind the command is one text, so the first word tells what is meant; anything else is a question. */
export function parseCommand(text: string): Asked {
  const trimmed = text.trim()
  if (trimmed === '') return { kind: 'form' }
  const [first = '', ...rest] = trimmed.split(/\s+/)
  const subject = first.toLowerCase()
  const words = rest.join(' ')
  switch (subject) {
    case 'help':
    case 'about':
    case 'start':
    case 'next':
      return rest.length === 0 ? { kind: subject } : { kind: 'question', text: trimmed }
    case 'forget-me':
      return rest.length === 0 ? { kind: 'forget' } : { kind: 'question', text: trimmed }
    case 'ask':
      return words === '' ? { kind: 'form' } : { kind: 'question', text: words }
    case 'compare':
      return compared(words) ?? { kind: 'question', text: trimmed }
    case 'role':
    case 'path':
    case 'salary':
    case 'learn':
      if (rest.length > mostNames || trimmed.endsWith('?')) return { kind: 'question', text: trimmed }
      return { kind: 'browse', subject, role: words }
    default:
      return { kind: 'question', text: trimmed }
  }
}

function compared(words: string): Asked | undefined {
  const [first, second, ...more] = words
    .split(/\s+(?:vs\.?|versus|and|with|to|or)\s+|\s*[,/&]\s*/i)
    .filter(Boolean)
  if (first === undefined || second === undefined || more.length > 0) return undefined
  return { kind: 'compare', roles: [first, second] }
}

/** What an older version of the bot may have written. @returns undefined for what is no JSON */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
