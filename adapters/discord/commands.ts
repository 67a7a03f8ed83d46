import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandChannelOption,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  ChannelType,
  InteractionContextType,
  PermissionFlagsBits,
  type RESTPutAPIApplicationCommandsJSONBody,
} from 'discord.js'
import { limits } from './limits.ts'
import { described } from './locales.ts'

export const careerCommand = 'career'
export const adminCommandName = 'career-admin'
export const answerThisCommand = 'Answer this'

/** Installable by servers and by members, usable in servers, with the bot and in private channels. */
const everywhere = {
  integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
  contexts: [
    InteractionContextType.Guild,
    InteractionContextType.BotDM,
    InteractionContextType.PrivateChannel,
  ],
}

const text = (
  name: string,
  description: Parameters<typeof described>[0],
  required = false,
): APIApplicationCommandBasicOption => ({
  type: ApplicationCommandOptionType.String,
  name,
  ...described(description),
  required,
  autocomplete: true,
  max_length: name === 'question' ? limits.question : limits.choice,
})

const role = text('role', 'job')
const level = text('level', 'level')

const subcommand = (
  name: Parameters<typeof described>[0],
  ...options: APIApplicationCommandBasicOption[]
): APIApplicationCommandSubcommandOption => ({
  type: ApplicationCommandOptionType.Subcommand,
  name,
  ...described(name),
  options,
})

const serverRole: APIApplicationCommandBasicOption = {
  type: ApplicationCommandOptionType.Role,
  name: 'server-role',
  ...described('server-role'),
  required: false,
}

const channel = (
  channel_types: APIApplicationCommandChannelOption['channel_types'],
  required: boolean,
): APIApplicationCommandBasicOption => ({
  type: ApplicationCommandOptionType.Channel,
  name: 'channel',
  ...described('channel'),
  required,
  ...(channel_types && { channel_types }),
})

const whole = (
  name: 'from' | 'to' | 'per-member' | 'per-channel',
  min_value: number,
  max_value: number,
): APIApplicationCommandBasicOption => ({
  type: ApplicationCommandOptionType.Integer,
  name,
  ...described(name),
  required: false,
  min_value,
  max_value,
})

/** For those who manage a server, in that server. */
const adminCommand = {
  type: ApplicationCommandType.ChatInput,
  name: adminCommandName,
  ...described('career-admin'),
  default_member_permissions: PermissionFlagsBits.ManageGuild.toString(),
  integration_types: [ApplicationIntegrationType.GuildInstall],
  contexts: [InteractionContextType.Guild],
  options: [
    subcommand('show'),
    subcommand('check'),
    subcommand(
      'welcome',
      {
        type: ApplicationCommandOptionType.String,
        name: 'mode',
        ...described('mode'),
        required: true,
        choices: [
          { name: 'off', value: 'off' },
          { name: 'in a channel', value: 'channel' },
          { name: 'by direct message', value: 'dm' },
        ],
      },
      channel([ChannelType.GuildText, ChannelType.GuildAnnouncement], false),
    ),
    subcommand('job-role', text('role', 'job', true), serverRole),
    subcommand('level-role', text('level', 'level', true), serverRole),
    subcommand('answer-channel', channel([ChannelType.GuildText, ChannelType.GuildForum], true), {
      type: ApplicationCommandOptionType.Boolean,
      name: 'on',
      ...described('on'),
      required: true,
    }),
    subcommand('limits', whole('per-member', 1, 30), whole('per-channel', 1, 120)),
    subcommand('quiet-hours', whole('from', 0, 23), whole('to', 0, 23), {
      type: ApplicationCommandOptionType.String,
      name: 'zone',
      ...described('zone'),
      required: false,
      max_length: 50,
    }),
  ],
}

/** Everything that is registered with Discord. */
export const commands = [
  {
    type: ApplicationCommandType.ChatInput,
    name: careerCommand,
    ...described('career'),
    ...everywhere,
    options: [
      subcommand('ask', text('question', 'question', true), role, {
        type: ApplicationCommandOptionType.Boolean,
        name: 'private',
        ...described('private'),
        required: false,
      }),
      subcommand('role', text('role', 'job', true)),
      subcommand('compare', text('first', 'job', true), text('second', 'otherJob', true)),
      subcommand('path', role, level),
      subcommand('salary', level, role),
      subcommand('learn', role, level),
      subcommand('start'),
      subcommand('next'),
      subcommand('forget-me'),
      subcommand('about'),
      subcommand('help'),
    ],
  },
  adminCommand,
  { type: ApplicationCommandType.Message, name: answerThisCommand, ...everywhere },
] satisfies RESTPutAPIApplicationCommandsJSONBody

/** What Discord adds or leaves out by itself says nothing about a change. */
const compared = [
  'type',
  'name',
  'description',
  'description_localizations',
  'integration_types',
  'contexts',
  'default_member_permissions',
  'choices',
  'channel_types',
  'min_value',
  'max_value',
  'required',
  'autocomplete',
  'max_length',
  'options',
]

/** True when Discord has something else registered than what is wanted. */
export function isChanged(registered: readonly object[], wanted: readonly object[] = commands): boolean {
  return essence(registered) !== essence(wanted)
}

function essence(list: readonly object[]): string {
  const named = [...list].map((one) => JSON.stringify(essential(one)))
  return named.sort().join('\n')
}

function essential(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(essential)
  if (typeof value !== 'object' || value === null) return value
  // Discord fills in what was left out.
  const entries = Object.entries(value).filter(
    ([, one]) =>
      ![null, undefined, false, ''].includes(one as null) && !(Array.isArray(one) && one.length === 0),
  )
  const isCommand = entries.some(([key]) => key === 'type')
  return Object.fromEntries(
    entries
      .filter(([key]) => !isCommand || compared.includes(key))
      .map(([key, one]) => [key, essential(one)] as const)
      .sort(([a], [b]) => a.localeCompare(b)),
  )
}
