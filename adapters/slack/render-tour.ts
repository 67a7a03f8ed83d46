import type { types } from '@slack/bolt'
import { type Move, paginate, type Reply, shortSourceLine } from '../../src/index.ts'
import { actions } from './actions.ts'
import { plainText } from './blocks.ts'
import { limits, shares } from './limits.ts'
import { boldOnly, escapeMrkdwn, toMrkdwn } from './mrkdwn.ts'

type StepReply = Extract<Reply, { kind: 'step' }>
type GreetingReply = Extract<Reply, { kind: 'greeting' }>

/** More choices than these are a menu. */
const mostButtons = 5
const mostParts = 10
/** Characters of one part of a step, where there are few. */
const partShare = 1_800

/** A step of the welcome tour. */
export function stepBlocks({ title, notes, parts, progress, choices, moves }: StepReply): types.KnownBlock[] {
  const share = Math.min(partShare, shares.body / parts.length)
  return [
    ...notes.map((note) => section(boldOnly(note))),
    { type: 'header', text: plainText(title, limits.header) },
    ...parts.slice(0, mostParts).flatMap((part) => partBlocks(part, share)),
    ...(progress === undefined ? [] : [context(`Step ${progress.at} of ${progress.of}`)]),
    ...choiceBlocks(choices),
    ...(moves.length === 0 ? [] : [{ type: 'actions' as const, elements: moves.map(button('move')) }]),
  ]
}

function partBlocks(
  { title, caveat, body, source }: StepReply['parts'][number],
  share: number,
): types.KnownBlock[] {
  const text = paginate(toMrkdwn(body), share)[0] ?? ''
  const words = [
    ...(title ? [`*${escapeMrkdwn(title)}*`] : []),
    ...(caveat === undefined ? [] : [boldOnly(caveat)]),
    text,
  ]
  return [
    section(words.filter(Boolean).join('\n')),
    ...(source === undefined ? [] : [context(escapeMrkdwn(shortSourceLine(source)))]),
  ]
}

function choiceBlocks(choices: readonly Move[]): types.KnownBlock[] {
  if (choices.length === 0) return []
  if (choices.length <= mostButtons) return [{ type: 'actions', elements: choices.map(button('choice')) }]
  const select: types.StaticSelect = {
    type: 'static_select',
    action_id: `${actions.tour}.menu0`,
    placeholder: plainText('Pick one', 150),
    options: choices
      .slice(0, limits.options)
      .map(({ label, choice }) => ({ text: plainText(label, limits.option), value: choice })),
  }
  return [{ type: 'actions', elements: [select] }]
}

function button(name: string) {
  return ({ label, choice }: Move, i: number): types.Button => ({
    type: 'button',
    action_id: `${actions.tour}.${name}${i}`,
    value: choice,
    text: plainText(label, limits.buttonText),
    ...(name === 'choice' && i === 0 && { style: 'primary' }),
  })
}

/** The one message to a newcomer; its button begins the tour. */
export function greetingBlocks({ title, text, start }: GreetingReply): types.KnownBlock[] {
  return [
    { type: 'header', text: plainText(title, limits.header) },
    section(boldOnly(text)),
    { type: 'actions', elements: [beginButton(start)] },
  ]
}

/** Begins the welcome tour, for whoever presses it. */
export function beginButton(label: string): types.Button {
  return {
    type: 'button',
    action_id: actions.begin,
    style: 'primary',
    text: plainText(label, limits.buttonText),
  }
}

function section(text: string): types.SectionBlock {
  const words = text === '' ? ' ' : text.slice(0, limits.section)
  return { type: 'section', text: { type: 'mrkdwn', text: words, verbatim: true } }
}

function context(text: string): types.ContextBlock {
  return {
    type: 'context',
    elements: [{ type: 'mrkdwn', text: text.slice(0, limits.section), verbatim: true }],
  }
}
