import type { App, Context, types, webApi } from '@slack/bolt'
import type { Bot, Logger, Reference } from '../../src/index.ts'
import { limits } from './limits.ts'
import { explained, plainTextOf, teller, whoAsks } from './people.ts'
import { render } from './render.ts'
import { answerMetadata, type Post, placeOf, type Threads } from './threads.ts'

/** Something that somebody wrote. */
interface Said extends Post {
  text: string
  /** Slack sent it before: another process may have answered it and died before it could say so. */
  isRepeat: boolean
}

interface Circumstances {
  /** Nobody spoke to the bot: it answers only when it is certain. */
  unasked?: boolean
  /** What another process showed last. */
  after?: Reference | undefined
  /** What was said before does not count, for the last of it is not known here. */
  alone?: boolean | undefined
}

/** What people write also bears one of these: with a file, sent to the channel as well, or by `/me`. */
const spoken = ['file_share', 'thread_broadcast', 'me_message'] as const

/** Answers mentions, direct messages, and what goes on in a thread that the bot answered in. */
export function listenToMessages(app: App, bot: Bot, logger: Logger, threads: Threads): void {
  async function answer(
    client: webApi.WebClient,
    said: Said,
    { unasked, after, alone }: Circumstances = {},
  ): Promise<void> {
    const { team, user, channel, ts, text } = said
    if (said.isRepeat && (await threads.isAnswered(client, said))) return
    const isDirect = channel.startsWith('D')
    // In a channel the answer goes into a thread, so that it is no noise for everybody else.
    const thread = said.thread ?? (isDirect ? undefined : ts)
    const reply = await bot.handle({
      kind: 'question',
      text: text.slice(0, limits.question),
      ...whoAsks(team, user, placeOf({ channel, thread })),
      ...(isDirect ? { isPrivate: true } : { place: `slack:${team}:${channel}` }),
      unasked,
      after,
      alone,
    })
    if (reply.kind === 'silent' || (reply.kind === 'limited' && (reply.again || unasked))) return
    if (!unasked) threads.asked({ ...said, thread })
    const post = {
      channel,
      ...(thread !== undefined && { thread_ts: thread }),
      unfurl_links: false,
      unfurl_media: false,
      metadata: answerMetadata(ts, reply, unasked ? undefined : user),
      ...render(reply),
    }
    await explained(logger, teller(client, user), () => client.chat.postMessage(post))
  }

  /** Somebody speaks to the bot, perhaps in the middle of a talk with another process. */
  async function answerAsked(
    client: webApi.WebClient,
    said: Said,
    botUser: string | undefined,
  ): Promise<void> {
    const isTalk = said.thread !== undefined || said.channel.startsWith('D')
    const standing = isTalk ? await threads.standing(client, said, botUser) : undefined
    await answer(client, said, { after: standing?.last, alone: standing?.isStale })
  }

  app.event('app_mention', async ({ event, client, context, body }) => {
    if (event.bot_id !== undefined || event.user === undefined || 'edited' in event) return
    const said: Said = {
      team: body.team_id,
      user: event.user,
      channel: event.channel,
      ts: event.ts,
      thread: event.thread_ts,
      text: plainTextOf(event.text, context.botUserId),
      isRepeat: isRepeat(context),
    }
    await answerAsked(client, said, context.botUserId)
  })

  app.message(async ({ message, client, context, body }) => {
    const { botUserId } = context
    if (!isSpoken(message) || message.user === botUserId) return
    const { channel, ts, text = '', user } = message
    const thread = 'thread_ts' in message ? message.thread_ts : undefined
    const said: Said = {
      team: body.team_id,
      user,
      channel,
      ts,
      thread,
      text: plainTextOf(text, botUserId),
      isRepeat: isRepeat(context),
    }
    if (message.channel_type === 'im') return answerAsked(client, said, botUserId)
    // A mention comes as an event of its own.
    const isMention = botUserId !== undefined && text.includes(`<@${botUserId}>`)
    if (thread === undefined || isMention) return
    const { isOurs, isAsker, last, isStale } = await threads.standing(client, said, botUserId)
    if (!isOurs) return
    // Whoever asked goes on asking; others talk to each other, too. A file without a word is no question.
    const isAsked = isAsker && said.text !== '' && !/<@[A-Z0-9]+>/.test(text)
    await answer(client, said, isAsked ? { after: last, alone: isStale } : { unasked: true })
  })
}

type Spoken = Extract<types.MessageEvent, { subtype?: undefined | (typeof spoken)[number] }>

/** Edits, joins, other bots and the bot itself carry another subtype or a bot's id. */
function isSpoken(message: types.MessageEvent): message is Spoken {
  const isPersons = message.subtype === undefined || spoken.some((one) => one === message.subtype)
  return isPersons && !('bot_id' in message && message.bot_id !== undefined)
}

function isRepeat({ retryNum }: Context): boolean {
  return retryNum !== undefined && retryNum > 0
}
