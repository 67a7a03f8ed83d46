import { type APIMessage, MessageFlags } from 'discord.js'
import { messageComponentRules } from './component-rules.ts'
import { below, isJson, type Json, jsonList, type Problem, text } from './problem.ts'

/** Keys that discord.js adds to every message body and Discord ignores where they have no meaning. */
export const IGNORED_MESSAGE_KEYS = ['tts', 'nonce', 'enforce_nonce'] as const

/** How a body is used: what it edits, and whether it may be seen by one member only. */
export interface MessageUse {
  current?: APIMessage | undefined
  ephemeralAllowed?: boolean
}

const CONTENT_LIMIT = 2000
const EMBEDS_TOTAL = 6000

const embedLength = (embed: Json): number => {
  const footer = isJson(embed.footer) ? text(embed.footer.text) : ''
  const author = isJson(embed.author) ? text(embed.author.name) : ''
  const fields = jsonList(embed.fields).map((field) => text(field.name) + text(field.value))
  return [text(embed.title), text(embed.description), footer, author, ...fields].join('').length
}

const embedRules = (embed: Json): Problem[] => {
  const problems: Problem[] = []
  jsonList(embed.fields).forEach((field, index) => {
    for (const key of ['name', 'value']) {
      if (text(field[key]).trim() === '') {
        problems.push({ path: ['fields', index, key], problem: `an embed field needs a ${key}` })
      }
    }
  })
  if (embedLength(embed) === 0 && !embed.image && !embed.thumbnail && !embed.video) {
    problems.push({ path: [], problem: 'an embed needs a text or a picture' })
  }
  return problems
}

const embedsRules = (body: Json): Problem[] => {
  const embeds = jsonList(body.embeds)
  const total = embeds.reduce((sum, embed) => sum + embedLength(embed), 0)
  return [
    ...embeds.flatMap((embed, index) => below(['embeds', index], embedRules(embed))),
    ...(total > EMBEDS_TOTAL
      ? [{ path: ['embeds'], problem: `${total} characters of embeds, at most 6000 in all` }]
      : []),
  ]
}

const filled = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null && value !== ''

const flagsOf = (body: Json): number => (typeof body.flags === 'number' ? body.flags : 0)

const flagRules = (body: Json, { current, ephemeralAllowed }: MessageUse): Problem[] => {
  const problems: Problem[] = []
  const flags = flagsOf(body)
  if ((flags & MessageFlags.Ephemeral) !== 0 && !ephemeralAllowed) {
    problems.push({ path: ['flags'], problem: 'only an interaction reply can be ephemeral' })
  }
  const wasV2 = ((current?.flags ?? 0) & MessageFlags.IsComponentsV2) !== 0
  if (wasV2 && typeof body.flags === 'number' && (flags & MessageFlags.IsComponentsV2) === 0) {
    problems.push({ path: ['flags'], problem: 'IS_COMPONENTS_V2 cannot be removed from a message' })
  }
  return problems
}

const v2Rules = (body: Json, current: APIMessage | undefined): Problem[] => {
  const legacy = ['content', 'embeds', 'poll', 'sticker_ids'] as const
  const given = legacy.filter((key) => filled(body[key]))
  const left = (['content', 'embeds'] as const).filter((key) => !(key in body) && filled(current?.[key]))
  return [...given, ...left].map((key) => ({
    path: [key],
    problem: `no ${key} beside the IS_COMPONENTS_V2 flag`,
  }))
}

const emptyRules = (body: Json, v2: boolean): Problem[] => {
  const parts = v2
    ? [body.components]
    : [body.content, body.embeds, body.components, body.poll, body.sticker_ids, body.attachments]
  return parts.some(filled) ? [] : [{ path: [], problem: 'Cannot send an empty message' }]
}

/** Whether a body, laid over the message it edits, is a Components V2 message. */
export const isV2 = (body: Json, current?: APIMessage): boolean =>
  ((flagsOf(body) | (current?.flags ?? 0)) & MessageFlags.IsComponentsV2) !== 0

/** What the schemas miss about a message body (not about a deferral). */
export const messageRules = (body: Json, use: MessageUse): Problem[] => {
  const v2 = isV2(body, use.current)
  const problems = [...flagRules(body, use), ...embedsRules(body)]
  if (!isJson(body.allowed_mentions)) {
    problems.push({ path: ['allowed_mentions'], problem: 'allowed_mentions is missing' })
  }
  if (text(body.content).length > CONTENT_LIMIT) {
    problems.push({ path: ['content'], problem: 'Must be 2000 or fewer in length.' })
  }
  const loading = ((use.current?.flags ?? 0) & MessageFlags.Loading) !== 0
  if (use.current === undefined || loading) problems.push(...emptyRules(body, v2))
  if (v2) problems.push(...v2Rules(body, use.current))
  return [...problems, ...messageComponentRules(body.components, v2)]
}

/** A deferred reply carries nothing but the ephemeral flag. */
export const deferralRules = (data: unknown): Problem[] => {
  if (!isJson(data)) return []
  const others = Object.keys(data).filter((key) => key !== 'flags')
  const problems = others.map((key) => ({ path: [key], problem: `a deferral cannot carry ${key}` }))
  return (flagsOf(data) & ~MessageFlags.Ephemeral) === 0
    ? problems
    : [...problems, { path: ['flags'], problem: 'a deferral takes only the ephemeral flag' }]
}
