import type { App, webApi } from '@slack/bolt'
import type { Bot, Logger } from '../../src/index.ts'
import { limits } from './limits.ts'
import { explained, plainTextOf, whoAsks } from './people.ts'
import { render } from './render.ts'

/** Threads that the bot takes part in, or does not, are looked up once. */
const mostThreads = 5_000

/** Something that somebody wrote. */
interface Said {
  team: string | undefined
  user: string
  channel: string
  ts: string
  thread: string | undefined
  text: string
  /** Nobody spoke to the bot: it answers only when it is certain. */
  unasked?: boolean
}

/** Answers mentions, direct messages, and what goes on in a thread that the bot answered in. */
export function listenToMessages(app: App, bot: Bot, logger: Logger): void {
  const threads = new Map<string, boolean>()

  async function answer(client: webApi.WebClient, said: Said): Promise<void> {
    const { team, user, channel, ts, text } = said
    const isDirect = channel.startsWith('D')
    // In a channel the answer goes into a thread, so that it is no noise for everybody else.
    const thread = said.thread ?? (isDirect ? undefined : ts)
    const who = whoAsks(team, user, thread === undefined ? channel : `${channel}:${thread}`)
    const place = isDirect ? { isPrivate: true } : { place: `slack:${team}:${channel}` }
    const reply = await bot.handle({
      kind: 'question',
      text: text.slice(0, limits.question),
      ...who,
      ...place,
      ...(said.unasked && { unasked: true }),
    })
    if (reply.kind === 'silent' || (reply.kind === 'limited' && reply.again)) return
    if (thread !== undefined) remember(`${team}:${channel}:${thread}`, true)
    const post = {
      channel,
      ...(thread !== undefined && { thread_ts: thread }),
      unfurl_links: false,
      unfurl_media: false,
      ...render(reply),
    }
    const tell = (words: string): Promise<unknown> => client.chat.postMessage({ channel: user, text: words })
    await explained(logger, isDirect ? undefined : tell, () => client.chat.postMessage(post))
  }

  function remember(thread: string, isOurs: boolean): void {
    threads.delete(thread)
    threads.set(thread, isOurs)
    for (const oldest of threads.keys()) {
      if (threads.size <= mostThreads) break
      threads.delete(oldest)
    }
  }

  /** True when the bot has written in a thread; asked of Slack once, because another process may have answered. */
  async function isOurs(client: webApi.WebClient, said: Said, bot: string | undefined): Promise<boolean> {
    const key = `${said.team}:${said.channel}:${said.thread}`
    const known = threads.get(key)
    if (known !== undefined) return known
    let isFound = false
    await explained(logger, undefined, async () => {
      const { messages = [] } = await client.conversations.replies({
        channel: said.channel,
        ts: String(said.thread),
        limit: 50,
      })
      isFound = messages.some(({ user }) => user === bot)
      remember(key, isFound)
    })
    return isFound
  }

  app.event('app_mention', async ({ event, client, context, body }) => {
    if (event.bot_id !== undefined || event.user === undefined || 'edited' in event) return
    await answer(client, {
      team: body.team_id,
      user: event.user,
      channel: event.channel,
      ts: event.ts,
      thread: event.thread_ts,
      text: plainTextOf(event.text, context.botUserId),
    })
  })

  app.message(async ({ message, client, context, body }) => {
    // Edits, joins, other bots and the bot itself carry a subtype or a bot's id.
    if (message.subtype !== undefined || message.bot_id !== undefined || message.user === context.botUserId)
      return
    const { channel, ts, thread_ts: thread, text = '', user } = message
    const said: Said = {
      team: body.team_id,
      user,
      channel,
      ts,
      thread,
      text: plainTextOf(text, context.botUserId),
    }
    if (message.channel_type === 'im') return answer(client, said)
    // A mention comes as an event of its own.
    const isMention = context.botUserId !== undefined && text.includes(`<@${context.botUserId}>`)
    if (thread === undefined || isMention) return
    if (!(await isOurs(client, said, context.botUserId))) return
    // Whoever began the thread goes on asking; others talk to each other, too.
    const isAsker =
      'parent_user_id' in message && message.parent_user_id === user && !/<@[A-Z0-9]+>/.test(text)
    await answer(client, { ...said, unasked: !isAsker })
  })
}
