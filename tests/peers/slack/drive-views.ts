import { takeNothing, takeSubmissionAnswer } from './acknowledgements.ts'
import type { ViewCall, ViewSubmissionCall } from './calls.ts'
import { type Actor, actorOf, type Driver, interactionPayload, sendInteraction } from './drive.ts'
import { findElement, isEmpty, stateValues } from './element-state.ts'
import type { Json } from './problem.ts'
import type { Delivery } from './types.ts'
import type { PeerView } from './views.ts'

const openView = ({ core }: Driver, call: ViewCall, { user }: Actor): PeerView => {
  const stack = core.views.stack(user.id)
  const id = typeof call.view === 'string' ? call.view : call.view?.id
  const found = id === undefined ? stack.at(-1) : stack.find((view) => view.id === id)
  if (!found) throw new Error(`${user.name} has no such modal open`)
  return found
}

const filledIn = (view: PeerView, values: NonNullable<ViewSubmissionCall['values']>): Json => {
  for (const actionId of Object.keys(values)) findElement(view.blocks, actionId)
  const state = stateValues(view.blocks, values)
  for (const block of view.blocks) {
    if (block.type !== 'input' || block.optional === true) continue
    for (const [actionId, held] of Object.entries(state[String(block.block_id)] ?? {})) {
      if (!isEmpty(held as Json)) continue
      throw new Error(`${actionId} is required; Slack does not send the modal without it`)
    }
  }
  return { values: state }
}

const submit = async (driver: Driver, call: ViewSubmissionCall): Promise<Delivery> => {
  const actor = actorOf(driver.core, call)
  const view = openView(driver, call, actor)
  if (view.submit === null) throw new Error('the modal has no submit button')
  const payload = {
    ...interactionPayload(driver, actor, 'view_submission'),
    trigger_id: driver.core.tickets.trigger(actor),
    view: { ...view, state: filledIn(view, call.values ?? {}) },
    response_urls: [],
  }
  const delivery = await sendInteraction(driver, payload, view.callback_id)
  takeSubmissionAnswer(driver.core, actor, view, delivery)
  return delivery
}

const close = async (driver: Driver, call: ViewCall): Promise<Delivery> => {
  const actor = actorOf(driver.core, call)
  const view = openView(driver, call, actor)
  const all = call.all ?? view.clear_on_close === true
  driver.core.views.close(actor.user, all)
  if (view.notify_on_close !== true)
    throw new Error('the modal has no notify_on_close, so Slack tells nobody')
  const payload = { ...interactionPayload(driver, actor, 'view_closed'), view, is_cleared: all }
  const delivery = await sendInteraction(driver, payload, view.callback_id)
  takeNothing(driver.core, 'view_closed', delivery)
  return delivery
}

/** What members do with modals. */
export const createViewCalls = (driver: Driver) => ({
  viewSubmission: (call: ViewSubmissionCall = {}) => submit(driver, call),
  viewClosed: (call: ViewCall = {}) => close(driver, call),
})
