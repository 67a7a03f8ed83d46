import {
  type Client,
  GatewayDispatchEvents,
  type GatewayGuildMemberAddDispatchData,
  type GatewayGuildMemberUpdateDispatchData,
  GuildMemberFlags,
  type MessageCreateOptions,
  MessageFlags,
  PermissionFlagsBits,
  type SendableChannels,
} from 'discord.js'
import { type Bot, createWaves, type Logger, Recent, type Reply } from '../../src/index.ts'
import { type Community, type CommunitySettings, isQuiet } from './community.ts'
import { faultOf } from './faults.ts'
import { render } from './render.ts'
import { mostGreeted } from './render-step.ts'

type GreetingReply = Extract<Reply, { kind: 'greeting' }>
type MemberData = GatewayGuildMemberAddDispatchData | GatewayGuildMemberUpdateDispatchData

/** Whoever came longer ago is no newcomer, whatever changes about them. Milliseconds. */
const newFor = 7 * 24 * 60 * 60 * 1000
/** With more at once, they are greeted in the channel: Discord takes many direct messages for spam. */
const mostDirect = 10
/** In each server. */
const mostMissed = 500
/** Whom no greeting has reached for so long is not greeted together with others any more. Milliseconds. */
const missedFor = 24 * 60 * 60 * 1000
/** Between two direct messages. Milliseconds. */
const directPause = 1_000
/** Times of trying again after a disturbance of Discord's. Milliseconds. */
const retries = [1_000, 5_000, 15_000]

/** Greets those who came and have finished what the server asks of newcomers. Needs the intent GuildMembers. */
export function createNewcomers(client: Client, bot: Bot, community: Community, logger: Logger) {
  const waves = createWaves(mostGreeted, greet, Date.now)
  /** Server → members whom a greeting did not reach, and since when: the next one is for them, too. */
  const missed = new Map<string, Recent<string, number>>()
  let isStopping = false

  function onMember(data: MemberData): void {
    const { user, guild_id: guild } = data
    const joined = data.joined_at === null ? Number.NaN : Date.parse(data.joined_at)
    const isNew = Date.now() - joined < newFor
    if (user.bot || !isNew || !isThrough(data)) return
    waves.add(guild, user.id)
    for (const [id, since] of missed.get(guild) ?? [])
      if (Date.now() - since < missedFor) waves.add(guild, id)
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
      // Whoever is claimed and cannot be greeted is in the way of a later greeting, so this comes first.
      const place = await placeOf(guild, channel)
      if (mode === 'channel' && typeof place === 'string') throw new Error(place)
      const members = ids.map((id) => `discord:${id}`)
      const about = { community: `discord:${guild}`, members }
      const reply = await bot.handle({ kind: 'joined', ...about })
      const rest = reply.kind === 'greeting' ? await deliver(guild, reply, place, settings) : []
      note(guild, ids, rest)
      if (rest.length > 0) await bot.handle({ kind: 'missed', ...about, members: rest })
    } catch (error) {
      note(
        guild,
        ids,
        ids.map((id) => `discord:${id}`),
      )
      warn(guild, ids.length, error)
    }
  }

  function warn(guild: string, missed: number, error: unknown): void {
    const { code, mend } = faultOf(error)
    logger.warn({ platform: 'discord', guild, missed, code, mend }, 'newcomers could not be greeted')
  }

  /** @returns who could not be reached */
  async function deliver(
    guild: string,
    reply: GreetingReply,
    place: SendableChannels | string,
    settings: CommunitySettings,
  ): Promise<readonly string[]> {
    const isSilent = isQuiet(settings, Date.now())
    const isDirect = settings.welcome.mode === 'dm' && reply.members.length <= mostDirect
    let rest: readonly string[] = isDirect ? await sendDirect(guild, reply, isSilent) : reply.members
    try {
      if (rest.length > 0 && typeof place === 'string') throw new Error(place)
      if (rest.length > 0 && typeof place !== 'string')
        await send(place, asPost({ ...reply, members: rest }, isSilent))
      rest = []
    } catch (error) {
      warn(guild, rest.length, error)
    }
    const greeted = reply.members.length - rest.length
    if (greeted > 0) logger.info({ platform: 'discord', guild, greeted }, 'newcomers were greeted')
    return rest
  }

  /** @returns who takes no direct messages, or would have to wait too long for one */
  async function sendDirect(guild: string, reply: GreetingReply, isSilent: boolean): Promise<string[]> {
    const rest: string[] = []
    for (const [i, member] of reply.members.entries()) {
      if (i > 0 && !isStopping) await sleep(directPause)
      try {
        // Their turn would come after the process has ended.
        if (isStopping && i > 0) throw new Error('the bot stops')
        const place = await client.users.createDM(member.replace('discord:', ''))
        await send(place, asPost({ ...reply, members: [member] }, isSilent, guild))
      } catch {
        rest.push(member)
      }
    }
    return rest
  }

  /** @returns the channel, or what to do where the bot cannot write */
  async function placeOf(guild: string, channel: string | undefined): Promise<SendableChannels | string> {
    if (channel === undefined) return 'choose a welcome channel with /career-admin welcome'
    const found = await client.channels.fetch(channel).catch(() => null)
    if (!found?.isSendable()) return 'the welcome channel takes no messages; choose another one'
    const me = client.guilds.cache.get(guild)?.members.me
    const needed = [PermissionFlagsBits.ViewChannel, PermissionFlagsBits.SendMessages]
    if (me && !found.isDMBased() && !found.permissionsFor(me).has(needed))
      return 'give the bot "View Channel" and "Send Messages" in the welcome channel'
    return found
  }

  async function send(place: SendableChannels, post: MessageCreateOptions): Promise<void> {
    for (const wait of [...retries, undefined]) {
      try {
        await place.send(post)
        return
      } catch (error) {
        const code = Number(faultOf(error).code)
        if (wait === undefined || code < 500 || code > 599) throw error
        await sleep(wait)
      }
    }
  }

  /** @param rest those of `ids` who were not reached, as the core names them */
  function note(guild: string, ids: readonly string[], rest: readonly string[]): void {
    const waiting = missed.get(guild) ?? new Recent<string, number>(mostMissed)
    const isMissed = new Set(rest)
    for (const id of ids) {
      if (!isMissed.has(`discord:${id}`)) waiting.delete(id)
      else if (!waiting.has(id)) waiting.set(id, Date.now())
    }
    if (waiting.size > 0) missed.set(guild, waiting)
    else missed.delete(guild)
  }

  return {
    start(): void {
      client.ws.on(GatewayDispatchEvents.GuildMemberAdd, onMember)
      client.ws.on(GatewayDispatchEvents.GuildMemberUpdate, onMember)
    },
    /** Nobody who waits is forgotten. */
    async stop(): Promise<void> {
      isStopping = true
      client.ws.off(GatewayDispatchEvents.GuildMemberAdd, onMember)
      client.ws.off(GatewayDispatchEvents.GuildMemberUpdate, onMember)
      await waves.close()
    },
  }
}

function asPost(reply: GreetingReply, isSilent: boolean, guild?: string): MessageCreateOptions {
  const { flags, ...post } = render(reply, { guild })
  const silent = isSilent ? MessageFlags.SuppressNotifications : 0
  return { ...post, flags: flags | silent } as MessageCreateOptions
}

function sleep(time: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, time))
}
