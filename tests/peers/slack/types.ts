import type {
  BlockActionCall,
  BlockSuggestionCall,
  CommandCall,
  EventCall,
  Failure,
  HomeOpenedCall,
  InstallCall,
  MemberCall,
  MentionCall,
  MessageShortcutCall,
  PlaceCall,
  RawCall,
  Repeat,
  SayCall,
  ShortcutCall,
  SocketDrop,
  ViewCall,
  ViewSubmissionCall,
} from './calls.ts'
import type { PeerMessage } from './messages.ts'
import type { Json } from './problem.ts'
import type { PeerView } from './views.ts'
import type { PeerTeam, PeerUser } from './world.ts'

/** A person. Known by id or name; an unknown one comes into being when first named. */
export interface UserSetup {
  name: string
  id?: string
  realName?: string
  locale?: string
}

/** An id, a name or a whole description. */
export type UserReference = string | UserSetup

/** A channel of a workspace. `bot` says whether the bot is a member; default true. */
export interface ChannelSetup {
  name: string
  id?: string
  private?: boolean
  bot?: boolean
}

/** A workspace. Its token is accepted once the app is installed, which it is by default. */
export interface TeamSetup {
  name: string
  id?: string
  botToken?: string
  installed?: boolean
  channels?: readonly ChannelSetup[]
}

/** Settings of a peer. Times in milliseconds. */
export interface SlackPeerOptions {
  /** Default: one workspace, Acme, with the channels general, careers and secret; the bot is not in secret. */
  teams?: readonly TeamSetup[]
  /** Token of the first workspace; default `xoxb-test-token`. */
  botToken?: string
  /** Default `xapp-test-token`. */
  appToken?: string
  /** Default `test-signing-secret`. */
  signingSecret?: string
  /** Default `1111.2222`. */
  clientId?: string
  /** Default `test-client-secret`. */
  clientSecret?: string
  /** What the workspaces grant; default every scope that the peer's methods need. */
  scopes?: readonly string[]
  /** How long a request waits for its acknowledgement; default 3,000. */
  ackTimeout?: number
  /** Waits before an event that was not acknowledged is sent again; default three times at once. */
  retryDelays?: readonly number[]
  /** Time between pings on a WebSocket; default 10,000. */
  pingInterval?: number
  /** The clock for trigger ids and response URLs; default `performance.now`. */
  now?: () => number
}

/** Something in a payload that Slack would have refused, or that breaks a rule every app should keep. */
export interface Violation {
  /** A method of the Web API, `response_url`, or what was acknowledged, for example `ack of view_submission`. */
  where: string
  body: unknown
  problem: string
}

/** A call of the Web API as it arrived, and how it was answered. */
export interface ApiCall {
  /** A method, or `response_url`. */
  method: string
  /** Structures in forms are parsed. */
  args: Json
  token?: string
  /** Id of the workspace whose token it was. */
  team?: string
  ok: boolean
  error?: string
  at: number
}

/** How a request to the app was acknowledged. Times are `performance.now()` readings in milliseconds. */
export interface Delivery {
  /** HTTP status; 200 over Socket Mode. */
  status: number
  /** What came with the acknowledgement: JSON where it is some, text otherwise, undefined when empty. */
  body: unknown
  sentAt: number
  at: number
  ackMs: number
  /** How often it was sent; more than 1 only for events. */
  attempts: number
  /** What was sent. */
  kind: 'slash_commands' | 'interactive' | 'events_api' | 'raw'
  payload: Json
  /** The message that was written with this call or with its acknowledgement. */
  message?: PeerMessage
}

/** A request that got no acknowledgement in time, or an event that got none with a status of 2xx. */
export interface Unanswered {
  kind: Delivery['kind']
  /** The command, callback id, action id or type of the event. */
  name: string
  payload: Json
  sentAt: number
}

/** What a browser saw after an installation. */
export interface Installed {
  status: number
  body: string
  /** Slack's page, with the scopes and the state that the app asked with. */
  authorizeUrl: URL
  team: PeerTeam
}

