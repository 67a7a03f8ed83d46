import { join } from 'node:path'
import type { DiscordPeer } from '../../tests/peers/discord/peer.ts'
import { percentile } from '../measure.ts'
import { root } from '../processes.ts'
import { type BotName, type RunningBot, startBot, startPeer } from './bots.ts'
import { channelCount, createTraffic, type Kind, type Send } from './traffic.ts'

export interface Load {
  /** Seconds. */
  seconds: number
  /** Interactions a second. */
  rate: number
}

interface Latency {
  count: number
  /** Milliseconds from the dispatch of an interaction to its callback. */
  p50: number
  p99: number
  max: number
}

export interface LoadResult extends Latency {
  /** Interactions without a callback within Discord's 3 s. */
  unanswered: number
  /** Requests that Discord would have refused. */
  violations: number
  kinds: Record<Kind, Latency>
  /** Milliseconds of processor time per interaction, in all threads. */
  processor: number
  /** p99 of the seconds before, in which the bot, the stand-in and the schedule are still being compiled. */
  cold: number
  /** MiB resident right after the load. */
  memory: number
  /** How late the schedule itself was, p99, in milliseconds. */
  late: number
  /** The first of what went wrong. */
  remarks: string[]
}

/** Seconds of load that are not counted. */
const leadIn = 5
export const questionFile = join(root, 'tests', 'eval', 'questions.jsonl')
export const manyChannels = {
  guilds: [
    { name: 'Busy', channels: Array.from({ length: channelCount }, (_, i) => ({ name: `talk-${i}` })) },
  ],
}

/** Loads a bot that was just started. */
export async function measureLoad(name: BotName, load: Load): Promise<LoadResult> {
  const peer = await startPeer(manyChannels)
  const bot = await startBot(name, peer)
  const traffic = createTraffic(peer, questionFile)
  await traffic.seed()
  const cold = await sendAll(traffic.send, { ...load, seconds: leadIn })
  const before = bot.processorTime()
  const measured = await sendAll(traffic.send, load, leadIn * load.rate)
  const spent = bot.processorTime() - before
  const result = {
    ...summarise(measured, spent, peer, bot),
    cold: percentile(
      cold.times.map(({ time }) => time),
      0.99,
    ),
    unanswered: cold.failures.length + measured.failures.length,
  }
  await bot.stop()
  await peer.close()
  return result
}

interface Measured {
  times: { kind: Kind; time: number }[]
  late: number[]
  failures: string[]
}

/** Sends by the clock whether or not earlier ones were answered, as members do. */
export async function sendAll(send: Send, { seconds, rate }: Load, first = 0): Promise<Measured> {
  const measured: Measured = { times: [], late: [], failures: [] }
  const underWay: Promise<unknown>[] = []
  const began = performance.now()
  for (let i = 0; i < seconds * rate; i++) {
    const due = began + (i * 1000) / rate
    await pause(due - performance.now())
    measured.late.push(performance.now() - due)
    const { kind, callback } = send(first + i)
    underWay.push(
      callback.then(
        ({ at, sentAt }) => measured.times.push({ kind, time: at - sentAt }),
        (error: Error) => measured.failures.push(error.message),
      ),
    )
  }
  await Promise.all(underWay)
  return measured
}

/** Also when it is late already, so that callbacks are read in between. */
function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    if (milliseconds > 0) setTimeout(resolve, milliseconds)
    else setImmediate(resolve)
  })
}

function summarise(
  { times, late, failures }: Measured,
  spent: number,
  peer: DiscordPeer,
  bot: RunningBot,
): Omit<LoadResult, 'cold' | 'unanswered'> {
  const of = (kind: Kind): Latency =>
    latencyOf(times.filter((one) => one.kind === kind).map(({ time }) => time))
  const logged = bot.errors().split('\n').filter(Boolean)
  return {
    ...latencyOf(times.map(({ time }) => time)),
    violations: peer.violations.length,
    kinds: {
      ask: of('ask'),
      role: of('role'),
      compare: of('compare'),
      typing: of('typing'),
      pressing: of('pressing'),
    },
    processor: spent / times.length,
    memory: bot.memory(),
    late: percentile(late, 0.99),
    remarks: [...failures, ...peer.violations.map(({ problem }) => problem), ...logged].slice(0, 5),
  }
}

function latencyOf(times: readonly number[]): Latency {
  return {
    count: times.length,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    max: times.reduce((a, b) => Math.max(a, b), 0),
  }
}
