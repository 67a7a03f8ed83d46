/** What Slack allows, in characters and pieces. https://docs.slack.dev/reference/block-kit/blocks */
export const limits = {
  blocks: 50,
  section: 3_000,
  header: 150,
  buttonText: 75,
  buttonValue: 2_000,
  options: 100,
  option: 75,
  optionValue: 150,
  overflow: 5,
  /** Bars, rows and columns of a table. */
  tableRows: 100,
  tableColumns: 20,
  /** All text of a message's blocks; beyond it Slack refuses now and then. https://github.com/slackapi/bolt-js/issues/2509 */
  message: 13_000,
  suggestedPrompts: 4,
  /** A question typed into a command or a form; longer ones say nothing more. */
  question: 1_000,
  reason: 500,
} as const

/** What the parts of a message may have of `limits.message`; titles and buttons need less than 1,500 beside them. */
export const shares = {
  /** One page of the text. */
  body: limits.message - 5_500,
  /** All cells of a table; a longer one becomes a list, which goes on over pages. */
  table: 3_000,
  caveat: 500,
  source: 500,
} as const
