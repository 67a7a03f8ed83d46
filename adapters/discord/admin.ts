import {
  type ChatInputCommandInteraction,
  type Guild,
  type GuildBasedChannel,
  PermissionFlagsBits,
} from 'discord.js'
import type { Logger } from '../../src/index.ts'
import { type Choices, changes } from './admin-changes.ts'
import type { Community, CommunitySettings } from './community.ts'
import { escapeMarkdown } from './markdown.ts'
import { whyNot } from './member-roles.ts'

/** What the operator turned on for the process, and managers of a server cannot. */
export interface Granted {
  /** Newcomers are seen: the intent GuildMembers. */
  members: boolean
  /** Posts are read: the intent MessageContent. */
  content: boolean
}

const outdated = 'This is from an older version of me. Please try again.'

/** Sets the bot up for one server. @returns what to tell, in Discord's Markdown */
export function createAdmin(community: Community, granted: Granted, choices: Choices, logger: Logger) {
  return async (interaction: ChatInputCommandInteraction): Promise<string> => {
    const guild = interaction.guild
    if (guild === null)
      return 'This works only in a server that I am a member of. Add me to the server first.'
    // Discord asks for the permission itself, but a server can hand the command to others; settings stay with managers.
    if (!interaction.memberPermissions?.has(PermissionFlagsBits.ManageGuild))
      return 'Only members with the permission “Manage Server” can do this.'
    const warn = (error: unknown, message: string): void =>
      logger.warn({ platform: 'discord', guild: guild.id, error: (error as Error).message }, message)
    let settings: CommunitySettings
    try {
      settings = await community.load(guild.id)
    } catch (error) {
      warn(error, 'settings could not be read')
      return 'I cannot reach my settings just now. Please try again in a minute.'
    }
    const name = interaction.options.getSubcommand()
    if (name === 'show') return shown(settings, granted)
    if (name === 'check') return checked(guild, settings, granted)
    const changed = changes[name]?.(interaction, settings, choices) ?? outdated
    if (typeof changed === 'string') return changed
    try {
      await community.set(guild.id, changed)
    } catch (error) {
      warn(error, 'settings could not be saved')
      return 'I could not save that just now. Please try again in a minute.'
    }
    const missing = problems(guild, changed, granted)
    return ['Saved.', shown(changed, granted), ...listed('What is missing', missing)].join('\n\n')
  }
}

function shown(
  { welcome, roles, answerChannels, limits, quiet }: CommunitySettings,
  granted: Granted,
): string {
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
    `**Answers a minute:** ${limits.perMember ?? 'as usual'} for a member, ${limits.perPlace ?? 'as usual'} in a channel`,
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
  const greeting = welcome.mode === 'off' || welcome.channel === undefined ? [] : [welcome.channel]
  for (const id of new Set([...greeting, ...answerChannels]))
    found.push(...channelProblems(guild, id, answerChannels.includes(id)))
  for (const [key, id] of Object.entries(roles)) {
    const reason = whyNot(guild, guild.roles.cache.get(id))
    if (reason !== undefined)
      found.push(`I cannot give <@&${id}> for ${escapeMarkdown(key.replace(/^\w+:/, ''))}: ${reason}.`)
  }
  return found
}

/** @param isAnswered posts there are answered, as replies */
function channelProblems(guild: Guild, id: string, isAnswered: boolean): string[] {
  const channel: GuildBasedChannel | undefined = guild.channels.cache.get(id)
  const me = guild.members.me
  if (channel === undefined || me === null) return [`I cannot see <#${id}>; give me “View Channel” there.`]
  const permissions = channel.permissionsFor(me)
  const needed: [keyof typeof PermissionFlagsBits, string][] = [
    ['ViewChannel', 'View Channel'],
    // The posts of a forum are threads.
    channel.isThreadOnly()
      ? ['SendMessagesInThreads', 'Send Messages in Threads']
      : ['SendMessages', 'Send Messages'],
    ...(isAnswered && !channel.isThreadOnly()
      ? [['ReadMessageHistory', 'Read Message History'] as [keyof typeof PermissionFlagsBits, string]]
      : []),
  ]
  return needed
    .filter(([name]) => !permissions.has(PermissionFlagsBits[name]))
    .map(([, label]) => `I need “${label}” in <#${id}>.`)
}

function listed(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`**${title}**\n${items.map((item) => `- ${item}`).join('\n')}`]
}
