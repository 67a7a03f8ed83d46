import type { RequestListener } from 'node:http'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { App, Bot, Event, Reply } from '../src/index.ts'

/** Numbers for Prometheus. Labels are names of ours only: never a text, a member, a place. */
export interface Metrics {
  /** The same bot, and what it does is counted. */
  bot: Bot
  /** Shows the numbers. */
  listener: RequestListener
}

/** Seconds: an answer takes a millisecond, a database that is late a few hundred. */
const buckets = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]
/** So much of the fingerprint is enough to tell versions apart. Characters. */
const versionLength = 12

export function createMetrics({ bot, engine, waiting }: Pick<App, 'bot' | 'engine' | 'waiting'>): Metrics {
  const register = new Registry()
  collectDefaultMetrics({ register })
  const registers = [register]
  const labelNames = ['platform', 'event', 'kind'] as const
  const replies = new Counter({
    name: 'career_bot_replies_total',
    help: 'Replies by platform, by what was done (question, browse, feedback …) and by kind of reply',
    labelNames,
    registers,
  })
  const seconds = new Histogram({
    name: 'career_bot_reply_seconds',
    help: 'Time from an event to its reply, without the platform',
    labelNames: ['platform', 'event'] as const,
    buckets,
    registers,
  })
  const limited = new Counter({
    name: 'career_bot_rate_limited_total',
    help: 'Events that were over a rate limit',
    labelNames: ['platform'] as const,
    registers,
  })
  new Gauge({
    name: 'career_bot_outbox_entries',
    help: 'Feedback and questions that wait for the database',
    registers,
    collect() {
      this.set(waiting())
    },
  })
  new Gauge({
    name: 'career_bot_content_info',
    help: 'Always 1; the label tells which version of the documents answers',
    labelNames: ['version'] as const,
    registers,
    collect() {
      this.reset()
      this.set({ version: engine().content.fingerprint.slice(0, versionLength) }, 1)
    },
  })
  new Gauge({
    name: 'career_bot_content_sections',
    help: 'Sections in the documents that answer',
    registers,
    collect() {
      this.set(engine().content.sections.length)
    },
  })

  function count({ kind: event, platform = 'unknown' }: Event, reply: Reply, began: number): void {
    replies.inc({ platform, event, kind: reply.kind })
    seconds.observe({ platform, event }, (performance.now() - began) / 1000)
    if (reply.kind === 'limited') limited.inc({ platform })
  }

  return {
    bot: {
      ...bot,
      async handle(event) {
        const began = performance.now()
        const reply = await bot.handle(event)
        count(event, reply, began)
        return reply
      },
      async ask(question) {
        const began = performance.now()
        const answered = await bot.ask(question)
        count(question, answered.reply, began)
        return answered
      },
    },
    async listener(_, response) {
      const text = await register.metrics()
      response.writeHead(200, { 'content-type': register.contentType }).end(text)
    },
  }
}
