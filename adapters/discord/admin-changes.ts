import type { ChatInputCommandInteraction } from 'discord.js'
import type { Bot } from '../../src/index.ts'
import { type CommunitySettings, hourIn } from './community.ts'
import { escapeMarkdown } from './markdown.ts'
import { mappingKey, whyNot } from './member-roles.ts'

/** Finds jobs and levels by what is typed. */
export type Choices = Pick<Bot['complete'], 'roles' | 'levels'>

/** @returns the new settings, or what is wrong */
type Change = (
  interaction: ChatInputCommandInteraction,
  settings: CommunitySettings,
  choices: Choices,
) => CommunitySettings | string

const welcome: Change = ({ options }, settings) => {
  const mode = options.getString('mode', true) as CommunitySettings['welcome']['mode']
  const channel = options.getChannel('channel')?.id ?? settings.welcome.channel
  if (mode !== 'off' && channel === undefined)
    return mode === 'channel'
      ? 'Please name the channel, too.'
      : 'Please name a channel, too: for members who take no direct messages, and for when many come at once.'
  return { ...settings, welcome: { mode, channel } }
}

/** Jobs or levels that are told to choose from. */
const mostOffered = 25

const mapping =
  (kind: 'role' | 'level'): Change =>
  ({ options, guild }, settings, { roles, levels }) => {
    const role = options.getRole('server-role')
    const typed = options.getString(kind, true)
    const find = kind === 'role' ? roles : levels
    const isMeant = ({ label }: { label: string }): boolean =>
      label.toLowerCase() === typed.trim().toLowerCase()
    // What is offered only resembles what was typed.
    const name = find(typed, mostOffered).find(isMeant)?.value
    if (name === undefined) {
      const offered = find('', mostOffered).map(({ label }) => escapeMarkdown(label))
      return `I do not know that one. You can pick: ${offered.join(', ')}.`
    }
    const { [mappingKey(kind, name)]: _, ...others } = settings.roles
    if (role === null) return { ...settings, roles: others }
    const reason = guild === null ? undefined : whyNot(guild, guild.roles.cache.get(role.id))
    if (reason !== undefined) return `I cannot give the role <@&${role.id}>: ${reason}.`
    return { ...settings, roles: { ...others, [mappingKey(kind, name)]: role.id } }
  }

const answerChannel: Change = ({ options }, settings) => {
  const { id } = options.getChannel('channel', true)
  const others = settings.answerChannels.filter((one) => one !== id)
  return { ...settings, answerChannels: options.getBoolean('on', true) ? [...others, id].slice(-50) : others }
}

const limits: Change = ({ options }, settings) => {
  const perMember = options.getInteger('per-member') ?? undefined
  const perPlace = options.getInteger('per-channel') ?? undefined
  return { ...settings, limits: { perMember, perPlace } }
}

const quietHours: Change = ({ options }, settings) => {
  const [from, to] = [options.getInteger('from'), options.getInteger('to')]
  const zone = options.getString('zone') ?? 'UTC'
  if (from === null && to === null) return { ...settings, quiet: undefined }
  if (from === null || to === null) return 'Please give both hours, or none for no quiet hours.'
  if (hourIn(zone, Date.now()) === undefined)
    return 'I do not know that time zone. Write it like Europe/Berlin, America/New_York or UTC.'
  return { ...settings, quiet: { from, to, zone } }
}

/** Subcommand → what it changes. */
export const changes: Record<string, Change> = {
  welcome,
  'job-role': mapping('role'),
  'level-role': mapping('level'),
  'answer-channel': answerChannel,
  limits,
  'quiet-hours': quietHours,
}
