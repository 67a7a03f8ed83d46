/**
 * What Slack allows, in characters or items.
 * https://docs.slack.dev/reference/block-kit
 */
export const LIMITS = {
  messageBlocks: 50,
  viewBlocks: 100,
  messageText: 40_000,
  /** Not documented; found by others. https://github.com/slackapi/bolt-js/issues/2509 */
  blockCharacters: 13_200,
  id: 255,
  sectionText: 3000,
  sectionFields: 10,
  sectionField: 2000,
  header: 150,
  actions: 25,
  contextElements: 10,
  contextText: 3000,
  contextActions: 5,
  buttonText: 75,
  buttonValue: 2000,
  accessibilityLabel: 75,
  url: 3000,
  optionText: 75,
  optionValue: 150,
  optionDescription: 75,
  selectOptions: 100,
  optionGroups: 100,
  overflowOptions: 5,
  choiceOptions: 10,
  placeholder: 150,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  inputLabel: 2000,
  inputText: 3000,
  altText: 2000,
  imageTitle: 2000,
  markdown: 12_000,
  tableRows: 100,
  tableColumns: 20,
  modalTitle: 24,
  modalButton: 24,
  privateMetadata: 3000,
  modalStack: 3,
  suggestedPrompts: 4,
} as const

/** Lifetimes in milliseconds. */
export const LIFETIMES = { trigger: 3000, responseUrl: 30 * 60_000, ack: 3000 } as const

/** How often a `response_url` can be used. */
export const RESPONSE_URL_USES = 5
