/**
 * What a button does stands in its `action_id`, what it is about in its `value`, so that it works for everybody and
 * after a restart. A number behind the dot keeps the ids of a message apart.
 */
export const actions = {
  open: 'open',
  more: 'more',
  page: 'page',
  share: 'share',
  feedback: 'feedback',
  /** In the Home tab: opens an answer in a form. */
  show: 'show',
  forget: 'forget',
  /** In the welcome tour: a choice. */
  tour: 'tour',
  begin: 'begin',
} as const

/** The forms, by their `callback_id`. */
export const forms = { ask: 'ask-form', reason: 'reason-form', answer: 'answer' } as const

/** The shortcuts, as `manifest.yaml` names them. */
export const shortcuts = { answerThis: 'answer_this', ask: 'ask_career' } as const

export const command = '/career'

/** `open.2` → everything that begins with `open.`, or is `open` itself. */
export function matching(action: string): RegExp {
  return new RegExp(`^${action}(?:\\.[a-z]*\\d+)?$`)
}

const known = [...Object.values(actions), 'profile'].map((action) => new RegExp(`^${action}(?:\\.|$)`))

/** False for what only another version of the bot knew. */
export function isKnownAction(id: string): boolean {
  return known.some((one) => one.test(id))
}
