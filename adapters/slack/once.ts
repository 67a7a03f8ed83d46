import { setTimeout as wait } from 'node:timers/promises'
import type { ReceiverEvent } from '@slack/bolt'
import { type Communities, Recent } from '../../src/index.ts'
import { inTime, soon } from './patience.ts'

/** Slack sends an event again for up to an hour; afterwards its id is forgotten. Milliseconds. */
const rememberFor = 60 * 60 * 1000
const mostEvents = 50_000

/** Whoever answers an event holds it for so long, again and again; a process that died holds it no longer. Milliseconds. */
const lease = 2_000
const renewEvery = 700
/** Longer than any lease of a clock that is not quite right, shorter than `rememberFor`. Milliseconds. */
const longestLease = 60_000

/** Slack waits 3 s. Milliseconds. */
const acknowledgeWithin = 2_500
/** So long an event waits for the process that holds it, and so often it looks. Milliseconds. */
const [waitForOther, lookEvery] = [2_300, 200]

interface Known {
  at: number
  /** False while another process may still be answering. */
  isBegun: boolean
  answering: Promise<void>
}

type Process = (event: ReceiverEvent) => Promise<void>

/** Another process is answering the event and has not finished: Slack has to send it again, in case that one dies. */
class HeldElsewhere extends Error {}

/**
 * Slack sends an event again when it got no answer in time, to any of the processes behind one address. It is answered
 * by one of them, and acknowledged when it was answered, so that the event of a process that dies comes again. When the
 * database is away, each process goes by what it remembers itself.
 *
 * @param now the time in milliseconds
 */
export function onceOnly(process: Process, claims: Communities, now: () => number): Process {
  const known = new Recent<string, Known>(mostEvents)

  return async (event) => {
    const id = 'event_id' in event.body ? `slack:${event.body.event_id}` : undefined
    if (id === undefined) return process(event)
    const before = known.get(id)
    if (before !== undefined && now() - before.at < rememberFor) return acknowledge(event, before)
    const entry: Known = { at: now(), isBegun: false, answering: Promise.resolve() }
    entry.answering = answer(id, event, entry)
    remember(id, entry)
    await acknowledge(event, entry)
  }

  function remember(id: string, entry: Known): void {
    known.set(id, entry)
    entry.answering.catch(() => known.delete(id))
  }

  async function acknowledge(event: ReceiverEvent, entry: Known): Promise<void> {
    await inTime(entry.answering, acknowledgeWithin)
    if (!entry.isBegun) await entry.answering
    await event.ack()
    await entry.answering
  }

  async function answer(id: string, event: ReceiverEvent, entry: Known): Promise<void> {
    if (!(await isOurs(id))) return
    entry.isBegun = true
    const keep = (ttl: number): void =>
      void claims.hold(id, ttl).catch(() => {
        // The database is away: other processes may answer the event, too, if Slack sends it again.
      })
    const renewing = setInterval(() => keep(lease), renewEvery)
    try {
      await process({ ...event, ack: async () => {} })
    } finally {
      clearInterval(renewing)
    }
    keep(rememberFor)
  }

  /** False when it was answered. */
  async function isOurs(id: string): Promise<boolean> {
    for (const began = now(); ; ) {
      try {
        if (await soon(claims.claim(id, lease))) return true
        if ((await soon(claims.heldFor(id))) > longestLease) return false
      } catch {
        return true
      }
      if (now() - began >= waitForOther) throw new HeldElsewhere('another process is answering this event')
      await wait(lookEvery)
    }
  }
}
