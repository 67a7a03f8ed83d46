import {
  type Client,
  GatewayDispatchEvents,
  type GatewayGuildMemberAddDispatchData,
  type GatewayGuildMemberUpdateDispatchData,
  GuildMemberFlags,
  type MessageCreateOptions,
  MessageFlags,
} from 'discord.js'
import { type Bot, createWaves, type Logger, type Reply } from '../../src/index.ts'
import { type Community, isQuiet } from './community.ts'
import { faultOf } from './faults.ts'
import { render } from './render.ts'
import { mostGreeted } from './render-step.ts'

type GreetingReply = Extract<Reply, { kind: 'greeting' }>
type MemberData = GatewayGuildMemberAddDispatchData | GatewayGuildMemberUpdateDispatchData

/** Whoever came longer ago is no newcomer, whatever changes about them. Milliseconds. */
const newFor = 7 * 24 * 60 * 60 * 1000
/** With more at once, they are greeted in the channel, if there is one: Discord takes many direct messages for spam. */
const mostDirect = 10
/** Between two direct messages. Milliseconds. */
const directPause = 1_000
/** Times of trying again after a disturbance of Discord's. Milliseconds. */
const retries = [1_000, 5_000, 15_000]

/** Greets those who came and have finished what the server asks of newcomers. Needs the intent GuildMembers. */
export function createNewcomers(client: Client, bot: Bot, community: Community, logger: Logger) {
  const waves = createWaves(mostGreeted, greet, Date.now)

  function onMember(data: MemberData): void {
    const { user, guild_id: guild } = data
    const joined = data.joined_at === null ? Number.NaN : Date.parse(data.joined_at)
    const isNew = Date.now() - joined < newFor
    if (user.bot || !isNew || !isThrough(data)) return
    waves.add(guild, user.id)
  }

  /** Screening and the server's own onboarding come first. */
  function isThrough({ guild_id, pending, flags }: MemberData): boolean {
    const features = client.guilds.cache.get(guild_id)?.features ?? []
    const hasOnboarding = (features as readonly string[]).includes('GUILD_ONBOARDING')
    const isOnboarded = ((flags ?? 0) & GuildMemberFlags.CompletedOnboarding) !== 0
    return pending !== true && (!hasOnboarding || isOnboarded)
  }

  async function greet(guild: string, ids: string[]): Promise<void> {
    try {
      const settings = await community.get(guild)
      const { mode, channel } = settings.welcome
      if (mode === 'off') return
      const members = ids.map((id) => `discord:${id}`)
      const reply = await bot.handle({ kind: 'joined', community: `discord:${guild}`, members })
      if (reply.kind !== 'greeting') return
      const isSilent = isQuiet(settings, Date.now())
      const isCrowd = reply.members.length > mostDirect && channel !== undefined
      const rest = mode === 'dm' && !isCrowd ? await sendDirect(reply, isSilent) : reply.members
      if (rest.length > 0 && channel !== undefined)
        await send(channel, asPost({ ...reply, members: rest }, isSilent))
      logger.info({ platform: 'discord', guild, greeted: reply.members.length }, 'newcomers were greeted')
    } catch (error) {
      const { code, mend } = faultOf(error)
      logger.warn({ platform: 'discord', guild, code, mend }, 'newcomers could not be greeted')
    }
  }

  /** @returns who takes no direct messages */
  async function sendDirect(reply: GreetingReply, isSilent: boolean): Promise<string[]> {
    const rest: string[] = []
    for (const [i, member] of reply.members.entries()) {
      if (i > 0) await sleep(directPause)
      try {
        const { id } = await client.users.createDM(member.replace('discord:', ''))
        await send(id, asPost({ ...reply, members: [member] }, isSilent))
      } catch {
        rest.push(member)
      }
    }
    return rest
  }

  async function send(channel: string, post: MessageCreateOptions): Promise<void> {
    const found = await client.channels.fetch(channel)
    if (!found?.isSendable()) throw new Error('the welcome channel takes no messages; choose another one')
    for (const wait of [...retries, undefined]) {
      try {
        await found.send(post)
        return
      } catch (error) {
        const code = Number(faultOf(error).code)
        if (wait === undefined || code < 500 || code > 599) throw error
        await sleep(wait)
      }
    }
  }

  return {
    start(): void {
      client.ws.on(GatewayDispatchEvents.GuildMemberAdd, onMember)
      client.ws.on(GatewayDispatchEvents.GuildMemberUpdate, onMember)
    },
    /** Nobody who waits is forgotten. */
    async stop(): Promise<void> {
      client.ws.off(GatewayDispatchEvents.GuildMemberAdd, onMember)
      client.ws.off(GatewayDispatchEvents.GuildMemberUpdate, onMember)
      await waves.close()
    },
  }
}

function asPost(reply: GreetingReply, isSilent: boolean): MessageCreateOptions {
  const { flags, ...post } = render(reply)
  const silent = isSilent ? MessageFlags.SuppressNotifications : 0
  return { ...post, flags: flags | silent } as MessageCreateOptions
}

function sleep(time: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, time))
}
