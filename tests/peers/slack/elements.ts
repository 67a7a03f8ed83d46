import {
  all,
  byType,
  type Check,
  type Fields,
  flag,
  integer,
  list,
  matching,
  number,
  object,
  oneOf,
  rule,
  string,
  url,
} from './fields.ts'
import { LIMITS } from './limits.ts'
import {
  choiceOption,
  confirm,
  image,
  known,
  option,
  optionGroups,
  options,
  overflowOption,
  plain,
  richTextBlock,
} from './objects.ts'
import { choices, eitherOptions } from './option-rules.ts'

const type = known
const action = { action_id: string(LIMITS.id) }
const base = { ...action, confirm, focus_on_load: flag, placeholder: plain(LIMITS.placeholder) }
const unprompted = { ...action, confirm, focus_on_load: flag }
const multi = { ...base, max_selected_items: integer(1, 1000) }
const dispatch = {
  dispatch_action_config: object({
    trigger_actions_on: list(oneOf('on_enter_pressed', 'on_character_entered'), 2),
  }),
}
const typed = { ...action, ...dispatch, focus_on_load: flag, placeholder: plain(LIMITS.placeholder) }
const initial = { initial_value: string(LIMITS.inputText, 0) }
const accessible = { accessibility_label: string(LIMITS.accessibilityLabel) }
const ids = list(string(30), 1000)
const filter = object(
  {},
  {
    include: list(oneOf('im', 'mpim', 'private', 'public'), 4),
    exclude_external_shared_channels: flag,
    exclude_bot_users: flag,
  },
)

const feedbackButton = object(
  { text: plain(LIMITS.buttonText), value: string(LIMITS.buttonValue) },
  accessible,
)
const icon = string(100)

const button = object(
  { type, text: plain(LIMITS.buttonText) },
  {
    ...action,
    ...accessible,
    confirm,
    value: string(LIMITS.buttonValue),
    url: url(LIMITS.url),
    style: oneOf('primary', 'danger'),
  },
)

const SELECTS: Fields = {
  static_select: choices(
    all(
      object({ type }, { ...base, options, option_groups: optionGroups, initial_option: option }),
      eitherOptions,
    ),
  ),
  multi_static_select: choices(
    all(
      object({ type }, { ...multi, options, option_groups: optionGroups, initial_options: options }),
      eitherOptions,
    ),
  ),
  external_select: object({ type }, { ...base, initial_option: option, min_query_length: integer(0, 1000) }),
  multi_external_select: object(
    { type },
    { ...multi, initial_options: options, min_query_length: integer(0, 1000) },
  ),
  users_select: object({ type }, { ...base, initial_user: string(30) }),
  multi_users_select: object({ type }, { ...multi, initial_users: ids }),
  channels_select: object({ type }, { ...base, initial_channel: string(30), response_url_enabled: flag }),
  multi_channels_select: object({ type }, { ...multi, initial_channels: ids }),
  conversations_select: object(
    { type },
    {
      ...base,
      initial_conversation: string(30),
      default_to_current_conversation: flag,
      response_url_enabled: flag,
      filter,
    },
  ),
  multi_conversations_select: object(
    { type },
    { ...multi, initial_conversations: ids, default_to_current_conversation: flag, filter },
  ),
}

const PICKERS: Fields = {
  checkboxes: choices(
    object(
      { type, options: list(choiceOption, LIMITS.choiceOptions) },
      { ...unprompted, initial_options: list(choiceOption, LIMITS.choiceOptions) },
    ),
  ),
  radio_buttons: choices(
    object(
      { type, options: list(choiceOption, LIMITS.choiceOptions) },
      { ...unprompted, initial_option: choiceOption },
    ),
  ),
  datepicker: object(
    { type },
    { ...base, initial_date: matching(/^\d{4}-\d{2}-\d{2}$/, 'must be a date in the format YYYY-MM-DD') },
  ),
  timepicker: object(
    { type },
    {
      ...base,
      initial_time: matching(/^\d{2}:\d{2}$/, 'must be a time in the format HH:mm'),
      timezone: icon,
    },
  ),
  datetimepicker: object({ type }, { ...unprompted, initial_date_time: number }),
}

const overflow = choices(
  object({ type, options: list(overflowOption, LIMITS.overflowOptions) }, { ...action, confirm }),
)

const richTextInput = object(
  { type },
  { ...typed, initial_value: richTextBlock, min_lines: integer(1, 100), max_lines: integer(1, 100) },
)

const INPUTS: Fields = {
  plain_text_input: all(
    object(
      { type },
      {
        ...typed,
        ...initial,
        multiline: flag,
        min_length: integer(0, LIMITS.inputText),
        max_length: integer(1, LIMITS.inputText),
      },
    ),
    rule('min_length must not be above max_length', (element) =>
      typeof element.min_length === 'number' && typeof element.max_length === 'number'
        ? element.min_length <= element.max_length
        : true,
    ),
  ),
  email_text_input: object({ type }, { ...typed, ...initial }),
  url_text_input: object({ type }, { ...typed, ...initial }),
  number_input: object(
    { type, is_decimal_allowed: flag },
    { ...typed, ...initial, min_value: string(50), max_value: string(50) },
  ),
  rich_text_input: richTextInput,
  file_input: object({ type }, { ...action, filetypes: list(string(20), 100), max_files: integer(1, 10) }),
}

/** What an actions block holds. */
export const actionsElement: Check = byType({
  button,
  overflow,
  ...SELECTS,
  ...PICKERS,
  rich_text_input: richTextInput,
})

/** What stands beside the text of a section. */
export const sectionAccessory: Check = byType({ button, overflow, image, ...SELECTS, ...PICKERS })

/** What an input block asks with. */
export const inputElement: Check = byType({ ...INPUTS, ...SELECTS, ...PICKERS })

/** What a context_actions block holds. */
export const contextActionsElement: Check = byType({
  feedback_buttons: object(
    { type, positive_button: feedbackButton, negative_button: feedbackButton },
    action,
  ),
  icon_button: object(
    { type, icon, text: plain(LIMITS.buttonText) },
    { ...action, ...accessible, confirm, value: string(LIMITS.buttonValue), visible_to_user_ids: ids },
  ),
})

/** Options that answer a `block_suggestion`. */
export const suggestionAnswer: Check = all(
  object({}, { options: list(option, LIMITS.selectOptions, 0), option_groups: optionGroups }),
  eitherOptions,
)

/** A button alone, as a card holds it. */
export const buttonElement: Check = byType({ button })
