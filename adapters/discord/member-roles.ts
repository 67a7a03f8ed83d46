import { type Client, type Guild, PermissionFlagsBits, type Role, Routes } from 'discord.js'
import type { Logger, Reply } from '../../src/index.ts'
import type { Community, CommunitySettings } from './community.ts'
import { faultOf } from './faults.ts'

type StepReply = Extract<Reply, { kind: 'step' }>

/** A role with any of these is never given to somebody who only pressed a button. */
const powers = [
  'Administrator',
  'ManageGuild',
  'ManageRoles',
  'ManageChannels',
  'ManageMessages',
  'ManageThreads',
  'ManageWebhooks',
  'ManageNicknames',
  'ManageEvents',
  'ManageGuildExpressions',
  'BanMembers',
  'KickMembers',
  'ModerateMembers',
  'MentionEveryone',
  'ViewAuditLog',
  'MoveMembers',
  'MuteMembers',
  'DeafenMembers',
] as const satisfies (keyof typeof PermissionFlagsBits)[]

/** Why a role cannot be given, as the end of a sentence; undefined when it can. */
export function whyNot(guild: Guild, role: Role | undefined): string | undefined {
  const me = guild.members.me
  if (role === undefined) return 'it is no longer there; map another one'
  if (role.id === guild.id || role.managed) return 'Discord or an application manages it; map another one'
  const power = powers.find((name) => role.permissions.has(PermissionFlagsBits[name]))
  if (power !== undefined) return `it has the permission “${power}”, and a button must not give it away`
  if (me === null || !me.permissions.has(PermissionFlagsBits.ManageRoles))
    return 'I need the permission “Manage Roles”'
  if (role.position >= me.roles.highest.position)
    return 'it stands above my own role; drag my role above it in Server Settings → Roles'
  return undefined
}

/** Gives a member the server's roles for what they picked, and takes back those for what they picked before. */
export function createMemberRoles(client: Client, community: Community, logger: Logger) {
  return async (
    guildId: string,
    user: string,
    has: readonly string[],
    { picked }: StepReply,
  ): Promise<void> => {
    const guild = client.guilds.cache.get(guildId)
    const { roles } = await community.get(guildId)
    if (guild === undefined || Object.keys(roles).length === 0) return
    const { give, take } = changes(roles, has, picked)
    for (const id of [...give, ...take]) {
      if (whyNot(guild, guild.roles.cache.get(id)) !== undefined) continue
      const route = Routes.guildMemberRole(guildId, user, id)
      const reason = 'Picked in the welcome tour'
      try {
        await (give.includes(id) ? client.rest.put(route, { reason }) : client.rest.delete(route, { reason }))
      } catch (error) {
        const { code, mend } = faultOf(error)
        logger.warn({ platform: 'discord', guild: guildId, code, mend }, 'a role could not be changed')
      }
    }
  }
}

/** What was not picked says nothing: roles that somebody got in another way stay. */
function changes(roles: CommunitySettings['roles'], has: readonly string[], picked: StepReply['picked']) {
  const give: string[] = []
  const take: string[] = []
  for (const kind of ['role', 'level'] as const) {
    const wanted = picked[kind] === undefined ? undefined : roles[mappingKey(kind, picked[kind])]
    if (wanted === undefined) continue
    const others = Object.entries(roles).flatMap(([key, id]) => (key.startsWith(`${kind}:`) ? id : []))
    if (!has.includes(wanted)) give.push(wanted)
    take.push(...has.filter((id) => id !== wanted && others.includes(id)))
  }
  return { give, take }
}

/** Under what a mapping is kept. */
export function mappingKey(kind: 'role' | 'level', name: string): string {
  return `${kind}:${name}`
}
