import {
  type APIActionRowComponent,
  type APIButtonComponent,
  type APIComponentInContainer,
  type APIStringSelectComponent,
  ButtonStyle,
  ComponentType,
} from 'discord.js'
import { type Move, paginate, type Reply, shortSourceLine } from '../../src/index.ts'
import { customId } from './custom-id.ts'
import { limits } from './limits.ts'
import { boldOnly, escapeMarkdown, toDiscord } from './markdown.ts'

type StepReply = Extract<Reply, { kind: 'step' }>
type GreetingReply = Extract<Reply, { kind: 'greeting' }>

/** What the parts of a step share of the 4,000 characters; the rest is for its title and notes. */
const partsShare = 3_300
/** So much of each part is shown, if all of them fit; else less of the long ones. Characters. */
const bodyShares = [1_800, 1_200, 900, 700, 550, 450, 350, 250, 150]
const sourceShare = 160
const noteShare = 200
const titleShare = 200

/**
 * A step of the welcome tour.
 *
 * @param guild the server that it is for, where Discord does not say it
 */
export function stepParts(reply: StepReply, guild?: string): APIComponentInContainer[] {
  const { progress } = reply
  return [
    ...reply.notes.slice(0, 2).map((note) => words(cut(boldOnly(note), noteShare))),
    words(`### ${cut(escapeMarkdown(reply.title), titleShare)}`),
    ...fitting(reply.parts.slice(0, 8)).map(words),
    ...(progress === undefined ? [] : [words(`-# Step ${progress.at} of ${progress.of}`)]),
    ...choiceRows(reply.choices, guild),
    ...row(reply.moves.map((move) => button(move, ButtonStyle.Secondary, guild))),
  ]
}

/** The texts of all parts, with less of the long ones where not everything fits. */
function fitting(parts: StepReply['parts']): string[] {
  for (const share of bodyShares) {
    const texts = parts.map((part) => partText(part, share))
    if (texts.join('').length <= partsShare) return texts
  }
  return parts.slice(0, 5).map((part) => partText(part, bodyShares.at(-1) ?? 0))
}

function partText({ title, caveat, body, source }: StepReply['parts'][number], share: number): string {
  const [text = '', ...more] = paginate(toDiscord(body), share)
  const lines = [
    ...(title ? [`**${cut(escapeMarkdown(title), titleShare / 2)}**`] : []),
    ...(caveat === undefined ? [] : [cut(boldOnly(caveat), noteShare)]),
    more.length > 0 ? `${text}\n…` : text,
    ...(source === undefined ? [] : [`-# ${cut(escapeMarkdown(shortSourceLine(source)), sourceShare)}`]),
  ]
  return lines.join('\n')
}

/** A few choices are buttons, more are a menu. */
function choiceRows(
  choices: readonly Move[],
  guild: string | undefined,
): APIActionRowComponent<APIButtonComponent | APIStringSelectComponent>[] {
  if (choices.length <= limits.rowButtons)
    return row(choices.map((move) => button(move, ButtonStyle.Primary, guild)))
  const select: APIStringSelectComponent = {
    type: ComponentType.StringSelect,
    custom_id: customId({ kind: 'step', guild, choice: '' }) ?? '',
    placeholder: 'Pick one',
    options: choices.slice(0, limits.selectOptions).map(({ label, choice }) => ({
      label: cut(label, limits.optionLabel),
      value: choice.slice(0, limits.optionLabel),
    })),
  }
  return [{ type: ComponentType.ActionRow, components: [select] }]
}

function button(
  { label, choice }: Move,
  style: ButtonStyle.Primary | ButtonStyle.Secondary,
  guild: string | undefined,
) {
  const custom_id = customId({ kind: 'step', guild, choice })
  if (custom_id === undefined) return undefined
  return { type: ComponentType.Button as const, style, custom_id, label: cut(label, limits.buttonLabel) }
}

function row(
  buttons: readonly (APIButtonComponent | undefined)[],
): APIActionRowComponent<APIButtonComponent>[] {
  const components = buttons.filter((one) => one !== undefined).slice(0, limits.rowButtons)
  return components.length === 0 ? [] : [{ type: ComponentType.ActionRow, components }]
}

/** Discord ids of newcomers, so many in one message; each stands in it as a mention of at most 25 characters. */
export const mostGreeted = 100

/** One message for everybody who came lately; its button begins the tour for whoever presses it. */
export function greetingParts(reply: GreetingReply, guild?: string): APIComponentInContainer[] {
  const names = reply.members.map((member) => `<@${member.replace(/^\w+:/, '')}>`)
  const custom_id = customId({ kind: 'begin', guild }) ?? 'b:'
  return [
    words(`### ${cut(escapeMarkdown(reply.title), titleShare)}\n${names.join(', ')}`),
    words(cut(boldOnly(reply.text), 400)),
    ...row([
      {
        type: ComponentType.Button,
        style: ButtonStyle.Primary,
        custom_id,
        label: cut(reply.start, limits.buttonLabel),
      },
    ]),
  ]
}

function words(content: string): APIComponentInContainer {
  return { type: ComponentType.TextDisplay, content: content === '' ? '\u200b' : content }
}

/** Cut at a word, with a sign that something is missing. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text
  const short = text.slice(0, most - 1)
  return `${short.slice(0, Math.max(short.lastIndexOf(' '), most / 2))}…`
}
