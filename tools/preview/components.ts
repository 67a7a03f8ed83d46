import {
  type APIComponentInContainer,
  type APIMessageTopLevelComponent,
  type APIModalInteractionResponseCallbackData,
  ButtonStyle,
  ComponentType,
} from 'discord.js'
import { discordMarkdown, escapeHtml } from './markdown.ts'

type Component = APIMessageTopLevelComponent | APIComponentInContainer
type InRow = Extract<Component, { type: ComponentType.ActionRow }>['components'][number]

/** Draws what the adapter sends. @throws for a component that it never sent before: the preview has to learn it */
export function drawComponent(component: Component): string {
  switch (component.type) {
    case ComponentType.Container: {
      const colour = (component.accent_color ?? 0).toString(16).padStart(6, '0')
      const parts = component.components.map(drawComponent).join('')
      return `<div class="container" style="--accent:#${colour}">${parts}</div>`
    }
    case ComponentType.TextDisplay:
      return `<div class="text">${discordMarkdown(component.content)}</div>`
    case ComponentType.Separator:
      return '<hr>'
    case ComponentType.ActionRow:
      return `<div class="row">${component.components.map(drawInRow).join('')}</div>`
    default:
      throw new Error(
        `the preview cannot draw a component of type ${component.type}; add it to drawComponent`,
      )
  }
}

function drawInRow(one: InRow): string {
  if (one.type === ComponentType.StringSelect)
    return `<span class="select">${escapeHtml(one.placeholder ?? '')}${chevron}</span>`
  if (one.type === ComponentType.Button && 'label' in one)
    return `<span class="button ${styleOf(one.style)}"><span>${escapeHtml(one.label ?? '')}</span></span>`
  throw new Error(`the preview cannot draw a component of type ${one.type} in a row; add it to drawInRow`)
}

function styleOf(style: ButtonStyle): string {
  switch (style) {
    case ButtonStyle.Primary:
      return 'primary'
    case ButtonStyle.Success:
      return 'success'
    case ButtonStyle.Danger:
      return 'danger'
    default:
      return 'secondary'
  }
}

export function drawModal(
  { title, components }: APIModalInteractionResponseCallbackData,
  app: string,
): string {
  return `<div class="modal"><header><span class="avatar">${initials(app)}</span><h2>${escapeHtml(title)}</h2>
    <span class="close">${cross}</span></header>
    <p class="warning">This form will be submitted to <b>${escapeHtml(app)}</b>. Do not share passwords or other sensitive information.</p>
    ${components.map(drawField).join('')}
    <footer><span class="button secondary">Cancel</span><span class="button primary">Submit</span></footer></div>`
}

function drawField(field: APIModalInteractionResponseCallbackData['components'][number]): string {
  if (field.type !== ComponentType.Label || field.component.type !== ComponentType.TextInput)
    throw new Error(`the preview cannot draw a field of type ${field.type}; add it to drawField`)
  const { max_length } = field.component
  return `<label>${escapeHtml(field.label)}</label><p class="hint">${escapeHtml(field.description ?? '')}</p>
    <div class="input"><span class="count">${max_length ?? ''}</span></div>`
}

export function initials(name: string): string {
  const letters = name.split(' ').map((word) => word.charAt(0))
  return letters.slice(0, 2).join('')
}

const icon = (path: string) =>
  `<svg viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round">${path}</svg>`
const chevron = icon('<path d="m6 9 6 6 6-6"/>')
const cross = icon('<path d="m5 5 14 14M19 5 5 19"/>')
export const eye = icon(
  '<path d="M2 12s4-7 10-7 10 7 10 7-4 7-10 7-10-7-10-7z"/><circle cx="12" cy="12" r="3"/>',
)
