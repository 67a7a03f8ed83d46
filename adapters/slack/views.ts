import type { types } from '@slack/bolt'
import { z } from 'zod'
import type { Choice } from '../../src/index.ts'
import { forms } from './actions.ts'
import { capital, plainText } from './blocks.ts'
import { limits } from './limits.ts'
import { readJson } from './parse.ts'
import { type Payload, render, type Shown } from './render.ts'

/** Where the answer to a form goes. Kept in the form itself, so that any replica can take it. */
const askedFrom = z.object({ channel: z.string().optional() }).catch({})
type AskedFrom = z.infer<typeof askedFrom>

export function readAskedFrom(metadata: string): AskedFrom {
  return askedFrom.parse(readJson(metadata))
}

/** The small form behind `/career` and the global shortcut. */
export function askForm(
  from: AskedFrom,
  roles: readonly Choice[],
  levels: readonly Choice[],
): types.ModalView {
  return {
    type: 'modal',
    callback_id: forms.ask,
    private_metadata: JSON.stringify(from),
    title: plainText('Ask about AI careers', 24),
    submit: plainText('Ask', 24),
    close: plainText('Cancel', 24),
    blocks: [
      {
        type: 'input',
        block_id: 'question',
        label: plainText('What would you like to know?', 150),
        element: {
          type: 'plain_text_input',
          action_id: 'question',
          max_length: limits.question,
          placeholder: plainText('How do I become an AI engineer?', 150),
          focus_on_load: true,
        },
      },
      // Slack takes no menu without options, and a folder without vocabulary has none.
      ...(roles.length === 0 ? [] : [picker('role', 'Which job? (optional)', roles)]),
      ...(levels.length === 0 ? [] : [picker('level', 'How far along? (optional)', levels)]),
    ],
  }
}

/** What the reason is about, and where to say thanks. */
const rated = z.object({
  reference: z.string(),
  click: z.string(),
  /** The `response_url` of the click. */
  url: z.url(),
  thread: z.string().optional(),
})
type Rated = z.infer<typeof rated>

export function readRated(metadata: string): Rated | undefined {
  return rated.safeParse(readJson(metadata)).data
}

/** The form behind "Not helpful". */
export function reasonForm(about: Rated): types.ModalView {
  return {
    type: 'modal',
    callback_id: forms.reason,
    private_metadata: JSON.stringify(about),
    title: plainText('What was not helpful?', 24),
    submit: plainText('Send', 24),
    close: plainText('No thanks', 24),
    blocks: [
      {
        type: 'input',
        block_id: 'reason',
        optional: true,
        label: plainText('What was missing or wrong?', 150),
        hint: plainText('Kept without your name, for the people who write the documents.', 150),
        element: {
          type: 'plain_text_input',
          action_id: 'reason',
          multiline: true,
          max_length: limits.reason,
        },
      },
    ],
  }
}

function picker(id: string, label: string, choices: readonly Choice[]): types.InputBlock {
  return {
    type: 'input',
    block_id: id,
    optional: true,
    label: plainText(label, 150),
    element: { type: 'static_select', action_id: id, options: choices.map(option) },
  }
}

function option({ label, value }: Choice): types.PlainTextOption {
  return { text: plainText(capital(label), limits.option), value: value.slice(0, limits.optionValue) }
}

/** The answer to a form, in its place. */
export function answerView(reply: Shown, page = 0): types.ModalView {
  return { ...noticeView('Answer', render(reply, { inForm: true, page })), callback_id: forms.answer }
}

/** Nothing but words. */
export function noticeView(title: string, { blocks }: Payload): types.ModalView {
  return { type: 'modal', title: plainText(title, 24), close: plainText('Close', 24), blocks }
}

/** A step of the welcome tour, opened from the Home tab. */
export function tourView(blocks: types.KnownBlock[]): types.ModalView {
  return {
    type: 'modal',
    callback_id: forms.answer,
    title: plainText('Welcome tour', 24),
    close: plainText('Close', 24),
    blocks,
  }
}
