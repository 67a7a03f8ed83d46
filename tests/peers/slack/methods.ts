/** How an argument is written; `json` is a structure, given as JSON text in a form. */
export type ArgumentType = 'string' | 'boolean' | 'number' | 'json'

/** What a method of the Web API asks for. https://docs.slack.dev/reference/methods */
export interface MethodSpec {
  token: 'bot' | 'app' | 'none'
  /** All of them are needed. */
  scopes: readonly string[]
  required: Readonly<Record<string, ArgumentType>>
  optional: Readonly<Record<string, ArgumentType>>
}

type Arguments = MethodSpec['required']

const bot = (scopes: readonly string[], required: Arguments = {}, optional: Arguments = {}): MethodSpec => ({
  token: 'bot',
  scopes,
  required,
  optional,
})

const content = {
  text: 'string',
  blocks: 'json',
  attachments: 'json',
  markdown_text: 'string',
  parse: 'string',
  link_names: 'boolean',
  metadata: 'json',
  as_user: 'boolean',
} as const

const author = { username: 'string', icon_emoji: 'string', icon_url: 'string' } as const
const page = { cursor: 'string', limit: 'number' } as const
const timeline = { ...page, latest: 'string', oldest: 'string', inclusive: 'boolean' } as const

/** The methods that the peer answers. */
export const METHODS: Readonly<Record<string, MethodSpec>> = {
  'auth.test': bot([]),
  'chat.postMessage': bot(
    ['chat:write'],
    { channel: 'string' },
    {
      ...content,
      ...author,
      thread_ts: 'string',
      reply_broadcast: 'boolean',
      mrkdwn: 'boolean',
      unfurl_links: 'boolean',
      unfurl_media: 'boolean',
    },
  ),
  'chat.postEphemeral': bot(
    ['chat:write'],
    { channel: 'string', user: 'string' },
    { ...content, ...author, thread_ts: 'string' },
  ),
  'chat.update': bot(
    ['chat:write'],
    { channel: 'string', ts: 'string' },
    { ...content, reply_broadcast: 'boolean', file_ids: 'json' },
  ),
  'chat.delete': bot(['chat:write'], { channel: 'string', ts: 'string' }, { as_user: 'boolean' }),
  'views.open': bot([], { trigger_id: 'string', view: 'json' }),
  'views.push': bot([], { trigger_id: 'string', view: 'json' }),
  'views.update': bot([], { view: 'json' }, { view_id: 'string', external_id: 'string', hash: 'string' }),
  'views.publish': bot([], { user_id: 'string', view: 'json' }, { hash: 'string' }),
  'conversations.open': bot(
    ['im:write'],
    {},
    { users: 'string', channel: 'string', return_im: 'boolean', prevent_creation: 'boolean' },
  ),
  'conversations.info': bot(
    ['channels:read'],
    { channel: 'string' },
    { include_locale: 'boolean', include_num_members: 'boolean' },
  ),
  'conversations.replies': bot(
    ['channels:history'],
    { channel: 'string', ts: 'string' },
    { ...timeline, include_all_metadata: 'boolean' },
  ),
  'conversations.history': bot(
    ['channels:history'],
    { channel: 'string' },
    { ...timeline, include_all_metadata: 'boolean' },
  ),
  'conversations.join': bot(['channels:join'], { channel: 'string' }),
  'users.info': bot(['users:read'], { user: 'string' }, { include_locale: 'boolean' }),
  'reactions.add': bot(['reactions:write'], { channel: 'string', name: 'string', timestamp: 'string' }),
  'assistant.threads.setStatus': bot(
    ['assistant:write'],
    { channel_id: 'string', thread_ts: 'string', status: 'string' },
    { ...author, loading_messages: 'json' },
  ),
  'assistant.threads.setTitle': bot(['assistant:write'], {
    channel_id: 'string',
    thread_ts: 'string',
    title: 'string',
  }),
  'assistant.threads.setSuggestedPrompts': bot(
    ['assistant:write'],
    { channel_id: 'string', prompts: 'json' },
    { thread_ts: 'string', title: 'string' },
  ),
  'oauth.v2.access': {
    token: 'none',
    scopes: [],
    required: { client_id: 'string', client_secret: 'string', code: 'string' },
    optional: { redirect_uri: 'string', grant_type: 'string' },
  },
  'apps.connections.open': { token: 'app', scopes: [], required: {}, optional: {} },
}

/** Bolt adds `team_id` to the calls of a listener's client. */
export const COMMON_ARGUMENTS: Arguments = { token: 'string', team_id: 'string' }

/** The scopes that a workspace grants unless the options say otherwise. */
export const DEFAULT_SCOPES: readonly string[] = [
  ...new Set([
    'commands',
    'app_mentions:read',
    'im:history',
    'im:read',
    ...Object.values(METHODS).flatMap(({ scopes }) => scopes),
  ]),
]
