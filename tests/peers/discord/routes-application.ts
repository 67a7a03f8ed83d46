import {
  ApplicationCommandCreateRequestSchema,
  ApplicationCommandPatchRequestPartialSchema,
  ApplicationCommandUpdateRequestSchema,
  ApplicationFormPartialSchema,
  BotAccountPatchRequestSchema,
  CreatePrivateChannelRequestSchema,
} from 'discord-api-spec/zod'
import type { ZodMiniType } from 'zod/mini'
import { ACCEPTED_COMMAND_KEYS, commandListRules, commandRules } from './command-rules.ts'
import { type Core, DiscordError, unknown } from './core.ts'
import { below, isJson, type Json, jsonList, type Problem } from './problem.ts'
import type { RestReply, RestRequest, Route } from './rest.ts'
import { checkSchema } from './schema.ts'

const applicationPayload = (core: Core): Json => ({
  id: core.world.applicationId,
  name: core.world.applicationName,
  icon: null,
  description: '',
  type: null,
  flags: 0,
  flags_new: '0',
  bot: core.world.bot,
  guild_id: undefined,
  bot_public: true,
  bot_require_code_grant: false,
  integration_types_config: { '0': {}, '1': {} },
  verify_key: '0'.repeat(64),
  redirect_uris: [],
  interactions_endpoint_url: null,
  role_connections_verification_url: null,
  owner: core.world.user('owner'),
  approximate_guild_count: core.world.guilds.size,
  approximate_user_install_count: 0,
  approximate_user_authorization_count: 0,
  event_webhooks_status: 1,
  explicit_content_filter: 0,
  team: null,
  eligible_oauth2_scopes: [],
})

// discord.js writes the bit field as text, which Discord takes; the schema lists only the number.
const withNumericPermissions = (command: Json): Json => {
  const given = command.default_member_permissions
  return typeof given === 'string' && /^\d+$/.test(given)
    ? { ...command, default_member_permissions: Number(given) }
    : command
}

const checkCommand = (schema: ZodMiniType, command: Json): Problem[] => [
  ...checkSchema(schema, withNumericPermissions(command), ACCEPTED_COMMAND_KEYS),
  ...commandRules(command),
]

const checkCommandList = (body: unknown): Problem[] => {
  if (!Array.isArray(body) || !body.every(isJson)) {
    return [{ path: [], problem: 'the body is not a list of commands' }]
  }
  const each = body.flatMap((command, index) =>
    below([index], checkCommand(ApplicationCommandUpdateRequestSchema, command)),
  )
  return [...each, ...commandListRules(body)]
}

const commandRoutes = (core: Core, base: string): Route[] => {
  const scope = ({ params }: RestRequest): string | undefined => {
    if (params.app !== core.world.applicationId) throw new DiscordError(403, 20012, 'You are not authorized')
    if (params.guild !== undefined && !core.world.guilds.has(params.guild)) {
      throw new DiscordError(403, 50001, 'Missing Access')
    }
    return params.guild
  }
  const one = (request: RestRequest) => {
    const command = core.commands.byId(request.params.command ?? '', scope(request))
    if (!command) throw unknown.command()
    return command
  }
  const create = (request: RestRequest): RestReply => {
    const guildId = scope(request)
    const body = request.json()
    request.refuse(checkCommand(ApplicationCommandCreateRequestSchema, body))
    const { command, created } = core.commands.upsert(body, guildId)
    return { status: created ? 201 : 200, body: command }
  }
  const replace = (request: RestRequest): RestReply => {
    const guildId = scope(request)
    request.refuse(checkCommandList(request.body))
    return { status: 200, body: core.commands.replace(jsonList(request.body), guildId) }
  }
  const patch = (request: RestRequest): RestReply => {
    const command = one(request)
    const body = request.json()
    const schema = checkSchema(
      ApplicationCommandPatchRequestPartialSchema,
      withNumericPermissions(body),
      ACCEPTED_COMMAND_KEYS,
    )
    const whole = { ...command, ...body, type: command.type }
    request.refuse([...schema, ...commandRules(whole)])
    return { status: 200, body: core.commands.patch(command, body) }
  }
  const remove = (request: RestRequest): RestReply => {
    core.commands.remove(one(request).id, scope(request))
    return { status: 204 }
  }
  return [
    {
      method: 'GET',
      path: base,
      handle: (request) => ({ status: 200, body: core.commands.list(scope(request)) }),
    },
    { method: 'POST', path: base, handle: create },
    { method: 'PUT', path: base, handle: replace },
    { method: 'GET', path: `${base}/:command`, handle: (request) => ({ status: 200, body: one(request) }) },
    { method: 'PATCH', path: `${base}/:command`, handle: patch },
    { method: 'DELETE', path: `${base}/:command`, handle: remove },
  ]
}

const gatewayRoutes = (core: Core): Route[] => {
  const limit = { total: 1000, remaining: 999, reset_after: 14_400_000, max_concurrency: 16 }
  return [
    { method: 'GET', path: '/gateway', handle: () => ({ status: 200, body: { url: core.gatewayUrl() } }) },
    {
      method: 'GET',
      path: '/gateway/bot',
      handle: () => ({
        status: 200,
        body: { url: core.gatewayUrl(), shards: core.shards, session_start_limit: limit },
      }),
    },
  ]
}

const userRoutes = (core: Core): Route[] => [
  { method: 'GET', path: '/users/@me', handle: () => ({ status: 200, body: core.world.bot }) },
  {
    method: 'PATCH',
    path: '/users/@me',
    handle: (request) => {
      request.refuse(checkSchema(BotAccountPatchRequestSchema, request.json()))
      return { status: 200, body: core.world.bot }
    },
  },
  {
    method: 'POST',
    path: '/users/@me/channels',
    handle: (request) => {
      const body = request.json()
      request.refuse(checkSchema(CreatePrivateChannelRequestSchema, body))
      const user = core.world.userById(String(body.recipient_id))
      if (!user) throw new DiscordError(400, 50033, 'Invalid Recipient(s)')
      return { status: 200, body: core.world.dmChannel(user) }
    },
  },
  {
    method: 'GET',
    path: '/users/:user',
    handle: ({ params }) => {
      const user = core.world.userById(params.user ?? '')
      if (!user) throw unknown.user()
      return { status: 200, body: user }
    },
  },
]

/** The routes of the application itself: gateway, commands, users. */
export const applicationRoutes = (core: Core): Route[] => {
  let application: Json | undefined
  const current = (): Json => {
    application ??= applicationPayload(core)
    return application
  }
  const read = (): RestReply => ({ status: 200, body: current() })
  const change = (request: RestRequest): RestReply => {
    const body = request.json()
    request.refuse(checkSchema(ApplicationFormPartialSchema, body))
    application = { ...current(), ...body }
    return { status: 200, body: application }
  }
  return [
    ...gatewayRoutes(core),
    { method: 'GET', path: '/applications/@me', handle: read },
    { method: 'PATCH', path: '/applications/@me', handle: change },
    { method: 'GET', path: '/oauth2/applications/@me', handle: read },
    ...commandRoutes(core, '/applications/:app/commands'),
    ...commandRoutes(core, '/applications/:app/guilds/:guild/commands'),
    ...userRoutes(core),
  ]
}
