import { type types, webApi } from '@slack/bolt'
import { type Logger, Recent, type Reference, type Reply } from '../../src/index.ts'
import { silent } from './bolt-logger.ts'
import { explained, whoAsks } from './people.ts'
import type { Talks } from './talks.ts'

/** Threads that the bot takes part in, or does not. */
const mostThreads = 5_000
/** Messages of a thread that are looked at. */
const mostMessages = 100
/** A direct message leans on what was said within that time. Seconds. */
const talkFor = 15 * 60
/** Another process may have been asked since; so long nobody looks again. Milliseconds. */
const trustFor = 30_000
/** So long a look may take, for Slack waits 3 s for all. Milliseconds. */
const lookFor = 1_500

/** Marks an answer; its payload says what it answers, what it shows and who asked. */
const answerType = 'career_answer'

/** Where a message stands. */
export interface Spot {
  team: string | undefined
  channel: string
  ts: string
  /** The first message of its thread. */
  thread: string | undefined
}

/** A message of somebody. */
export interface Post extends Spot {
  user: string
}

/** What is known of a talk when somebody goes on in it. */
interface Standing {
  /** The bot takes part. */
  isOurs: boolean
  /** Whoever writes has asked the bot here before. */
  isAsker: boolean
  /** What was shown last, when this process may not know. */
  last?: Reference | undefined
  /** What this process remembers of the talk is not the last of it. */
  isStale?: boolean
}

interface Thread {
  isOurs: boolean
  /** Who asked the bot there → what it showed them last, when this process did not. */
  askers: Map<string, Reference | undefined>
  /** When it was looked up, or answered in. Milliseconds. */
  at: number
}

type Message = NonNullable<webApi.ConversationsRepliesResponse['messages']>[number]

interface AnswerPayload {
  to?: string
  reference?: string
  by?: string
}

/**
 * What goes with an answer, for whichever process sees the thread next.
 *
 * @param by who asked the bot; nobody when it spoke of itself
 */
export function answerMetadata(to: string, reply: Reply, by?: string): types.MessageMetadata {
  const shown = 'reference' in reply ? { reference: reply.reference } : {}
  return { event_type: answerType, event_payload: { to, ...shown, ...(by !== undefined && { by }) } }
}

/** The place of a talk, as `whoAsks` takes it. */
export function placeOf({ channel, thread }: Pick<Spot, 'channel' | 'thread'>): string {
  return thread === undefined ? channel : `${channel}:${thread}`
}

/**
 * Who talks with the bot where, and what about: what this process remembers, what the processes share, and what Slack
 * knows. What cannot be looked up is taken for new.
 *
 * @param now the time in milliseconds
 */
export function createThreads(logger: Logger, talks: Talks, now: () => number) {
  const known = new Recent<string, Thread>(mostThreads)
  const clients = new WeakMap<webApi.WebClient, webApi.WebClient>()

  /** Answers must not wait because lookups with the same client have to. */
  function clientBeside(client: webApi.WebClient, teamId: string | undefined): webApi.WebClient {
    let beside = clients.get(client)
    if (beside === undefined) {
      beside = new webApi.WebClient(client.token, {
        slackApiUrl: client.slackApiUrl,
        rejectRateLimitedCalls: true,
        retryConfig: { retries: 0 },
        timeout: lookFor,
        logger: silent,
        ...(teamId !== undefined && { teamId }),
      })
      clients.set(client, beside)
    }
    return beside
  }

  /** @returns undefined when Slack does not tell */
  async function read(
    client: webApi.WebClient,
    { team, channel, thread }: Spot,
    oldest?: string,
  ): Promise<Message[] | undefined> {
    let found: Message[] | undefined
    const { conversations } = clientBeside(client, team)
    const range = { channel, limit: mostMessages, include_all_metadata: true, ...(oldest && { oldest }) }
    await explained(logger, undefined, async () => {
      const { messages = [] } =
        thread === undefined
          ? await conversations.history(range)
          : await conversations.replies({ ...range, ts: thread })
      found = messages
    })
    return found
  }

  /** Looks in Slack whether the bot takes part, who asked it, and what it showed last. */
  async function recall(client: webApi.WebClient, post: Post, bot: string | undefined): Promise<Standing> {
    const oldest = post.thread === undefined ? String(Number(post.ts) - talkFor) : undefined
    const messages = await read(client, post, oldest)
    if (messages === undefined) return { isOurs: false, isAsker: false }
    const earlier = messages.filter(({ ts = '' }) => ts < post.ts)
    // Threads come oldest first, everything else newest first.
    earlier.sort((a, b) => Number(b.ts) - Number(a.ts))
    const answers = earlier.map(payloadOf)
    const askers: Thread['askers'] = new Map()
    for (const { by, reference } of answers)
      if (by !== undefined && askers.get(by) === undefined) askers.set(by, reference)
    const isOurs = messages.some(({ user }) => user === bot)
    known.set(keyOf(post), { isOurs, askers, at: now() })
    const last = askers.get(post.user) ?? answers.find(({ reference }) => reference)?.reference
    return { isOurs, isAsker: askers.has(post.user), last }
  }

  return {
    /** The bot answers somebody who asked it, so it hears what they say next there. */
    asked(post: Post): void {
      const askers = known.get(keyOf(post))?.askers ?? new Map()
      known.set(keyOf(post), { isOurs: true, askers: askers.set(post.user, undefined), at: now() })
      talks.answered(conversationOf(post))
    },

    async standing(client: webApi.WebClient, post: Post, bot: string | undefined): Promise<Standing> {
      const lastBy = await talks.lastBy(conversationOf(post))
      if (lastBy === 'us') return { isOurs: true, isAsker: true }
      if (lastBy === 'another') {
        const { last } = await recall(client, post, bot)
        return { isOurs: true, isAsker: true, last, isStale: true }
      }
      const thread = known.get(keyOf(post))
      const isAsker = thread?.askers.has(post.user) ?? false
      if (thread !== undefined && (isAsker || now() - thread.at < trustFor))
        return { isOurs: thread.isOurs, isAsker, last: thread.askers.get(post.user) }
      return recall(client, post, bot)
    },

    /** True when the message has its answer already. */
    async isAnswered(client: webApi.WebClient, spot: Spot): Promise<boolean> {
      // In a channel, an answer begins a thread.
      const thread = spot.thread ?? (spot.channel.startsWith('D') ? undefined : spot.ts)
      const messages = await read(client, { ...spot, thread }, spot.ts)
      return messages?.some((message) => payloadOf(message).to === spot.ts) ?? false
    },
  }
}

export type Threads = ReturnType<typeof createThreads>

function keyOf({ team, channel, thread = '' }: Spot): string {
  return `${team}:${channel}:${thread}`
}

function conversationOf(post: Post): string {
  return whoAsks(post.team, post.user, placeOf(post)).conversation
}

function payloadOf({ metadata }: Message): AnswerPayload {
  return metadata?.event_type === answerType ? ((metadata.event_payload ?? {}) as AnswerPayload) : {}
}
