import type { types, webApi } from '@slack/bolt'
import { type Logger, Recent, type Reply } from '../../src/index.ts'
import { explained } from './people.ts'

/** Threads that the bot takes part in, or does not, are looked up once. */
const mostThreads = 5_000
/** Messages of a thread that are looked at. */
const mostMessages = 100
/** A direct message leans on what was said within that time. Seconds. */
const talkFor = 15 * 60

/** Marks an answer; its payload says what it answers and what it shows. */
const answerType = 'career_answer'

/** Where a message stands. */
export interface Spot {
  team: string | undefined
  channel: string
  ts: string
  /** The first message of its thread. */
  thread: string | undefined
}

type Message = NonNullable<webApi.ConversationsRepliesResponse['messages']>[number]

/** What goes with an answer, for whichever process sees the thread next. */
export function answerMetadata(to: string, reply: Reply): types.MessageMetadata {
  const shown = 'reference' in reply ? { reference: reply.reference } : {}
  return { event_type: answerType, event_payload: { to, ...shown } }
}

/**
 * What Slack remembers of a talk. Each process asks once and then goes by its own memory; what cannot be looked up is
 * taken for new.
 */
export function createThreads(logger: Logger) {
  const known = new Recent<string, boolean>(mostThreads)

  const remember = (spot: Spot, isOurs: boolean): void => void known.set(keyOf(spot), isOurs)

  /** @returns undefined when Slack does not tell */
  async function read(
    client: webApi.WebClient,
    { channel, thread }: Spot,
    oldest?: string,
  ): Promise<Message[] | undefined> {
    let found: Message[] | undefined
    const range = { channel, limit: mostMessages, include_all_metadata: true, ...(oldest && { oldest }) }
    await explained(logger, undefined, async () => {
      const { messages = [] } =
        thread === undefined
          ? await client.conversations.history(range)
          : await client.conversations.replies({ ...range, ts: thread })
      found = messages
    })
    return found
  }

  return {
    remember,

    /** What this process knows of a thread; undefined: nothing. */
    isOurs: (spot: Spot): boolean | undefined => known.get(keyOf(spot)),

    /** True when the message has its answer already. */
    async isAnswered(client: webApi.WebClient, spot: Spot): Promise<boolean> {
      // In a channel, an answer begins a thread.
      const thread = spot.thread ?? (spot.channel.startsWith('D') ? undefined : spot.ts)
      const messages = await read(client, { ...spot, thread }, spot.ts)
      return messages?.some((message) => payloadOf(message)?.to === spot.ts) ?? false
    },

    /** Looks whether the bot takes part, and what it showed last. */
    async recall(client: webApi.WebClient, spot: Spot, bot: string | undefined) {
      const oldest = spot.thread === undefined ? String(Number(spot.ts) - talkFor) : undefined
      const messages = await read(client, spot, oldest)
      if (messages === undefined) return { isOurs: false, last: undefined }
      const isOurs = messages.some(({ user }) => user === bot)
      remember(spot, isOurs)
      const earlier = messages.filter(({ ts = '' }) => ts < spot.ts)
      // Threads come oldest first, everything else newest first.
      earlier.sort((a, b) => Number(b.ts) - Number(a.ts))
      const last = earlier.map((message) => payloadOf(message)?.reference).find(Boolean)
      return { isOurs, last }
    },
  }
}

function keyOf({ team, channel, thread = '' }: Spot): string {
  return `${team}:${channel}:${thread}`
}

function payloadOf({ metadata }: Message): { to?: string; reference?: string } | undefined {
  return metadata?.event_type === answerType ? (metadata.event_payload ?? {}) : undefined
}
