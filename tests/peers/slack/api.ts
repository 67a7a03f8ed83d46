import { performance } from 'node:perf_hooks'
import { accessMethods, exchangeCode, openConnection } from './api-access.ts'
import { checkArguments, readArguments } from './api-arguments.ts'
import type { Handler } from './api-call.ts'
import { chatMethods } from './api-chat.ts'
import { conversationMethods } from './api-conversations.ts'
import { viewMethods } from './api-views.ts'
import type { Failure } from './calls.ts'
import { type Core, SlackError } from './core.ts'
import { METHODS, type MethodSpec } from './methods.ts'
import type { Json } from './problem.ts'
import { respond } from './response-url.ts'
import type { ApiCall } from './types.ts'
import type { PeerTeam } from './world.ts'

/** A request to the peer, read. */
export interface ApiRequest {
  /** Without `/api/`, or the path of a `response_url`. */
  path: string
  contentType: string
  authorization: string
  body: string
}

/** What the peer answers. */
export interface ApiReply {
  status: number
  headers: Readonly<Record<string, string>>
  body: Json | string
}

/** The Web API and the response URLs. */
export interface Api {
  readonly calls: ApiCall[]
  method(request: ApiRequest): ApiReply
  responseUrl(request: ApiRequest): ApiReply
  failNext(failure: Failure): void
}

const HANDLERS: Readonly<Record<string, Handler>> = {
  ...accessMethods,
  ...chatMethods,
  ...viewMethods,
  ...conversationMethods,
}

const createFailures = () => {
  const failures: { failure: Failure; left: number }[] = []
  const fits = ({ method }: Failure, name: string): boolean =>
    method === undefined || (typeof method === 'string' ? method === name : method.test(name))
  return {
    add: (failure: Failure): void => {
      failures.push({ failure, left: failure.times ?? 1 })
    },
    next: (name: string): ApiReply | undefined => {
      const found = failures.find(({ failure, left }) => left > 0 && fits(failure, name))
      if (!found) return undefined
      found.left -= 1
      const { error, status = error === undefined ? 429 : 200, retryAfter = 1 } = found.failure
      const headers: Record<string, string> = status === 429 ? { 'retry-after': String(retryAfter) } : {}
      const code = error ?? (status === 429 ? 'ratelimited' : 'internal_error')
      return { status, headers, body: { ok: false, error: code } }
    },
  }
}

const teamOf = (core: Core, token: string): PeerTeam => {
  const team = core.world.teams.find(({ botToken }) => botToken === token)
  if (!team) throw new SlackError(token === core.app.appToken ? 'not_allowed_token_type' : 'invalid_auth')
  if (!team.installed) throw new SlackError('account_inactive')
  return team
}

const needScopes = (team: PeerTeam, { scopes }: MethodSpec): void => {
  const missing = scopes.filter((scope) => !team.scopes.includes(scope))
  if (missing.length === 0) return
  throw new SlackError('missing_scope', { needed: missing.join(','), provided: team.scopes.join(',') })
}

/** Makes the Web API over this state. */
export const createApi = (core: Core): Api => {
  const calls: ApiCall[] = []
  const failures = createFailures()

  const run = (call: ApiCall, spec: MethodSpec | undefined): Json => {
    const { method, args } = call
    const token = call.token ?? String(args.token ?? '')
    if (!spec) {
      core.violations.push({ where: method, body: args, problem: 'the peer does not know this method' })
      throw new SlackError('unknown_method')
    }
    if (spec.token === 'none') {
      checkArguments(core, method, args, spec)
      return exchangeCode(core, args)
    }
    if (token === '') throw new SlackError('not_authed')
    if (spec.token === 'app') {
      if (token === core.app.appToken) return openConnection(core)
      throw new SlackError(token.startsWith('xoxb-') ? 'not_allowed_token_type' : 'invalid_auth')
    }
    const team = teamOf(core, token)
    call.team = team.id
    needScopes(team, spec)
    checkArguments(core, method, args, spec)
    return HANDLERS[method]?.({ core, method, team, args }) ?? {}
  }

  const settle = (call: ApiCall, answer: () => Json): ApiReply => {
    try {
      return { status: 200, headers: {}, body: { ok: true, ...answer() } }
    } catch (error) {
      if (!(error instanceof SlackError)) throw error
      call.ok = false
      call.error = error.code
      return { status: 200, headers: {}, body: { ok: false, error: error.code, ...error.extra } }
    }
  }

  const begin = (method: string, args: Json, token?: string): ApiCall => {
    const call = { method, args, ...(token ? { token } : {}), ok: true, at: performance.now() }
    calls.push(call)
    return call
  }

  const orFailure = (call: ApiCall, answer: () => ApiReply): ApiReply => {
    const failure = failures.next(call.method)
    if (!failure) return answer()
    call.ok = false
    call.error = String((failure.body as Json).error)
    return failure
  }

  return {
    calls,
    failNext: failures.add,
    method: ({ path, contentType, authorization, body }) => {
      const spec = Object.hasOwn(METHODS, path) ? METHODS[path] : undefined
      const call = begin(path, {}, authorization.replace(/^Bearer\s*/i, ''))
      const answer = (): Json => {
        call.args = readArguments(body, contentType, spec)
        return run(call, spec)
      }
      return orFailure(call, () => settle(call, answer))
    },
    responseUrl: ({ path, body }) => {
      const call = begin('response_url', {})
      return orFailure(call, () => respond(core, call, path, body))
    },
  }
}
