import { join } from 'node:path'
import type { Delivery, SlackPeer } from '../../tests/peers/slack/peer.ts'
import { percentile } from '../measure.ts'
import { root } from '../processes.ts'
import { type LabelledQuestion, readLines } from '../questions.ts'
import { type AppName, type RunningApp, startApp, startPeer, type Transport } from './apps.ts'

export interface Load {
  /** Seconds. */
  seconds: number
  /** Commands a second. */
  rate: number
}

export interface LoadResult {
  answered: number
  /** Milliseconds from the dispatch of a command to its acknowledgement. */
  p50: number
  p99: number
  max: number
  /** p99 of the seconds before, in which the app, the stand-in and the schedule are still being compiled. */
  cold: number
  /** Commands without an acknowledgement within Slack's 3 s. */
  unanswered: number
  /** Answers that Slack would have refused. */
  violations: number
  /** Milliseconds of processor time per command, in all threads. */
  processor: number
  /** MiB resident right after the load. */
  memory: number
  /** How late the schedule itself was, p99, in milliseconds. */
  late: number
  /** The first of what went wrong. */
  remarks: string[]
}

/** Seconds of load that are not counted. */
const leadIn = 5
/** Of whom none may ask more often than the bot lets them. */
const members = 2_000
const channels = 200
/** Coprime to the numbers of members, channels and texts, so that all combinations come up. */
const stride = { member: 769, channel: 37, text: 11 }

/** Loads an app that was just started. */
export async function measureLoad(name: AppName, transport: Transport, load: Load): Promise<LoadResult> {
  const peer = await startPeer(channels)
  const app = await startApp(name, transport, peer)
  const send = createTraffic(peer)
  const cold = await sendAll(send, { ...load, seconds: leadIn })
  const before = app.processorTime()
  const measured = await sendAll(send, load, leadIn * load.rate)
  const spent = app.processorTime() - before
  const result = {
    ...summarise(measured, spent, peer, app),
    cold: percentile(cold.times, 0.99),
    unanswered: cold.failures.length + measured.failures.length,
  }
  await app.stop()
  await peer.close()
  return result
}

/** The `i`th command of a schedule, always the same for the same `i`. */
type Send = (i: number) => Promise<Delivery>

function createTraffic(peer: SlackPeer): Send {
  const lines = readLines<LabelledQuestion & { role?: string }>(
    join(root, 'tests', 'eval', 'questions.jsonl'),
  )
  const roles = [...new Set(lines.flatMap(({ role }) => role ?? []))].map((id) => id.replaceAll('-', ' '))
  // Mostly questions; a job and a comparison now and then.
  const texts = lines.flatMap(({ q }, i) => {
    const [role, other] = [roles[i % roles.length], roles[(i + 1) % roles.length]]
    return i % 4 === 0 ? [q, i % 8 === 0 ? `role ${role}` : `compare ${role} vs ${other}`] : [q]
  })
  return (i) =>
    peer.command({
      command: '/career',
      text: texts[(i * stride.text) % texts.length] ?? '',
      user: `member-${(i * stride.member) % members}`,
      channel: `talk-${(i * stride.channel) % channels}`,
    })
}

interface Measured {
  times: number[]
  late: number[]
  failures: string[]
}

/** Sends by the clock whether or not earlier ones were answered, as members do. */
async function sendAll(send: Send, { seconds, rate }: Load, first = 0): Promise<Measured> {
  const measured: Measured = { times: [], late: [], failures: [] }
  const underWay: Promise<unknown>[] = []
  const began = performance.now()
  for (let i = 0; i < seconds * rate; i++) {
    const due = began + (i * 1000) / rate
    await pause(due - performance.now())
    measured.late.push(performance.now() - due)
    underWay.push(
      send(first + i).then(
        ({ ackMs }) => measured.times.push(ackMs),
        (error: Error) => measured.failures.push(error.message),
      ),
    )
  }
  await Promise.all(underWay)
  return measured
}

/** Also when it is late already, so that acknowledgements are read in between. */
function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    if (milliseconds > 0) setTimeout(resolve, milliseconds)
    else setImmediate(resolve)
  })
}

function summarise(
  { times, late, failures }: Measured,
  spent: number,
  peer: SlackPeer,
  app: RunningApp,
): Omit<LoadResult, 'cold' | 'unanswered'> {
  const logged = app.errors().split('\n').filter(Boolean)
  return {
    answered: times.length,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    max: times.reduce((a, b) => Math.max(a, b), 0),
    violations: peer.violations.length,
    processor: spent / times.length,
    memory: app.memory(),
    late: percentile(late, 0.99),
    remarks: [...failures, ...peer.violations.map(({ problem }) => problem), ...logged].slice(0, 5),
  }
}
