import {
  type APIApplicationCommand,
  type APIApplicationCommandOption,
  ApplicationCommandOptionType as OptionType,
} from 'discord.js'
import type { CommandCall, OptionValue } from './calls.ts'
import type { GuildState } from './guild-payloads.ts'
import { bareMember } from './payloads.ts'
import type { Json } from './problem.ts'
import type { World } from './world.ts'

/** The options of a command as an interaction carries them, with the objects that they point to. */
export interface BuiltOptions {
  options: Json[]
  resolved: Json
}

type Definition = APIApplicationCommandOption

const EXPECTED: Partial<Record<OptionType, string>> = {
  [OptionType.Integer]: 'number',
  [OptionType.Number]: 'number',
  [OptionType.Boolean]: 'boolean',
}

const inferredType = (value: OptionValue): OptionType => {
  if (typeof value === 'boolean') return OptionType.Boolean
  if (typeof value === 'number') return Number.isInteger(value) ? OptionType.Integer : OptionType.Number
  return OptionType.String
}

const nested = (
  definitions: readonly Definition[],
  name: string,
  type: OptionType,
): readonly Definition[] => {
  const found = definitions.find((option) => option.name === name && option.type === type)
  if (!found || !('options' in found)) throw new Error(`the command has no subcommand "${name}"`)
  return found.options ?? []
}

// What Discord's own client does not let a member send.
const checkValue = (definition: Definition, value: OptionValue): void => {
  const complain = (what: string): never => {
    throw new Error(`option "${definition.name}": a member cannot send ${JSON.stringify(value)}, ${what}`)
  }
  if (typeof value !== (EXPECTED[definition.type] ?? 'string')) complain('wrong type')
  if ('choices' in definition && definition.choices && definition.choices.length > 0) {
    if (!definition.choices.some((choice) => choice.value === value)) complain('not among the choices')
  }
  const size = typeof value === 'string' ? value.length : Number(value)
  const limits = { ...definition } as { [key: string]: unknown }
  const least = typeof value === 'string' ? limits.min_length : limits.min_value
  const most = typeof value === 'string' ? (limits.max_length ?? 6000) : limits.max_value
  if (typeof least === 'number' && size < least) complain(`below ${least}`)
  if (typeof most === 'number' && size > most) complain(`above ${most}`)
}

const checkRequired = (definitions: readonly Definition[], given: CommandCall['options'] = {}): void => {
  for (const { name, required } of definitions) {
    if (required && !(name in given)) throw new Error(`the required option "${name}" is missing`)
  }
}

/** The users, members, roles and channels behind ids, as `resolved` holds them. */
export const resolveIds = (world: World, guild: GuildState | undefined, ids: readonly string[]): Json => {
  const resolved: Record<'users' | 'members' | 'roles' | 'channels', Json> = {
    users: {},
    members: {},
    roles: {},
    channels: {},
  }
  for (const id of ids) {
    const user = world.userById(id)
    const member = guild?.members.get(id)
    const role = guild?.roles.find((one) => one.id === id)
    const channel = world.channels.get(id)
    if (user) resolved.users[id] = user
    if (member) resolved.members[id] = { ...bareMember(member), permissions: '0' }
    if (role) resolved.roles[id] = role
    if (channel) resolved.channels[id] = { ...channel, permissions: '0' }
  }
  return Object.fromEntries(Object.entries(resolved).filter(([, members]) => Object.keys(members).length > 0))
}

const leafOptions = (
  definitions: readonly Definition[] | undefined,
  call: CommandCall,
  focused: string | undefined,
): Json[] => {
  const given = { ...(focused === undefined ? {} : { [focused]: '' }), ...call.options }
  return Object.entries(given).map(([name, value]) => {
    const definition = definitions?.find((option) => option.name === name)
    if (definitions && !definition) throw new Error(`the command has no option "${name}"`)
    if (focused === name) {
      if (definition && !('autocomplete' in definition && definition.autocomplete)) {
        throw new Error(`the option "${name}" has no autocomplete`)
      }
      // What is being typed is always text.
      return { name, type: definition?.type ?? OptionType.String, value: String(value), focused: true }
    }
    if (definition && focused === undefined) checkValue(definition, value)
    return { name, type: definition?.type ?? inferredType(value), value }
  })
}

const POINTERS: readonly unknown[] = [
  OptionType.User,
  OptionType.Channel,
  OptionType.Role,
  OptionType.Mentionable,
]

/**
 * Builds the options of a call from the registered command, and throws for what a member could not send.
 * Without a command the types follow from the values.
 */
export const buildOptions = (
  world: World,
  guild: GuildState | undefined,
  command: APIApplicationCommand | undefined,
  call: CommandCall,
  focused?: string,
): BuiltOptions => {
  let definitions: readonly Definition[] | undefined = command && (command.options ?? [])
  const { subcommandGroup: group, subcommand } = call
  if (definitions && group !== undefined) definitions = nested(definitions, group, OptionType.SubcommandGroup)
  if (definitions && subcommand !== undefined)
    definitions = nested(definitions, subcommand, OptionType.Subcommand)
  if (definitions && focused === undefined) checkRequired(definitions, call.options)
  const leaves = leafOptions(definitions, call, focused)
  const pointers = leaves.filter(({ type }) => POINTERS.includes(type)).map(({ value }) => String(value))
  const inSubcommand =
    subcommand === undefined ? leaves : [{ name: subcommand, type: OptionType.Subcommand, options: leaves }]
  const options =
    group === undefined
      ? inSubcommand
      : [{ name: group, type: OptionType.SubcommandGroup, options: inSubcommand }]
  return { options, resolved: resolveIds(world, guild, pointers) }
}
