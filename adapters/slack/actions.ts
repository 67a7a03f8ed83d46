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
