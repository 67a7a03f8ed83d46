/** What Discord allows, in characters and pieces. https://docs.discord.com/developers/components/reference */
export const limits = {
  /** All text of a message with Components V2. */
  text: 4_000,
  rowButtons: 5,
  customId: 100,
  buttonLabel: 80,
  selectOptions: 25,
  optionLabel: 100,
  choices: 25,
  choice: 100,
  /** A question typed into a command; longer ones say nothing more. */
  question: 1_000,
  reason: 500,
} as const

/** What we take of the 4,000 characters for each part of a reply, so that all of them always fit. */
export const shares = { told: 200, lead: 400, title: 256, body: 1_800, source: 400 } as const
