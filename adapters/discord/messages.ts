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

/** Somebody is told at most so often that the bot may not write in a channel. Milliseconds. */
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

  async function handle(message: OmitPartialGroupDMChannel<Message>): Promise<void> {
    if (!isSaidByPerson(message)) return
    const isReply = message.mentions.repliedUser?.id === message.client.user.id
    const isAsked = isReply || isMentioned(message) || message.channel.isDMBased()
    if (!isAsked && !(await isForUs(message))) return
    // Without pinging the bot, a reply reaches it without its text.
    if (isReply && message.content === '') return sendTo(message, notice(unreadable))
    const event = isAsked ? await asked(message, isReply) : post(message)
    const reply = await bot.handle({ ...event, ...limitsOf(community, message.guildId) })
    if (reply.kind === 'silent') return
    if (reply.kind === 'limited' && (reply.again || !isAsked)) return
    await sendTo(message, render(reply, isAsked ? {} : { dismissableBy: message.author.id }))
  }

  /** A post in a channel that the operator or the server's managers chose, outside the server's quiet hours. */
  async function isForUs(message: Message): Promise<boolean> {
    if (!readPosts || message.guildId === null) return false
    const settings = await community.get(message.guildId)
    const channels = new Set([...answerChannels, ...settings.answerChannels])
    return isPost(message, channels) && !isQuiet(settings, Date.now())
  }

  async function sendTo(message: OmitPartialGroupDMChannel<Message>, payload: Payload): Promise<void> {
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
    const key = `${message.channelId}:${message.author.id}`
    const now = Date.now()
    if (message.channel.isDMBased() || now - (told.get(key) ?? 0) < tellAgainAfter) return
    if (told.size > 1_000) told.clear()
    told.set(key, now)
    const { flags, ...post } = notice(`In <#${message.channelId}> ${text}`)
    await message.author.send({ ...post, flags: flags & ~64 } as MessageCreateOptions)
  }

  return async (message: OmitPartialGroupDMChannel<Message>): Promise<void> => {
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
  const own = new RegExp(
    `<@[!&]?(?:${message.client.user.id}|${message.guild?.members.me?.roles.botRole?.id ?? '0'})>`,
    'g',
  )
  const after = isReply ? await repliedTo(message) : undefined
  return { kind: 'question', text: message.content.replace(own, ' ').trim(), after, ...whoAsks(message) }
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
