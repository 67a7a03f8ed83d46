/** What somebody did on a platform, in the core's terms. The ids are opaque: only the adapter knows what they mean. */
export interface Event {
  kind: 'question'
  text: string
  /** Where it was asked: turns of one conversation lean on each other. */
  conversation: string
}
