import type { Json } from './problem.ts'
import type { Delivery } from './types.ts'

/** What Slack sends to an app. */
export interface Outgoing {
  kind: Exclude<Delivery['kind'], 'raw'>
  payload: Json
  /** Set when an event is sent again. */
  retry?: { num: number; reason: string }
}

/** An acknowledgement as it came. Times are `performance.now()` readings. */
export interface Answer {
  status: number
  headers: Readonly<Record<string, unknown>>
  body: unknown
  sentAt: number
  at: number
}

/** A way to the app. */
export interface Transport {
  /** Rejected when no answer comes within `timeout` milliseconds. */
  send(outgoing: Outgoing, timeout: number): Promise<Answer>
}

/** JSON where a body is some, text otherwise, undefined when it is empty. */
export const readBody = (body: string): unknown => {
  if (body === '') return undefined
  try {
    return JSON.parse(body)
  } catch {
    return body
  }
}
