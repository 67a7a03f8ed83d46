import {
  type ChatInputCommandInteraction,
  type Guild,
  type GuildBasedChannel,
  PermissionFlagsBits,
} from 'discord.js'
import type { Logger } from '../../src/index.ts'
import { type Community, type CommunitySettings, hourIn } from './community.ts'
import { escapeMarkdown } from './markdown.ts'
import { mappingKey, whyNot } from './member-roles.ts'

/** What the operator turned on for the process, and managers of a server cannot. */
export interface Granted {
  /** Newcomers are seen: the intent GuildMembers. */
  members: boolean
  /** Posts are read: the intent MessageContent. */
  content: boolean
}

/** Sets the bot up for one server. @returns what to tell, in Discord's Markdown */
export function createAdmin(community: Community, granted: Granted, logger: Logger) {
  return async (interaction: ChatInputCommandInteraction): Promise<string> => {
    const guild = interaction.guild
    if (guild === null)
      return 'This works only in a server that I am a member of. Add me to the server first.'
    // Discord asks for the permission itself, but a server can hand the command to others; settings stay with managers.
    if (!interaction.memberPermissions?.has(PermissionFlagsBits.ManageGuild))
      return 'Only members with the permission “Manage Server” can do this.'
    const settings = await community.get(guild.id)
    const name = interaction.options.getSubcommand()
    if (name === 'show') return shown(settings, granted)
    if (name === 'check') return checked(guild, settings, granted)
    const changed = changedBy(name, interaction, settings)
    if (typeof changed === 'string') return changed
    try {
      await community.set(guild.id, changed)
    } catch (error) {
      logger.warn({ platform: 'discord', guild: guild.id, error: (error as Error).message }, 'not saved')
      return 'I could not save that just now. Please try again in a minute.'
    }
    const missing = problems(guild, changed, granted)
    return ['Saved.', shown(changed, granted), ...listed('What is missing', missing)].join('\n\n')
  }
}

/** @returns the new settings, or what is wrong */
function changedBy(
  name: string,
  { options, guild }: ChatInputCommandInteraction,
  settings: CommunitySettings,
): CommunitySettings | string {
  switch (name) {
    case 'welcome': {
      const mode = options.getString('mode', true) as CommunitySettings['welcome']['mode']
      const channel = options.getChannel('channel')?.id ?? settings.welcome.channel
      if (mode === 'channel' && channel === undefined) return 'Please name the channel, too.'
      return { ...settings, welcome: { mode, channel } }
    }
    case 'job-role':
    case 'level-role': {
      const kind = name === 'job-role' ? 'role' : 'level'
      const role = options.getRole('server-role')
      const key = mappingKey(kind, options.getString(kind, true))
      const { [key]: _, ...others } = settings.roles
      if (role === null) return { ...settings, roles: others }
      const reason = guild === null ? undefined : whyNot(guild, guild.roles.cache.get(role.id))
      if (reason !== undefined) return `I cannot give the role <@&${role.id}>: ${reason}.`
      return { ...settings, roles: { ...others, [key]: role.id } }
    }
    case 'answer-channel': {
      const { id } = options.getChannel('channel', true)
      const others = settings.answerChannels.filter((one) => one !== id)
      return {
        ...settings,
        answerChannels: options.getBoolean('on', true) ? [...others, id].slice(-50) : others,
      }
    }
    case 'quiet-hours': {
      const [from, to] = [options.getInteger('from'), options.getInteger('to')]
      const zone = options.getString('zone') ?? 'UTC'
      if (from === null && to === null) return { ...settings, quiet: undefined }
      if (from === null || to === null) return 'Please give both hours, or none for no quiet hours.'
      if (hourIn(zone, Date.now()) === undefined)
        return 'I do not know that time zone. Write it like Europe/Berlin, America/New_York or UTC.'
      return { ...settings, quiet: { from, to, zone } }
    }
    default:
      return 'This is from an older version of me. Please try again.'
  }
}

function shown({ welcome, roles, answerChannels, quiet }: CommunitySettings, granted: Granted): string {
  const { mode, channel } = welcome
  const where = channel === undefined ? '' : ` <#${channel}>`
  const greeting = {
    off: 'off',
    channel: `in${where}`,
    dm: `by direct message${where === '' ? '' : `, otherwise in${where}`}`,
  }[mode]
  const mapped = Object.entries(roles).map(
    ([key, id]) => `${escapeMarkdown(key.replace(/^\w+:/, ''))} → <@&${id}>`,
  )
  return [
    `**Newcomers are greeted:** ${greeting}${granted.members || mode === 'off' ? '' : ' (not yet, see /career-admin check)'}`,
    `**Roles for what members pick:** ${mapped.join(', ') || 'none'}`,
    `**New posts are answered in:** ${answerChannels.map((id) => `<#${id}>`).join(', ') || 'no channel'}`,
    `**Quiet hours:** ${quiet === undefined ? 'none' : `${quiet.from}:00 to ${quiet.to}:00, ${escapeMarkdown(quiet.zone)}`}`,
  ].join('\n')
}

function checked(guild: Guild, settings: CommunitySettings, granted: Granted): string {
  const missing = problems(guild, settings, granted)
  return missing.length === 0
    ? 'All is well: I have what I need for the present settings.'
    : listed('What is missing', missing).join('\n')
}

/** What keeps the settings from working, with who can mend it. */
function problems(guild: Guild, settings: CommunitySettings, granted: Granted): string[] {
  const { welcome, roles, answerChannels } = settings
  const found: string[] = []
  if (welcome.mode !== 'off' && !granted.members)
    found.push(
      'I do not see newcomers. Whoever runs me has to set DISCORD_WELCOME=on and turn on “Server Members Intent”.',
    )
  if (answerChannels.length > 0 && !granted.content)
    found.push(
      'I cannot read posts. Whoever runs me has to set DISCORD_READ_POSTS=on and turn on “Message Content Intent”.',
    )
  const channels = [
    ...(welcome.mode === 'off' || welcome.channel === undefined ? [] : [welcome.channel]),
    ...answerChannels,
  ]
  for (const id of new Set(channels)) found.push(...channelProblems(guild, id))
  for (const [key, id] of Object.entries(roles)) {
    const reason = whyNot(guild, guild.roles.cache.get(id))
    if (reason !== undefined)
      found.push(`I cannot give <@&${id}> for ${escapeMarkdown(key.replace(/^\w+:/, ''))}: ${reason}.`)
  }
  return found
}

function channelProblems(guild: Guild, id: string): string[] {
  const channel: GuildBasedChannel | undefined = guild.channels.cache.get(id)
  const me = guild.members.me
  if (channel === undefined || me === null) return [`I cannot see <#${id}>; give me “View Channel” there.`]
  const permissions = channel.permissionsFor(me)
  const needed = {
    ViewChannel: 'View Channel',
    SendMessages: 'Send Messages',
    ReadMessageHistory: 'Read Message History',
    ...(channel.isThreadOnly() && { SendMessagesInThreads: 'Send Messages in Threads' }),
  } as const
  return Object.entries(needed)
    .filter(([name]) => !permissions.has(PermissionFlagsBits[name as keyof typeof needed]))
    .map(([, label]) => `I need “${label}” in <#${id}>.`)
}

function listed(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`**${title}**\n${items.map((item) => `- ${item}`).join('\n')}`]
}
