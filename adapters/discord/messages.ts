import {
  ComponentType,
  type Message,
  type MessageCreateOptions,
  MessageType,
  type OmitPartialGroupDMChannel,
} from 'discord.js'
import type { Bot, Event, Logger, Reference } from '../../src/index.ts'
import { type Community, isQuiet, limitsOf } from './community.ts'
import { readCustomId } from './custom-id.ts'
import { faultOf } from './faults.ts'
import { notice, type Payload, render } from './render.ts'
import type { DiscordSettings } from './settings.ts'

/** A member's talk with the bot in one channel, thread or direct message. */
export function conversationOf(channel: string, user: string): string {
  return `discord:${channel}:${user}`
}

type Received = OmitPartialGroupDMChannel<Message>

/** Somebody is told the same about a channel at most so often. Milliseconds. */
const tellAgainAfter = 60 * 60 * 1000

/**
 * Answers mentions, replies to the bot and direct messages, and new posts in the channels that the operator chose.
 * It never throws.
 */
export function createMessages(
  bot: Bot,
  logger: Logger,
  { answerChannels, readPosts }: DiscordSettings,
  community: Community,
) {
  const told = new Map<string, number>()

  async function handle(message: Received): Promise<void> {
    if (!isSaidByPerson(message)) return
    const isReply = message.mentions.repliedUser?.id === message.client.user.id
    const isAsked = isReply || isMentioned(message) || message.channel.isDMBased()
    if (isAsked) return answer(message, isReply)
    if (await isForUs(message)) return volunteer(message)
  }

  async function answer(message: Received, isReply: boolean): Promise<void> {
    const hint = hintFor(message, isReply)
    if (hint !== undefined) return once(message, hint) ? sendTo(message, notice(hint)) : undefined
    const reply = await bot.handle({
      ...(await asked(message, isReply)),
      ...limitsOf(community, message.guildId),
    })
    if (reply.kind === 'silent' || (reply.kind === 'limited' && reply.again)) return
    await sendTo(message, render(reply))
  }

  async function volunteer(message: Received): Promise<void> {
    const reply = await bot.handle({ ...post(message), ...limitsOf(community, message.guildId) })
    if (reply.kind === 'silent' || reply.kind === 'limited') return
    await sendTo(message, render(reply, { dismissableBy: message.author.id }))
  }

  /** A post in a channel that the operator or the server's managers chose, outside the server's quiet hours. */
  async function isForUs(message: Message): Promise<boolean> {
    if (!readPosts || message.guildId === null) return false
    const settings = await community.get(message.guildId)
    const channels = new Set([...answerChannels, ...settings.answerChannels])
    return isPost(message, channels) && !isQuiet(settings, Date.now())
  }

  async function sendTo(message: Received, payload: Payload): Promise<void> {
    // Only interactions can be private.
    const post = { ...payload, flags: payload.flags & ~64 } as MessageCreateOptions
    try {
      await message.channel.send({ ...post, reply: { messageReference: message.id, failIfNotExists: false } })
    } catch (error) {
      const fault = faultOf(error)
      const { code, mend } = fault
      logger.warn(
        { platform: 'discord', code, channel: message.channelId, mend },
        'a message could not be sent',
      )
      if (code === 160002) await message.channel.send(post)
      else if (fault.tell !== undefined) await tell(message, fault.tell)
      else throw error
    }
  }

  /** Whoever asked cannot see in the channel why there is no answer. */
  async function tell(message: Message, text: string): Promise<void> {
    if (message.channel.isDMBased() || !once(message, 'no right')) return
    const { flags, ...post } = notice(`In <#${message.channelId}> ${text}`)
    await message.author.send({ ...post, flags: flags & ~64 } as MessageCreateOptions)
  }

  /** True when a member has not been told this in a channel for a while. */
  function once({ channelId, author }: Message, what: string): boolean {
    const key = `${channelId}:${author.id}:${what}`
    const now = Date.now()
    if (now - (told.get(key) ?? 0) < tellAgainAfter) return false
    if (told.size > 1_000) told.clear()
    told.set(key, now)
    return true
  }

  return async (message: Received): Promise<void> => {
    try {
      await handle(message)
    } catch (error) {
      const { code, mend } = faultOf(error)
      logger.error(
        { platform: 'discord', code, channel: message.channelId, mend },
        'a message was not answered',
      )
    }
  }
}

const unreadable =
  'I can read a reply only when it mentions me. Turn the @ on above your reply, or ask with /career ask.'

/** What to say to a message that asks nothing in words. */
function hintFor(message: Message, isReply: boolean): string | undefined {
  if (textOf(message) !== '') return undefined
  // Without pinging the bot, a reply reaches it without its text.
  if (isReply && !isMentioned(message) && !message.channel.isDMBased()) return unreadable
  if (message.attachments.size > 0 || message.stickers.size > 0)
    return 'I can only read text. Please write your question in words.'
  if (message.reference !== null && !isReply)
    return 'To have me answer that message, press and hold it (or right-click it) and choose Apps, then “Answer this”.'
  return undefined
}

/** What is said, without the mention that calls the bot. */
function textOf({ content, client, guild }: Message): string {
  const ids = [client.user.id, guild?.members.me?.roles.botRole?.id ?? '0']
  return content.replace(new RegExp(`<@[!&]?(?:${ids.join('|')})>`, 'g'), ' ').trim()
}

function isSaidByPerson({ author, webhookId, type }: Message): boolean {
  return !author.bot && webhookId === null && (type === MessageType.Default || type === MessageType.Reply)
}

/** The bot itself, or the role that Discord made for it: people pick either. */
function isMentioned({ mentions, client, guild }: Message): boolean {
  const role = guild?.members.me?.roles.botRole?.id
  return mentions.users.has(client.user.id) || (role !== undefined && mentions.roles.has(role))
}

/** A new post of a forum, or something new said in a channel and not in answer to somebody. */
function isPost(
  { channel, channelId, id, reference }: Message,
  answerChannels: ReadonlySet<string>,
): boolean {
  if (channel.isThread())
    return id === channelId && channel.parentId !== null && answerChannels.has(channel.parentId)
  return answerChannels.has(channelId) && reference === null
}

function post(message: Message): Event {
  const title = message.channel.isThread() ? `${message.channel.name}\n` : ''
  return { kind: 'question', text: `${title}${message.content}`, unasked: true, ...whoAsks(message) }
}

async function asked(message: Message, isReply: boolean): Promise<Event> {
  const after = isReply ? await repliedTo(message) : undefined
  return { kind: 'question', text: textOf(message), after, ...whoAsks(message) }
}

function whoAsks({ channelId, author, channel }: Message) {
  return {
    conversation: conversationOf(channelId, author.id),
    member: `discord:${author.id}`,
    platform: 'discord',
    ...(channel.isDMBased() ? { isPrivate: true } : { place: `discord:${channelId}` }),
  }
}

/** The answer that somebody replies to stands in its own buttons, so that it is known after a restart, too. */
async function repliedTo(message: Message): Promise<Reference | undefined> {
  const original = await message.fetchReference().catch(() => undefined)
  const containers = (original?.components ?? []).filter((one) => one.type === ComponentType.Container)
  const buttons = containers
    .flatMap(({ components }) => components.filter((part) => part.type === ComponentType.ActionRow))
    .flatMap((row) => row.components.filter((one) => one.type === ComponentType.Button))
  const actions = buttons.map(({ data }) => ('custom_id' in data ? readCustomId(data.custom_id) : undefined))
  return actions.find((action) => action?.kind === 'helpful')?.reference
}
