import type { ApiReply } from './api.ts'
import { type Core, errorDetails, refuseContent, SlackError } from './core.ts'
import { all, type Check, flag, object, oneOf, string } from './fields.ts'
import type { PeerMessage } from './messages.ts'
import { describeProblem, isJson, type Json, text } from './problem.ts'
import type { ResponseTarget } from './tickets.ts'
import type { ApiCall } from './types.ts'

const anything: Check = all()

/** What a post to a `response_url` and the acknowledgement of a slash command may hold. */
const RESPONSE_FIELDS = object(
  {},
  {
    text: string(Number.POSITIVE_INFINITY, 0),
    blocks: anything,
    attachments: anything,
    metadata: anything,
    response_type: oneOf('ephemeral', 'in_channel'),
    replace_original: flag,
    delete_original: flag,
    thread_ts: string(30),
    mrkdwn: flag,
    unfurl_links: flag,
    unfurl_media: flag,
    parse: string(10),
    link_names: flag,
  },
)

const checkFields = (core: Core, where: string, body: Json): void => {
  for (const problem of RESPONSE_FIELDS(body, [])) {
    core.violations.push({ where, body, problem: describeProblem(problem) })
  }
}

/** Posts, replaces or deletes a message as the answer to an interaction, or throws a SlackError. */
export const postResponse = (
  core: Core,
  where: 'response_url' | 'ack of slash_commands',
  target: ResponseTarget,
  body: Json,
): PeerMessage | undefined => {
  checkFields(core, where, body)
  const original = core.messages.find(target.channel.id, target.messageTs ?? '')
  if (body.delete_original === true) {
    if (original) core.messages.remove(original)
    return undefined
  }
  refuseContent(core, where, body)
  if (body.replace_original === true && original) return core.messages.edit(original, body)
  return core.messages.create({
    team: target.team,
    channel: target.channel,
    body,
    source: where === 'response_url' ? where : 'ack',
    ...(body.thread_ts === undefined ? {} : { threadTs: text(body.thread_ts) }),
    ...(body.response_type === 'in_channel' ? {} : { ephemeralTo: target.user.id }),
  })
}

const STATUS: Readonly<Record<string, number>> = { used_url: 404, expired_url: 404 }

const parse = (body: string): Json => {
  try {
    const parsed: unknown = JSON.parse(body)
    if (isJson(parsed)) return parsed
  } catch {
    // Answered below like anything else that is no object.
  }
  throw new SlackError('invalid_payload', errorDetails(['must be a JSON object']))
}

/** Answers a post to a `response_url`; `id` is the last part of its path. */
export const respond = (core: Core, call: ApiCall, id: string, body: string): ApiReply => {
  try {
    const message = parse(body)
    call.args = message
    postResponse(core, 'response_url', core.tickets.useResponse(id), message)
    return { status: 200, headers: {}, body: 'ok' }
  } catch (error) {
    if (!(error instanceof SlackError)) throw error
    call.ok = false
    call.error = error.code
    return {
      status: STATUS[error.code] ?? 400,
      headers: {},
      body: { ok: false, error: error.code, ...error.extra },
    }
  }
}
