import { type APIEmbed, type APIMessage, type APIMessageTopLevelComponent, ComponentType } from 'discord.js'
import { walkComponents } from './component-rules.ts'
import { isJson, type Json, jsonList, text } from './problem.ts'

/** All the text that a reader sees: content, embeds, text displays and labels, one per line. */
export const messageText = (message: Pick<APIMessage, 'content' | 'embeds' | 'components'>): string => {
  const embeds = message.embeds.flatMap((embed) => [
    embed.author?.name,
    embed.title,
    embed.description,
    ...(embed.fields ?? []).flatMap((field) => [field.name, field.value]),
    embed.footer?.text,
  ])
  const components = walkComponents(message.components, []).flatMap(({ component }) => [
    component.content,
    component.label,
    component.placeholder,
    ...jsonList(component.options).map((option) => option.label),
  ])
  return [message.content, ...embeds, ...components].map(text).filter(Boolean).join('\n')
}

/** The custom ids in a message, in the order of reading. */
export const customIds = (message: Pick<APIMessage, 'components'>): string[] =>
  walkComponents(message.components, [])
    .map(({ component }) => text(component.custom_id))
    .filter(Boolean)

const SELECT = { min_values: 1, max_values: 1, disabled: false }

// What Discord fills in where a bot leaves it out.
const DEFAULTS: ReadonlyMap<unknown, Json> = new Map<unknown, Json>([
  [ComponentType.Button, { disabled: false }],
  [ComponentType.StringSelect, SELECT],
  [ComponentType.UserSelect, SELECT],
  [ComponentType.RoleSelect, SELECT],
  [ComponentType.MentionableSelect, SELECT],
  [ComponentType.ChannelSelect, SELECT],
  [ComponentType.Thumbnail, { description: null, spoiler: false }],
  [ComponentType.File, { name: null, size: null, spoiler: false }],
  [ComponentType.Separator, { spacing: 1, divider: true }],
  [ComponentType.Container, { accent_color: null, spoiler: false }],
])

const unfurled = (media: unknown, nextId: () => string): Json => {
  const given = isJson(media) ? media : {}
  return { id: nextId(), proxy_url: given.url, width: null, height: null, content_type: null, ...given }
}

const complete = (component: Json, nextId: () => string): void => {
  for (const [key, value] of Object.entries(component)) if (value === null) delete component[key]
  for (const [key, value] of Object.entries(DEFAULTS.get(component.type) ?? {})) component[key] ??= value
  if (component.type === ComponentType.Thumbnail) component.media = unfurled(component.media, nextId)
  if (component.type === ComponentType.File) component.file = unfurled(component.file, nextId)
  if (component.type === ComponentType.MediaGallery) {
    component.items = jsonList(component.items).map((item) => ({
      description: null,
      spoiler: false,
      ...item,
      media: unfurled(item.media, nextId),
    }))
  }
}

/** Components as a message carries them: each with an id and with what the bot left out. */
export const storedComponents = (
  components: unknown,
  nextId: () => string,
): APIMessageTopLevelComponent[] => {
  const copy = structuredClone(Array.isArray(components) ? components : [])
  walkComponents(copy, []).forEach(({ component }, index) => {
    complete(component, nextId)
    component.id ??= index + 1
  })
  return copy as APIMessageTopLevelComponent[]
}

/** Embeds as a message carries them. */
export const storedEmbeds = (embeds: unknown): APIEmbed[] =>
  jsonList(embeds).map((embed) => {
    const given = Object.fromEntries(Object.entries(embed).filter(([, value]) => value !== null))
    const fields = jsonList(embed.fields).map((field) => ({ inline: false, ...field }))
    return { type: 'rich', ...given, ...(fields.length > 0 ? { fields } : {}) } as APIEmbed
  })
