import type { Reference } from '../../src/index.ts'
import { limits } from './limits.ts'

/**
 * What a button does. Everything it needs stands in its `custom_id`, so it works for every member and after a restart:
 * a letter, then `:` and what it is about.
 */
export type Action =
  /** Shows what a reply offered, at a page from 0. */
  | { kind: 'open'; page: number; reference: Reference }
  /** Turns to a page of the reply it stands under. */
  | { kind: 'page'; page: number; reference: Reference }
  | { kind: 'helpful'; reference: Reference }
  | { kind: 'not-helpful'; reference: Reference }
  /** The form that asks why, and the click that opened it. */
  | { kind: 'reason'; reference: Reference; click: string }
  /** The menu of more; what is picked is a reference. */
  | { kind: 'more' }
  | { kind: 'share' }
  /** Posts the private answer as a reply to a message. */
  | { kind: 'reply-to'; message: string }
  /** Takes an unasked answer away; for who wrote the post, and moderators. */
  | { kind: 'dismiss'; author: string }
  | { kind: 'help' }
  /** Begins the welcome tour, for whoever presses it; in a direct message with the server that it is for. */
  | { kind: 'begin'; guild?: string | undefined }
  /** A choice of the tour; of a menu, what is picked is the choice. */
  | { kind: 'step'; choice: string; guild?: string | undefined }

/** @returns undefined when it does not fit: the button is then left out */
export function customId(action: Action): string | undefined {
  const id = write(action)
  return id.length <= limits.customId ? id : undefined
}

function write(action: Action): string {
  switch (action.kind) {
    case 'open':
      return `o:${action.page}:${action.reference}`
    case 'page':
      return `p:${action.page}:${action.reference}`
    case 'helpful':
      return `h:${action.reference}`
    case 'not-helpful':
      return `n:${action.reference}`
    case 'reason':
      return `w:${action.click}:${action.reference}`
    case 'more':
      return 'm:'
    case 'share':
      return 's:'
    case 'reply-to':
      return `r:${action.message}`
    case 'dismiss':
      return `x:${action.author}`
    case 'help':
      return '?:'
    case 'begin':
      return `b:${action.guild ?? ''}`
    case 'step':
      return action.guild === undefined ? `f:${action.choice}` : `f:${action.guild}:${action.choice}`
  }
}

/** @returns undefined for a button of another version, or one that we never made */
export function readCustomId(id: string): Action | undefined {
  const value = id.slice(2)
  switch (id.slice(0, 2)) {
    case 'o:':
    case 'p:': {
      const [, page, reference] = /^(\d{1,3}):(.+)$/s.exec(value) ?? []
      if (page === undefined || reference === undefined) return undefined
      return { kind: id.startsWith('o') ? 'open' : 'page', page: Number(page), reference }
    }
    case 'h:':
      return { kind: 'helpful', reference: value }
    case 'n:':
      return { kind: 'not-helpful', reference: value }
    case 'w:': {
      const [, click, reference] = /^([0-9a-z]{1,13}):(.+)$/s.exec(value) ?? []
      if (click === undefined || reference === undefined) return undefined
      return { kind: 'reason', reference, click }
    }
    case 'm:':
      return { kind: 'more' }
    case 's:':
      return { kind: 'share' }
    case 'r:':
      return /^\d{1,20}$/.test(value) ? { kind: 'reply-to', message: value } : undefined
    case 'x:':
      return /^\d{1,20}$/.test(value) ? { kind: 'dismiss', author: value } : undefined
    case '?:':
      return { kind: 'help' }
    case 'b:':
      return { kind: 'begin', guild: /^\d{1,20}$/.exec(value)?.[0] }
    case 'f:': {
      const [, guild, choice = ''] = /^(?:(\d{1,20}):)?(.*)$/s.exec(value) ?? []
      return { kind: 'step', guild, choice }
    }
    default:
      return undefined
  }
}