/** A local stand-in for Slack that drives a stock Bolt app over HTTP or Socket Mode. */
export interface SlackPeer {
  readonly url: string
  /** Give it to the client as `slackApiUrl`. */
  readonly apiUrl: string
  readonly appId: string
  readonly botToken: string
  readonly appToken: string
  readonly signingSecret: string
  readonly clientId: string
  readonly clientSecret: string
  readonly teams: readonly PeerTeam[]
  readonly violations: readonly Violation[]
  readonly calls: readonly ApiCall[]

  /**
   * Sends what follows to this address, for example `http://127.0.0.1:3000/slack/events`; to several in turn, as what
   * stands before the replicas of an app does.
   */
  connectHttp(...urls: string[]): void
  /** Sends what follows over Socket Mode; resolves when the app is connected. */
  connectSocket(ms?: number): Promise<void>

  /** Interactions. The promise is rejected when no acknowledgement comes in time or no member could do it. */
  command(call: CommandCall): Promise<Delivery>
  blockAction(call: BlockActionCall): Promise<Delivery>
  blockSuggestion(call: BlockSuggestionCall): Promise<Delivery>
  viewSubmission(call?: ViewSubmissionCall): Promise<Delivery>
  /** Closes the modal; rejected when it has no `notify_on_close`, for then Slack tells nobody. */
  viewClosed(call?: ViewCall): Promise<Delivery>
  messageShortcut(call: MessageShortcutCall): Promise<Delivery>
  globalShortcut(call: ShortcutCall): Promise<Delivery>

  /** Events, sent again when they are not acknowledged with a status of 2xx. */
  say(call: SayCall): Promise<Delivery>
  mention(call: MentionCall): Promise<Delivery>
  homeOpened(call?: HomeOpenedCall): Promise<Delivery>
  teamJoin(call: MemberCall): Promise<Delivery>
  channelJoin(call: PlaceCall): Promise<Delivery>
  uninstall(team?: string): Promise<Delivery>
  revokeTokens(team?: string): Promise<Delivery>
  /** Any other event. */
  event(call: EventCall): Promise<Delivery>
  /** The same request again, with the same event id. */
  repeat(delivery: Delivery, repeat?: Repeat): Promise<Delivery>

  /** HTTP only. A raw request is resolved with any answer, and never listed as unanswered. */
  urlVerification(challenge?: string): Promise<Delivery>
  raw(call: RawCall): Promise<Delivery>
  /** Plays a member's browser: the app's page, Slack's consent, the redirect with code, state and cookies. */
  install(call: InstallCall): Promise<Installed>

  /** Socket Mode only: tells the app to connect anew, as Slack does every few hours. */
  refreshSockets(reason?: 'refresh_requested' | 'warning'): void
  /** Cuts the connections, without a closing frame when `terminate` is set. */
  dropSockets(drop?: SocketDrop): void
  /** How many connections there are now and were in all. */
  sockets(): { open: number; opened: number }

  /** A message of a member that the app is told nothing about. */
  write(call: SayCall): PeerMessage

  /** Knowledge. Channels are named by id or name, users by id or name. */
  user(reference: UserReference, team?: string): PeerUser
  channelId(channel: string, team?: string): string
  dmChannel(user: UserReference, team?: string): string
  /** What a channel holds, oldest first, with what only one user sees. */
  messages(channel: string, team?: string): readonly PeerMessage[]
  /** Open modals of a user, the topmost last. */
  views(user: UserReference, team?: string): readonly PeerView[]
  home(user: UserReference, team?: string): PeerView | undefined
  unanswered(): readonly Unanswered[]
  /** The newest message of the bot, here already or arriving within `ms` (default 10,000), that fits. */
  waitForMessage(predicate: (message: PeerMessage) => boolean, ms?: number): Promise<PeerMessage>

  failNext(failure: Failure): void
  /** Empties violations, calls and the list of unanswered requests. */
  clear(): void
  close(): Promise<void>
}
