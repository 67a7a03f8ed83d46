import { type ContentFault, checkMessage, faultText } from './message-content.ts'
import type { MessageStore } from './messages.ts'
import type { Json, Problem } from './problem.ts'
import { describeProblem } from './problem.ts'
import type { Tickets } from './tickets.ts'
import type { Violation } from './types.ts'
import type { ViewStore } from './view-store.ts'
import type { World } from './world.ts'

/** Secrets and names of the app that the peer plays Slack for. */
export interface AppIdentity {
  appId: string
  appToken: string
  signingSecret: string
  clientId: string
  clientSecret: string
}

/** The state that the Web API and the driving calls share. */
export interface Core {
  readonly app: AppIdentity
  readonly world: World
  readonly messages: MessageStore
  readonly views: ViewStore
  readonly tickets: Tickets
  readonly violations: Violation[]
  /** Where the peer listens. */
  readonly url: string
}

/** An answer that Slack gives instead of doing what was asked. */
export class SlackError extends Error {
  readonly code: string
  readonly extra: Json
  constructor(code: string, extra: Json = {}) {
    super(code)
    this.code = code
    this.extra = extra
  }
}

/** `errors` and `response_metadata` as Slack words them. */
export const errorDetails = (messages: readonly string[]): Json => ({
  errors: messages,
  response_metadata: { messages: messages.map((message) => `[ERROR] ${message}`) },
})

/** Records every problem; answers with the code when there is one. */
export const refuse = (
  core: Core,
  where: string,
  body: unknown,
  problems: readonly Problem[],
  code: string,
): void => {
  if (problems.length === 0) return
  const words = problems.map(describeProblem)
  for (const problem of words) core.violations.push({ where, body, problem })
  throw new SlackError(code, errorDetails(words))
}

const record = (core: Core, where: string, body: unknown, fault: ContentFault): void => {
  for (const problem of faultText(fault)) core.violations.push({ where, body, problem })
}

/** Records what is wrong with a message's content and refuses what Slack would refuse. */
export const refuseContent = (core: Core, where: string, body: Json): void => {
  const faults = checkMessage(body)
  for (const fault of faults) record(core, where, body, fault)
  const worst = faults[0]
  if (worst?.error !== undefined) throw new SlackError(worst.error, errorDetails(faultText(worst)))
}
