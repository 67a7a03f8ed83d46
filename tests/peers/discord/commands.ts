import { type APIApplicationCommand, ApplicationCommandType } from 'discord.js'
import type { Json } from './problem.ts'
import type { World } from './world.ts'

/** Registered commands, by guild; those of the application as a whole under no guild. */
export interface CommandStore {
  list(guildId?: string): APIApplicationCommand[]
  /** Creates or replaces by type and name; says whether it is new. */
  upsert(body: Json, guildId?: string): { command: APIApplicationCommand; created: boolean }
  /** Replaces the whole list. */
  replace(bodies: readonly Json[], guildId?: string): APIApplicationCommand[]
  patch(command: APIApplicationCommand, body: Json): APIApplicationCommand
  byId(id: string, guildId?: string): APIApplicationCommand | undefined
  remove(id: string, guildId?: string): boolean
  /** The command that a member in this guild sees under a name; a guild's own comes first. */
  find(name: string, type: ApplicationCommandType, guildId?: string): APIApplicationCommand | undefined
}

const registered = (
  world: World,
  id: string,
  body: Json,
  guildId: string | undefined,
): APIApplicationCommand => {
  const { default_member_permissions: permissions, ...rest } = body
  const scope: Json =
    guildId === undefined
      ? {
          dm_permission: true,
          contexts: null,
          integration_types: [0],
        }
      : { guild_id: guildId }
  return {
    type: ApplicationCommandType.ChatInput,
    description: '',
    name_localizations: null,
    description_localizations: null,
    nsfw: false,
    ...scope,
    ...rest,
    default_member_permissions:
      permissions === undefined || permissions === null ? null : String(permissions),
    id,
    application_id: world.applicationId,
    version: world.nextId(),
  } as APIApplicationCommand
}

/** Makes an empty store. */
export const createCommandStore = (world: World): CommandStore => {
  const scopes = new Map<string, APIApplicationCommand[]>()
  const list = (guildId = ''): APIApplicationCommand[] => scopes.get(guildId) ?? []
  const same = (body: Json, guildId?: string): APIApplicationCommand | undefined => {
    const type = body.type ?? ApplicationCommandType.ChatInput
    return list(guildId).find((command) => command.name === body.name && command.type === type)
  }
  const make = (body: Json, guildId?: string): APIApplicationCommand =>
    registered(world, same(body, guildId)?.id ?? world.nextId(), body, guildId)
  const set = (commands: APIApplicationCommand[], guildId = ''): APIApplicationCommand[] => {
    scopes.set(guildId, commands)
    return commands
  }
  return {
    list,
    upsert: (body, guildId) => {
      const created = same(body, guildId) === undefined
      const command = make(body, guildId)
      set([...list(guildId).filter(({ id }) => id !== command.id), command], guildId)
      return { command, created }
    },
    replace: (bodies, guildId) =>
      set(
        bodies.map((body) => make(body, guildId)),
        guildId,
      ),
    patch: (command, body) => {
      const next = { ...command, ...body, version: world.nextId() } as APIApplicationCommand
      const guildId = command.guild_id
      set(
        list(guildId).map((one) => (one.id === command.id ? next : one)),
        guildId,
      )
      return next
    },
    byId: (id, guildId) => list(guildId).find((command) => command.id === id),
    remove: (id, guildId) => {
      const left = list(guildId).filter((command) => command.id !== id)
      const removed = left.length < list(guildId).length
      set(left, guildId)
      return removed
    },
    find: (name, type, guildId) => {
      const fits = (command: APIApplicationCommand): boolean => command.name === name && command.type === type
      return (guildId === undefined ? undefined : list(guildId).find(fits)) ?? list().find(fits)
    },
  }
}
