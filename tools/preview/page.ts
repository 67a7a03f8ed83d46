import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { MessageFlags } from 'discord.js'
import { drawComponent, drawModal, eye, initials } from './components.ts'
import { escapeHtml } from './markdown.ts'
import type { Above, Scene, Shown } from './scenes.ts'

const app = 'AI Career Bot'
const member = 'Sam'
const sheets = ['message.css', 'markdown.css', 'controls.css']

/** All scenes on one page without anything from elsewhere; a scene's element has its name as id. */
export function drawPage(scenes: readonly Scene[]): string {
  const style = sheets
    .map((name) => readFileSync(join(import.meta.dirname, 'style', name), 'utf8'))
    .join('\n')
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>The bot in Discord</title>
<style>${style}</style><body>${scenes.map(drawScene).join('\n')}</body></html>\n`
}

function drawScene({ name, alt, theme, width, shown }: Scene): string {
  return `<section class="scene ${theme}" id="${name}" style="width:${width}px" aria-label="${escapeHtml(alt)}">
${draw(shown)}</section>`
}

function draw(shown: Shown): string {
  switch (shown.kind) {
    case 'message':
      return drawMessage(shown)
    case 'modal':
      return drawModal(shown.form, app)
    case 'choices':
      return drawChoices(shown)
  }
}

function drawMessage({ payload, above }: Extract<Shown, { kind: 'message' }>): string {
  const isPrivate = (payload.flags & MessageFlags.Ephemeral) !== 0
  const only = `<div class="only">${eye} Only you can see this • <u>Dismiss message</u></div>`
  return `${drawAbove(above)}<div class="message"><span class="avatar">${initials(app)}</span><div class="body">
<div class="who"><b>${app}</b><span class="app">APP</span><time>Today at 14:02</time></div>
${payload.components.map((one) => drawComponent(one.toJSON())).join('')}${isPrivate ? only : ''}</div></div>`
}

function drawAbove(above: Above): string {
  const who = `<span class="avatar small">${initials(member)}</span><b>${member}</b>`
  if ('wrote' in above) return `<div class="above">${who}<span>${escapeHtml(above.wrote)}</span></div>`
  return `<div class="above">${who} used <span class="command">${escapeHtml(above.command)}</span></div>`
}

function drawChoices({ command, option, typed, choices }: Extract<Shown, { kind: 'choices' }>): string {
  const items = choices.map((choice, i) => `<li${i === 0 ? ' class="first"' : ''}>${escapeHtml(choice)}</li>`)
  return `<ul class="choices"><li class="head">OPTIONS MATCHING “${escapeHtml(typed)}”</li>${items.join('')}</ul>
<div class="typed"><b>/${escapeHtml(command)}</b> <mark>${escapeHtml(option)}: ${escapeHtml(typed)}</mark></div>`
}
