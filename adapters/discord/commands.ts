import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  type RESTPutAPIApplicationCommandsJSONBody,
} from 'discord.js'
import { limits } from './limits.ts'
import { described } from './locales.ts'

export const careerCommand = 'career'
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
      subcommand('about'),
      subcommand('help'),
    ],
  },
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
