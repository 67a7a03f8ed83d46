import { checkViewBlocks } from './blocks.ts'
import { all, type Check, flag, object, rule, string } from './fields.ts'
import { LIMITS } from './limits.ts'
import { known, plain } from './objects.ts'
import { isJson, type Json, jsonList, type Path, type Problem } from './problem.ts'

const shared = {
  callback_id: string(LIMITS.id),
  external_id: string(LIMITS.id),
  private_metadata: string(LIMITS.privateMetadata, 0),
}

const submitBesideInputs = rule(
  'missing required field: submit (the view has inputs)',
  (view) => isJson(view.submit) || !jsonList(view.blocks).some((block) => block.type === 'input'),
)

const focusOnce = rule('only one element can have focus_on_load', (view) => {
  const focused = JSON.stringify(view.blocks ?? []).match(/"focus_on_load":true/g) ?? []
  return focused.length <= 1
})

const modal: Check = all(
  object(
    { type: known, title: plain(LIMITS.modalTitle), blocks: checkViewBlocks },
    {
      ...shared,
      submit: plain(LIMITS.modalButton),
      close: plain(LIMITS.modalButton),
      clear_on_close: flag,
      notify_on_close: flag,
    },
  ),
  submitBesideInputs,
  focusOnce,
)

const home: Check = all(object({ type: known, blocks: checkViewBlocks }, shared), focusOnce)

/** The two kinds of views. */
export type ViewKind = 'modal' | 'home'

/** What is wrong with a view of a kind. */
export const checkView = (view: unknown, kind: ViewKind, path: Path = ['view']): Problem[] => {
  if (!isJson(view)) return [{ path, problem: 'must be an object' }]
  if (view.type !== kind) return [{ path: [...path, 'type'], problem: `must be a view of type ${kind}` }]
  return (kind === 'modal' ? modal : home)(view, path)
}

/** A view as members see it and as payloads carry it. */
export interface PeerView extends Json {
  id: string
  type: ViewKind
  callback_id: string
  private_metadata: string
  blocks: Json[]
  hash: string
  root_view_id: string
  previous_view_id: string | null
}
