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

/**
 * Gives a member the server's roles for what they picked, and takes back those for what they picked before; `has` are
 * those they have, undefined to look them up.
 */
export function createMemberRoles(client: Client, community: Community, logger: Logger) {
  return async (
    guildId: string,
    user: string,
    has: readonly string[] | undefined,
    { picked }: StepReply,
  ): Promise<void> => {
    const guild = client.guilds.cache.get(guildId)
    const { roles } = await community.get(guildId)
    if (guild === undefined || Object.keys(roles).length === 0) return
    const present = has ?? (await rolesOf(guild, user, logger))
    if (present === undefined) return
    const { give, take } = changes(roles, present, picked)
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

/** @returns undefined for who is no member any more */
async function rolesOf(guild: Guild, user: string, logger: Logger): Promise<string[] | undefined> {
  try {
    const member = await guild.members.fetch({ user, force: true })
    return [...member.roles.cache.keys()]
  } catch (error) {
    const { code, mend } = faultOf(error)
    logger.warn({ platform: 'discord', guild: guild.id, code, mend }, 'the roles of a member are not known')
    return undefined
  }
}

/** What was not picked says nothing: roles that somebody got in another way stay. */
function changes(roles: CommunitySettings['roles'], has: readonly string[], picked: StepReply['picked']) {
  const wanted: string[] = []
  const others: string[] = []
  for (const kind of ['role', 'level'] as const) {
    const name = picked[kind]
    if (name === undefined) continue
    const own = roles[mappingKey(kind, name)]
    if (own !== undefined) wanted.push(own)
    others.push(...Object.entries(roles).flatMap(([key, id]) => (key.startsWith(`${kind}:`) ? id : [])))
  }
  return {
    give: wanted.filter((id) => !has.includes(id)),
    take: has.filter((id) => others.includes(id) && !wanted.includes(id)),
  }
}

/** Under what a mapping is kept. */
export function mappingKey(kind: 'role' | 'level', name: string): string {
  return `${kind}:${name}`
}
