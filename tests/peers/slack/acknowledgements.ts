import { type Core, refuse, SlackError } from './core.ts'
import { suggestionAnswer } from './elements.ts'
import type { PeerMessage } from './messages.ts'
import { describeProblem, isJson, type Json } from './problem.ts'
import { postResponse } from './response-url.ts'
import type { ResponseTarget } from './tickets.ts'
import type { Delivery } from './types.ts'
import { checkView } from './views.ts'
import type { PeerTeam, PeerUser } from './world.ts'

// What is wrong has been recorded; Slack shows the member an error and tells the app nothing.
const quietly = <Value>(act: () => Value): Value | undefined => {
  try {
    return act()
  } catch (error) {
    if (error instanceof SlackError) return undefined
    throw error
  }
}

const violation = (core: Core, where: string, body: unknown, problem: string): void => {
  core.violations.push({ where, body, problem })
}

/** Posts what a slash command was acknowledged with. */
export const takeCommandAnswer = (
  core: Core,
  target: ResponseTarget,
  { body }: Delivery,
): PeerMessage | undefined => {
  if (body === undefined) return undefined
  const content = isJson(body) ? body : { text: String(body) }
  return quietly(() => postResponse(core, 'ack of slash_commands', target, content))
}

const takeErrors = (core: Core, where: string, body: Json, blocks: readonly Json[]): void => {
  const inputs = blocks.filter((block) => block.type === 'input').map((block) => block.block_id)
  const errors = isJson(body.errors) ? body.errors : {}
  if (Object.keys(errors).length === 0) violation(core, where, body, 'missing required field: errors')
  for (const [blockId, message] of Object.entries(errors)) {
    if (!inputs.includes(blockId)) violation(core, where, body, `errors name no input block: ${blockId}`)
    if (typeof message !== 'string') violation(core, where, body, `the error of ${blockId} must be a string`)
  }
}

/** Does what a submission was acknowledged with: closes, updates or pushes a view, or shows errors. */
export const takeSubmissionAnswer = (
  core: Core,
  { team, user }: { team: PeerTeam; user: PeerUser },
  view: { id: string; blocks: readonly Json[] },
  delivery: Delivery,
): void => {
  const where = 'ack of view_submission'
  const body = delivery.body ?? { response_action: 'close' }
  const answer = isJson(body) ? body : {}
  const checked = (): Json => {
    refuse(core, where, body, checkView(answer.view, 'modal'), 'invalid_arguments')
    return answer.view as Json
  }
  switch (answer.response_action) {
    case 'close':
    case 'clear':
      core.views.close(user, answer.response_action === 'clear')
      break
    case 'errors':
      takeErrors(core, where, answer, view.blocks)
      break
    case 'update':
      quietly(() => core.views.update(team, { view_id: view.id }, checked()))
      break
    case 'push':
      quietly(() => core.views.push(team, user, checked()))
      break
    default:
      violation(core, where, body, `unknown response_action: ${String(answer.response_action)}`)
  }
}

/** Checks the options that a `block_suggestion` was acknowledged with. */
export const takeSuggestions = (core: Core, { body }: Delivery): void => {
  for (const problem of suggestionAnswer(body ?? {}, [])) {
    violation(core, 'ack of block_suggestion', body, describeProblem(problem))
  }
}

/** An acknowledgement that takes no content. */
export const takeNothing = (core: Core, type: string, { body }: Delivery): void => {
  if (body !== undefined) violation(core, `ack of ${type}`, body, 'this acknowledgement takes no content')
}
