import { GatewayIntentBits } from 'discord.js'
import { z } from 'zod'
import { readSettingsOf } from '../../src/index.ts'

const snowflake = z.string().regex(/^\d{15,22}$/, 'it is a number of 15 to 22 digits, copied with "Copy ID"')

/** More shards than any bot has. */
const mostShards = 10_000

const onOrOff = z
  .enum(['on', 'off'], 'write on or off')
  .default('off')
  .transform((value) => value === 'on')

const schema = z.object({
  DISCORD_TOKEN: z
    .string()
    .transform(bareToken)
    .pipe(
      z
        .string()
        .regex(/^[\w.-]+$/, 'copy it anew: it holds letters, digits, dots, hyphens and underscores only'),
    ),
  DISCORD_API_URL: z.url({ protocol: /^https?$/ }).default('https://discord.com/api'),
  DISCORD_GUILD_ID: snowflake.optional(),
  DISCORD_SHARDS: z
    .string()
    .transform((text) => text.replaceAll(' ', ''))
    .pipe(
      z
        .string()
        .max(1_000)
        .regex(
          /^\d{1,5}(?:,\d{1,5})*\/\d{1,5}$/,
          'write the shards of this process and the total, such as 0,1/4',
        ),
    )
    .transform((text) => {
      const [ids = '', total = ''] = text.split('/')
      return { ids: ids.split(',').map(Number), total: Number(total) }
    })
    .refine(({ ids, total }) => ids.every((id) => id < total), 'each shard is smaller than the total')
    .refine(({ ids }) => new Set(ids).size === ids.length, 'a shard is there twice')
    .refine(({ total }) => total <= mostShards, `at most ${mostShards} shards`)
    .optional(),
  DISCORD_ANSWER_CHANNELS: z
    .string()
    .transform((text) => text.split(',').flatMap((id) => id.trim() || []))
    .pipe(z.array(snowflake))
    .default([]),
  DISCORD_WELCOME: onOrOff,
  DISCORD_READ_POSTS: onOrOff,
})

export interface DiscordSettings {
  token: string
  apiUrl: string
  guildId?: string | undefined
  shards?: { ids: number[]; total: number } | undefined
  /** Forums and channels in which new posts are answered unasked. */
  answerChannels: ReadonlySet<string>
  /** Newcomers are seen, so that servers can have them greeted. */
  welcome: boolean
  /** Posts are read, so that servers can have them answered unasked. */
  readPosts: boolean
}

/** People copy it with quotes around it, or as the header that it becomes. */
export function bareToken(text: string): string {
  return text
    .trim()
    .replace(/^["'](.*)["']$/s, '$1')
    .replace(/^Bot\s+/, '')
    .trim()
}

/** @returns the settings, or what is wrong with them, a line each */
export function readDiscordSettings(
  environment: Record<string, string | undefined>,
): DiscordSettings | { problems: string[] } {
  const read = readSettingsOf(schema, environment, (name) => name.startsWith('DISCORD_'))
  if ('problems' in read) return read
  const { data } = read
  return {
    token: data.DISCORD_TOKEN,
    apiUrl: data.DISCORD_API_URL.replace(/\/+$/, ''),
    guildId: data.DISCORD_GUILD_ID,
    shards: data.DISCORD_SHARDS,
    answerChannels: new Set(data.DISCORD_ANSWER_CHANNELS),
    welcome: data.DISCORD_WELCOME,
    readPosts: data.DISCORD_READ_POSTS || data.DISCORD_ANSWER_CHANNELS.length > 0,
  }
}

/** None is privileged, unless posts are to be answered unasked or newcomers greeted. */
export function intentsFor({ readPosts, welcome }: DiscordSettings): GatewayIntentBits[] {
  return [
    GatewayIntentBits.Guilds,
    GatewayIntentBits.GuildMessages,
    GatewayIntentBits.DirectMessages,
    ...(readPosts ? [GatewayIntentBits.MessageContent] : []),
    ...(welcome ? [GatewayIntentBits.GuildMembers] : []),
  ]
}
