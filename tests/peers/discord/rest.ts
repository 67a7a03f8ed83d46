import type { IncomingMessage, ServerResponse } from 'node:http'
import { performance } from 'node:perf_hooks'
import type { Failure } from './calls.ts'
import { DiscordError, refuse } from './core.ts'
import { isJson, type Json, type Problem } from './problem.ts'
import type { ReceivedRequest, Violation } from './types.ts'

/** A request that found its route. */
export interface RestRequest {
  /** `performance.now()` when all of it was there. */
  at: number
  params: Readonly<Record<string, string>>
  query: URLSearchParams
  body: unknown
  /** The body, or 50035 when it is no JSON object. */
  json(): Json
  /** Answers 50035 and records violations when there are problems. */
  refuse(problems: readonly Problem[]): void
  /** Records a violation without a problem in the body. */
  violation(problem: string): void
}

/** A status and what goes with it; nothing goes with 204. */
export interface RestReply {
  status: number
  body?: unknown
}

/** One method and path; `:name` in the path stands for one segment. */
export interface Route {
  method: string
  path: string
  handle: (request: RestRequest) => RestReply
}

/** The REST side of the peer. */
export interface RestServer {
  readonly requests: ReceivedRequest[]
  handle(request: IncomingMessage, response: ServerResponse): void
  failNext(failure: Failure): void
}

interface CompiledRoute extends Route {
  pattern: RegExp
}

/** Requests that are remembered. */
const KEPT_REQUESTS = 20_000
const PREFIX = '/api/v10'
// The token in the path is the authorisation.
const TOKEN_ROUTES = /^\/(interactions\/[^/]+\/[^/]+\/callback$|webhooks\/[^/]+\/[^/]+)/

const compile = (route: Route): CompiledRoute => ({
  ...route,
  pattern: new RegExp(`^${route.path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`),
})

const readText = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

const readBody = async (request: IncomingMessage): Promise<unknown> => {
  const raw = await readText(request)
  if (raw.length === 0) return undefined
  const type = request.headers['content-type'] ?? ''
  const source = type.startsWith('multipart/form-data')
    ? (await new Response(raw, { headers: { 'content-type': type } }).formData()).get('payload_json')
    : raw.toString('utf8')
  try {
    return typeof source === 'string' ? JSON.parse(source) : undefined
  } catch {
    throw new DiscordError(400, 50109, 'The request body contains invalid JSON.')
  }
}

const failureReply = ({ status, code, body, retryAfter = 0.05, headers = {} }: Failure) => {
  const message = status === 429 ? 'You are being rate limited.' : `${status}: failure asked for by a test`
  const standard = {
    message,
    code: code ?? 0,
    ...(status === 429 ? { retry_after: retryAfter, global: false } : {}),
  }
  const limits = {
    'retry-after': String(retryAfter),
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset-after': String(retryAfter),
    'x-ratelimit-scope': 'user',
  }
  return { status, body: body ?? standard, headers: { ...(status === 429 ? limits : {}), ...headers } }
}

const createFailures = () => {
  const failures: { failure: Failure; left: number }[] = []
  const next = (method: string, path: string): Failure | undefined => {
    const found = failures.find(
      ({ failure, left }) =>
        left > 0 && failure.route.test(path) && (failure.method ?? method).toUpperCase() === method,
    )
    if (found) found.left -= 1
    return found?.failure
  }
  const add = (failure: Failure): void => {
    failures.push({ failure, left: failure.times ?? 1 })
  }
  return { next, add }
}

const write = (
  response: ServerResponse,
  reply: RestReply,
  headers: Readonly<Record<string, string>>,
): void => {
  const text = reply.body === undefined ? undefined : JSON.stringify(reply.body)
  response.writeHead(reply.status, {
    'x-ratelimit-limit': '1000',
    'x-ratelimit-remaining': '999',
    'x-ratelimit-reset': String(Date.now() / 1000 + 1),
    'x-ratelimit-reset-after': '1',
    ...(text === undefined ? {} : { 'content-type': 'application/json' }),
    ...headers,
  })
  response.end(text)
}

/** Makes the REST server of these routes. `token` is the only one let in. */
export const createRestServer = (
  routes: readonly Route[],
  token: string,
  violations: Violation[],
): RestServer => {
  const compiled = routes.map(compile)
  const requests: ReceivedRequest[] = []
  const failures = createFailures()

  const find = (method: string, path: string) => {
    for (const route of compiled) {
      const match = route.method === method ? route.pattern.exec(path) : null
      if (match) return { route, params: match.groups ?? {} }
    }
    return undefined
  }

  const run = (
    method: string,
    url: URL,
    path: string,
    body: unknown,
    at: number,
  ): RestReply & { bucket?: string } => {
    const label = `${method} ${path}`
    const found = url.pathname.startsWith(`${PREFIX}/`) ? find(method, path) : undefined
    if (!found) {
      violations.push({ route: label, body, problem: 'unknown route' })
      throw new DiscordError(404, 0, '404: Not Found')
    }
    const refuseHere = (problems: readonly Problem[]): void => refuse(violations, label, body, problems)
    const reply = found.route.handle({
      at,
      params: found.params,
      query: url.searchParams,
      body,
      json: () => {
        if (!isJson(body)) refuseHere([{ path: [], problem: 'the body is not a JSON object' }])
        return body as Json
      },
      refuse: refuseHere,
      violation: (problem) => violations.push({ route: label, body, problem }),
    })
    return { ...reply, bucket: `${method}:${found.route.path}` }
  }

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const method = request.method ?? 'GET'
    const url = new URL(request.url ?? '/', 'http://peer')
    const path = decodeURIComponent(url.pathname).replace(/^\/api(\/v\d+)?/, '')
    let body: unknown
    let at = performance.now()
    let reply: RestReply & { bucket?: string; headers?: Readonly<Record<string, string>> }
    try {
      body = await readBody(request)
      at = performance.now()
      const failure = failures.next(method, path)
      if (failure) reply = failureReply(failure)
      else if (!TOKEN_ROUTES.test(path) && request.headers.authorization !== `Bot ${token}`) {
        throw new DiscordError(401, 0, '401: Unauthorized')
      } else reply = run(method, url, path, body, at)
    } catch (error) {
      if (!(error instanceof DiscordError)) throw error
      reply = { status: error.status, body: error.body }
    }
    requests.push({ method, path, body, status: reply.status, at })
    if (requests.length > KEPT_REQUESTS) requests.splice(0, KEPT_REQUESTS / 2)
    const bucket: Record<string, string> = reply.bucket ? { 'x-ratelimit-bucket': reply.bucket } : {}
    write(response, reply, { ...bucket, ...reply.headers })
  }

  return {
    requests,
    failNext: failures.add,
    handle: (request, response) => {
      answer(request, response).catch((error: unknown) => {
        violations.push({
          route: `${request.method} ${request.url}`,
          body: undefined,
          problem: `the peer itself failed: ${error instanceof Error ? error.stack : String(error)}`,
        })
        write(response, { status: 500, body: { message: '500: Internal Server Error', code: 0 } }, {})
      })
    },
  }
}
