import { type CheckedCall, type Handler, userOf } from './api-call.ts'
import { refuse, SlackError } from './core.ts'
import { type Json, text } from './problem.ts'
import { checkView, type ViewKind } from './views.ts'

const checkedView = (call: CheckedCall, kind: ViewKind): Json => {
  refuse(call.core, call.method, call.args, checkView(call.args.view, kind), 'invalid_arguments')
  return call.args.view as Json
}

const triggered =
  (how: 'open' | 'push'): Handler =>
  (call) => {
    const view = checkedView(call, 'modal')
    const { team, user } = call.core.tickets.exchangeTrigger(text(call.args.trigger_id))
    if (team !== call.team) throw new SlackError('invalid_trigger_id')
    return { view: call.core.views[how](team, user, view) }
  }

const update: Handler = (call) => {
  const { view_id: id, external_id: externalId, hash } = call.args
  if (id === undefined && externalId === undefined) throw new SlackError('invalid_arguments')
  const kind = (call.args.view as Json).type === 'home' ? 'home' : 'modal'
  const view = checkedView(call, kind)
  return { view: call.core.views.update(call.team, { view_id: id, external_id: externalId, hash }, view) }
}

const publish: Handler = (call) => {
  const user = userOf(call, 'user_id')
  const view = checkedView(call, 'home')
  const hash = call.args.hash === undefined ? undefined : text(call.args.hash)
  return { view: call.core.views.publish(call.team, user, view, hash) }
}

/** views.* */
export const viewMethods: Readonly<Record<string, Handler>> = {
  'views.open': triggered('open'),
  'views.push': triggered('push'),
  'views.update': update,
  'views.publish': publish,
}
