import { AssertionError } from 'node:assert'
import { isJson, type Json } from './problem.ts'

const MENTION = /<(?:!(?:channel|here|everyone|subteam\^\w+)|@[UW][A-Z0-9]+)(?:\|[^>]*)?>/g

// Slack reads mentions in a message's text, in mrkdwn and in markdown blocks; plain text shows them as they are.
const parsed = (value: Json): string[] => {
  const isText = value.type === 'mrkdwn' || value.type === 'markdown' || value.type === undefined
  const own = isText && typeof value.text === 'string' ? [value.text] : []
  const broadcast = value.type === 'broadcast' ? [`<!${String(value.range)}>`] : []
  const user = value.type === 'user' ? [`<@${String(value.user_id)}>`] : []
  return [...own, ...broadcast, ...user, ...Object.values(value).flatMap(textsOf)]
}

const textsOf = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(textsOf)
  return isJson(value) ? parsed(value) : []
}

/** The mentions that a message, a view or a text would make: `<!channel>`, `<!here>`, `<!everyone>`, `<@U…>`. */
export const rawMentions = (content: unknown): string[] => {
  const texts =
    typeof content === 'string'
      ? [content]
      : isJson(content)
        ? [...textsOf({ ...content, type: undefined }), ...textsOf(content.view)]
        : textsOf(content)
  return texts.flatMap((value) => [...value.matchAll(MENTION)].map((match) => match[0]))
}

/** Fails where a message, view or text mentions anybody besides the users whose ids are given. */
export const assertNoMentions = (content: unknown, allowed: readonly string[] = []): void => {
  const found = rawMentions(content).filter((mention) => !allowed.some((id) => mention.startsWith(`<@${id}`)))
  if (found.length === 0) return
  throw new AssertionError({
    message: `unescaped mentions: ${found.join(', ')}; escape &, < and > in what members wrote`,
  })
}
