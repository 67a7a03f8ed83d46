/** The tables, as the last migration leaves them. Times are milliseconds since 1970, flags 0 or 1. */
export interface Tables {
  installations: { key: string; value: string; at: number }
  feedback: {
    id: string
    reference: string
    helpful: number
    reason: string | null
    platform: string | null
    at: number
  }
  profiles: { member: string; role: string | null; level: string | null; progress: string; at: number }
  settings: { community: string; key: string; value: string; at: number }
  questions: {
    id: string
    text: string
    kind: string
    section: string | null
    caveat: string | null
    platform: string | null
    member: string | null
    at: number
  }
  /** How much of a limit is used up, under a keyed hash, and until when it counts. Only used in PostgreSQL. */
  rate_limits: { key: string; points: number; expire: number | null }
  /** Ids that were claimed, and until when. */
  events: { id: string; until: number }
}
