import { all, byType, type Check, flag, list, object, oneOf, string, url } from './fields.ts'
import { LIMITS } from './limits.ts'

const type: Check = () => []

const plainOf = (max: number, min: number): Check => object({ type, text: string(max, min) }, { emoji: flag })
const mrkdwnOf = (max: number): Check => object({ type, text: string(max) }, { verbatim: flag })

/** A `plain_text` object. */
export const plain = (max: number, min = 1): Check => byType({ plain_text: plainOf(max, min) })

/** A `mrkdwn` object. */
export const mrkdwn = (max: number): Check => byType({ mrkdwn: mrkdwnOf(max) })

/** A text object of either kind. */
export const anyText = (max: number): Check => byType({ plain_text: plainOf(max, 1), mrkdwn: mrkdwnOf(max) })

/** A confirmation dialog. */
export const confirm: Check = object(
  {
    title: plain(LIMITS.confirmTitle),
    text: anyText(LIMITS.confirmText),
    confirm: plain(LIMITS.confirmButton),
    deny: plain(LIMITS.confirmButton),
  },
  { style: oneOf('primary', 'danger') },
)

const described = { description: plain(LIMITS.optionDescription) }

/** An option of a select. */
export const option: Check = object(
  { text: plain(LIMITS.optionText), value: string(LIMITS.optionValue) },
  described,
)

/** An option of an overflow menu. */
export const overflowOption: Check = object(
  { text: plain(LIMITS.optionText), value: string(LIMITS.optionValue) },
  { ...described, url: url(LIMITS.url) },
)

/** An option of radio buttons or checkboxes, which may be in mrkdwn. */
export const choiceOption: Check = object(
  { text: anyText(LIMITS.optionText), value: string(LIMITS.optionValue) },
  { description: anyText(LIMITS.optionDescription) },
)

/** Options in groups. */
export const optionGroups: Check = list(
  object({ label: plain(LIMITS.optionText), options: list(option, LIMITS.selectOptions) }),
  LIMITS.optionGroups,
)

/** Options of a select. */
export const options: Check = list(option, LIMITS.selectOptions)

const slackFile = object({}, { id: string(LIMITS.id), url: url(LIMITS.url) })

/** Fields of an image, as a block and as an element. */
export const imageFields = { image_url: url(LIMITS.url), slack_file: slackFile }

/** An image element. */
export const image: Check = object({ type, alt_text: string(LIMITS.altText) }, imageFields)

/** What is said of a `type` member once it has picked the check. */
export const known = type

const styled = { style: object({}, { bold: flag, code: flag, italic: flag, strike: flag, underline: flag }) }
const anyString = string(LIMITS.messageText, 0)
const richText = object({ type, text: string(LIMITS.messageText) }, styled)
const richLink = object({ type, url: url(LIMITS.url) }, { ...styled, text: anyString, unsafe: flag })
const richInline = byType({
  text: richText,
  link: richLink,
  emoji: object({ type, name: string(100) }, { ...styled, unicode: anyString }),
  user: object({ type, user_id: string(30) }, styled),
  channel: object({ type, channel_id: string(30) }, styled),
  usergroup: object({ type, usergroup_id: string(30) }, styled),
  broadcast: object({ type, range: oneOf('here', 'channel', 'everyone') }, styled),
})
const many = 1000
const border = { border: oneOf('0', '1') }
const richSection = object({ type, elements: list(richInline, many, 0) })

/** A rich text block. */
export const richTextBlock: Check = object(
  {
    type,
    elements: list(
      byType({
        rich_text_section: richSection,
        rich_text_quote: object({ type, elements: list(richInline, many) }, border),
        rich_text_preformatted: object(
          { type, elements: list(byType({ text: richText, link: richLink }), many) },
          border,
        ),
        rich_text_list: object(
          {
            type,
            style: oneOf('bullet', 'ordered'),
            elements: list(byType({ rich_text_section: richSection }), many),
          },
          { ...border, indent: all(), offset: all() },
        ),
      }),
      many,
    ),
  },
  { block_id: string(LIMITS.id) },
)
