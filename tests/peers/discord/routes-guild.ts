import type { APIGuildMember } from 'discord.js'
import { type Core, changeMember, DiscordError, unknown } from './core.ts'
import { type GuildState, guildPayload } from './guild-payloads.ts'
import type { RestReply, RestRequest, Route } from './rest.ts'

const MEMBER_KEYS = ['nick', 'roles', 'mute', 'deaf', 'channel_id', 'communication_disabled_until', 'flags']
const OWN_KEYS = ['nick', 'avatar', 'bio', 'banner']

const guildOf = (core: Core, { params }: RestRequest): GuildState => {
  const guild = core.world.guilds.get(params.guild ?? '')
  if (!guild) throw unknown.guild()
  return guild
}

const memberOf = (core: Core, request: RestRequest): APIGuildMember => {
  const member = guildOf(core, request).members.get(request.params.user ?? '')
  if (!member) throw unknown.member()
  return member
}

const changeRole = (core: Core, request: RestRequest, add: boolean): RestReply => {
  const guild = guildOf(core, request)
  const member = memberOf(core, request)
  const role = guild.roles.find(({ id }) => id === request.params.role)
  if (!role) throw unknown.role()
  if (role.managed || role.id === guild.id) throw new DiscordError(403, 50013, 'Missing Permissions')
  const others = member.roles.filter((id) => id !== role.id)
  changeMember(core, guild, member, { roles: add ? [...others, role.id] : others })
  return { status: 204 }
}

const patchMember = (core: Core, request: RestRequest, keys: readonly string[]): RestReply => {
  const body = request.json()
  const strange = Object.keys(body).filter((key) => !keys.includes(key))
  request.refuse(strange.map((key) => ({ path: [key], problem: `unknown key "${key}"` })))
  const guild = guildOf(core, request)
  const self = guild.members.get(core.world.bot.id)
  const member = keys === OWN_KEYS && self ? self : memberOf(core, request)
  return { status: 200, body: changeMember(core, guild, member, body) }
}

const listMembers = (core: Core, request: RestRequest): RestReply => {
  const limit = Number(request.query.get('limit') ?? 1)
  const after = BigInt(request.query.get('after') ?? '0')
  const members = [...guildOf(core, request).members.values()].filter(({ user }) => BigInt(user.id) > after)
  return { status: 200, body: members.slice(0, limit) }
}

/** The routes of guilds, members and roles. */
export const guildRoutes = (core: Core): Route[] => {
  const guild = '/guilds/:guild'
  const member = `${guild}/members/:user`
  const role = `${member}/roles/:role`
  const read = (path: string, value: (request: RestRequest) => unknown): Route => ({
    method: 'GET',
    path,
    handle: (request) => ({ status: 200, body: value(request) }),
  })
  return [
    read(guild, (request) => guildPayload(guildOf(core, request))),
    read(`${guild}/channels`, (request) => core.world.channelsOf(guildOf(core, request).id)),
    read(`${guild}/roles`, (request) => guildOf(core, request).roles),
    read(`${guild}/threads/active`, (request) => ({
      threads: core.world.threadsOf(guildOf(core, request).id),
      members: [],
    })),
    { method: 'GET', path: `${guild}/members`, handle: (request) => listMembers(core, request) },
    {
      method: 'PATCH',
      path: `${guild}/members/@me`,
      handle: (request) => patchMember(core, request, OWN_KEYS),
    },
    read(member, (request) => memberOf(core, request)),
    { method: 'PATCH', path: member, handle: (request) => patchMember(core, request, MEMBER_KEYS) },
    { method: 'PUT', path: role, handle: (request) => changeRole(core, request, true) },
    { method: 'DELETE', path: role, handle: (request) => changeRole(core, request, false) },
  ]
}
