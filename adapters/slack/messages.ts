import type { App, Context, webApi } from '@slack/bolt'
import type { Bot, Logger, Reference } from '../../src/index.ts'
import { limits } from './limits.ts'
import { explained, plainTextOf, whoAsks } from './people.ts'
import { render } from './render.ts'
import { answerMetadata, createThreads, type Spot } from './threads.ts'

/** Something that somebody wrote. */
interface Said extends Spot {
  user: string
  text: string
  /** Slack sent it before: another process may have answered it and died before it could say so. */
  isRepeat: boolean
}

interface Circumstances {
  /** Nobody spoke to the bot: it answers only when it is certain. */
  unasked?: boolean
  /** What another process showed last. */
  after?: Reference | undefined
}

/** Answers mentions, direct messages, and what goes on in a thread that the bot answered in. */
export function listenToMessages(app: App, bot: Bot, logger: Logger): void {
  const threads = createThreads(logger)

  async function answer(
    client: webApi.WebClient,
    said: Said,
    { unasked, after }: Circumstances = {},
  ): Promise<void> {
    const { team, user, channel, ts, text } = said
    if (said.isRepeat && (await threads.isAnswered(client, said))) return
    const isDirect = channel.startsWith('D')
    // In a channel the answer goes into a thread, so that it is no noise for everybody else.
    const thread = said.thread ?? (isDirect ? undefined : ts)
    const reply = await bot.handle({
      kind: 'question',
      text: text.slice(0, limits.question),
      ...whoAsks(team, user, thread === undefined ? channel : `${channel}:${thread}`),
      ...(isDirect ? { isPrivate: true } : { place: `slack:${team}:${channel}` }),
      ...(unasked && { unasked }),
      ...(after !== undefined && { after }),
    })
    if (reply.kind === 'silent' || (reply.kind === 'limited' && (reply.again || unasked))) return
    threads.remember({ ...said, thread }, true)
    const post = {
      channel,
      ...(thread !== undefined && { thread_ts: thread }),
      unfurl_links: false,
      unfurl_media: false,
      metadata: answerMetadata(ts, reply),
      ...render(reply),
    }
    const tell = (words: string): Promise<unknown> => client.chat.postMessage({ channel: user, text: words })
    await explained(logger, isDirect ? undefined : tell, () => client.chat.postMessage(post))
  }

  /** Somebody speaks to the bot, perhaps in the middle of a talk with another process. */
  async function answerAsked(
    client: webApi.WebClient,
    said: Said,
    botUser: string | undefined,
  ): Promise<void> {
    const isTalk = said.thread !== undefined || said.channel.startsWith('D')
    const isKnown = !isTalk || threads.isOurs(said) !== undefined
    const { last } = isKnown ? { last: undefined } : await threads.recall(client, said, botUser)
    await answer(client, said, { after: last })
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
    // Edits, joins, other bots and the bot itself carry a subtype or a bot's id.
    if (message.subtype !== undefined || message.bot_id !== undefined || message.user === botUserId) return
    const { channel, ts, thread_ts: thread, text = '', user } = message
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
    const known = threads.isOurs(said)
    const { isOurs, last } =
      known === undefined ? await threads.recall(client, said, botUserId) : { isOurs: known, last: undefined }
    if (!isOurs) return
    // Whoever began the thread goes on asking; others talk to each other, too.
    const isAsker =
      'parent_user_id' in message && message.parent_user_id === user && !/<@[A-Z0-9]+>/.test(text)
    await answer(client, said, isAsker ? { after: last } : { unasked: true })
  })
}

function isRepeat({ retryNum }: Context): boolean {
  return retryNum !== undefined && retryNum > 0
}
