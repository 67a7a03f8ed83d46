import type { PeerMessage } from './messages.ts'
import type { Json } from './problem.ts'
import type { UserReference } from './types.ts'
import type { PeerView } from './views.ts'

/** Who acts and where. */
export interface PlaceCall {
  /** Default `ann`. */
  user?: UserReference
  /** Id or name; default the first channel. */
  channel?: string
  /** Id or name; default the first workspace. */
  team?: string
}

/** A member of a workspace. */
export type MemberCall = Omit<PlaceCall, 'channel'>

/** A slash command; commands do not work in threads. */
export interface CommandCall extends PlaceCall {
  /** With its slash. */
  command: string
  text?: string
  /** In the direct messages with the bot. */
  dm?: boolean
}

/** A component of a message, of a modal or of the Home tab. */
export interface ComponentCall extends MemberCall {
  actionId: string
  /** Needed where the action id stands in several blocks. */
  blockId?: string
  message?: PeerMessage
  /** A view or its id; default the topmost modal of the user when there is no message. */
  view?: PeerView | string
  /** In the user's Home tab. */
  home?: boolean
}

/** What is chosen or written: option values, user and channel ids, dates or text. */
export type ElementValue = string | readonly string[]

/** A click or a choice. A button needs no value; of feedback buttons the value picks one. */
export interface BlockActionCall extends ComponentCall {
  value?: ElementValue
}

/** The moment of typing into an external select. */
export interface BlockSuggestionCall extends ComponentCall {
  value: string
}

/** A modal of the user; default the topmost. */
export interface ViewCall extends MemberCall {
  view?: PeerView | string
  /** With "close all". */
  all?: boolean
}

/** A modal filled in. Inputs not named keep their initial value. */
export interface ViewSubmissionCall extends ViewCall {
  /** By action id. */
  values?: Readonly<Record<string, ElementValue>>
}

/** A shortcut from the search or the composer. */
export interface ShortcutCall extends MemberCall {
  callbackId: string
}

/** A shortcut from a message's menu. */
export interface MessageShortcutCall extends ShortcutCall {
  message: PeerMessage
}

/** A message that a person writes. */
export interface SayCall extends PlaceCall {
  text: string
  /** In the direct messages with the bot. */
  dm?: boolean
  /** The message whose thread it goes to, or its time stamp. */
  thread?: PeerMessage | string
  /** Further members of the event, for example `subtype` or `bot_id`. */
  extra?: Json
}

/** A message that mentions the bot; the mention is put first when the text has none. */
export interface MentionCall extends Omit<SayCall, 'dm'> {
  /** Send the `message` event of the same message too, as Slack does for apps that subscribe to both. */
  asMessage?: boolean
}

/** A member looks at the app. */
export interface HomeOpenedCall extends MemberCall {
  /** Default `home`. */
  tab?: 'home' | 'messages'
}

/** Any event of the Events API. */
export interface EventCall {
  event: Json & { type: string }
  team?: string
  /** Default a new one. */
  eventId?: string
}

/** What is said of a request that is sent again. */
export interface Repeat {
  /** Default 1. */
  num?: number
  /** Default `http_timeout`. */
  reason?: string
}

/** A request with nothing but what is given. */
export interface RawCall {
  body: string | Buffer
  /** Default `application/json`. */
  contentType?: string
  /** Default `valid`. */
  signature?: 'valid' | 'wrong' | 'missing'
  /** Seconds since it was signed; default 0. Slack's libraries refuse more than 300. */
  age?: number
  /** Over those that follow from the above. */
  headers?: Readonly<Record<string, string>>
  /** Default `POST`. */
  method?: string
  /** Default the address given to `connectHttp`. */
  url?: string
}

/** A member installs the app. */
export interface InstallCall extends MemberCall {
  /** The app's page that starts the installation, for example `http://127.0.0.1:3000/slack/install`. */
  url: string
  /** Say no on Slack's page. */
  deny?: boolean
  /** Come back with a state that the app has not made. */
  forgeState?: boolean
  /** Come back in another browser. */
  dropCookies?: boolean
}

/** Makes the next matching calls of the Web API fail. */
export interface Failure {
  /** A method or `response_url`; default any. */
  method?: string | RegExp
  /** Slack's error code with status 200; default a rate limit, 429. */
  error?: string
  /** Another HTTP status. */
  status?: number
  /** Seconds in `Retry-After` of a 429; default 1. Whole numbers only, as Slack's client reads them. */
  retryAfter?: number
  /** Default 1. */
  times?: number
}

/** How connections end. */
export interface SocketDrop {
  terminate?: boolean
}
