import {
  assertNever,
  isAnswered,
  type Link,
  type Reply,
  refer,
  type Suggestion,
  sourceLine,
} from '../../src/index.ts'
import { type Html, html } from './html.ts'
import { boldOnly, toHtml } from './markdown.ts'

/** What was asked, as it goes into the address of the page that shows it again. */
export interface Asked {
  /** In the person's own words; undefined: something was picked that has no words. */
  q?: string | undefined
  role?: string | undefined
  level?: string | undefined
  /** The answer that the question leans on. */
  after?: string | undefined
  /** What was picked. */
  open?: string | undefined
}

type Informing = Extract<Reply, { source: unknown }>

/** A question and its reply. Nothing in it has an id, so that many fit on a page. */
export function turn(reply: Reply, asked: Asked): Html {
  const words = asked.q ?? questionOf(asked.open)
  return html`<article class="turn">
${words !== undefined && words.trim() !== '' && html`<p class="asked"><span class="unseen">You asked: </span>${words}</p>`}
<div class="reply ${reply.kind}"${isAnswered(reply) && html` data-reference="${reply.reference}"`}>${parts(reply, asked)}</div>
</article>`
}

/** The address of a page that asks the same. */
export function addressOf(path: string, asked: Asked): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(asked)) if (value) query.set(name, value)
  return `${path}?${query}`
}

function questionOf(reference: string | undefined): string | undefined {
  return reference?.startsWith('q.') ? reference.slice(2) : undefined
}

function parts(reply: Reply, asked: Asked): Html {
  switch (reply.kind) {
    case 'answer':
    case 'role':
    case 'comparison':
      return informing(reply, asked)
    case 'about':
    case 'home':
      return html`<h2>${reply.title}</h2>${toHtml(reply.body)}${questions(reply.suggestions)}`
    case 'clarify':
    case 'no-match':
    case 'help':
    case 'chat':
    case 'limited':
      return html`<p>${boldOnly(reply.text)}</p>${questions(reply.suggestions)}`
    // The welcome tour is for members of a community; a page has none.
    case 'step':
    case 'greeting':
      return html`<h2>${reply.title}</h2>${questions(reply.suggestions)}`
    case 'silent':
      return html``
    default:
      return assertNever(reply)
  }
}

function informing(reply: Informing, asked: Asked): Html {
  const related = reply.related.filter(({ reference }) => reference !== reply.reference)
  return html`${reply.caveat !== undefined && html`<p class="note">${boldOnly(reply.caveat)}</p>`}
<h2>${reply.title}</h2>
${toHtml(reply.body)}
<p class="source">${sourceLine(reply.source)}</p>
${reply.kind === 'role' ? links(reply.topics, 'What is known of it') : questions(reply.suggestions)}
${
  related.length > 0 &&
  html`<details class="related"><summary>See also</summary>${links(related, 'Other parts of the document')}</details>`
}
<div class="tools">${feedbackForm(reply.reference)}
<span class="elsewhere"><a href="${addressOf('/', asked)}">Link</a> <a href="${addressOf('/preview', asked)}">In Discord and Slack</a></span></div>`
}

function questions(suggestions: readonly Suggestion[]): Html | false {
  return links(
    suggestions.map(({ question }) => ({
      label: question,
      reference: refer({ kind: 'question', text: question }),
    })),
    'Next questions',
  )
}

function links(list: readonly Link[], name: string): Html | false {
  const items = list.map(
    ({ label, reference }) =>
      html`<li><a href="${addressOf('/', { open: reference })}" data-open="${reference}">${label}</a></li>`,
  )
  return items.length > 0 && html`<ul class="next" aria-label="${name}">${items}</ul>`
}

function feedbackForm(reference: string): Html {
  return html`<form class="feedback" method="post" action="/feedback"><input type="hidden" name="reference" value="${reference}">
<button name="helpful" value="yes">Helpful</button> <button name="helpful" value="no">Not helpful</button></form>`
}

/** For somebody who was not helped. */
export function reasonForm(reference: string): Html {
  return html`<form class="reason" method="post" action="/feedback"><input type="hidden" name="reference" value="${reference}"><input type="hidden" name="helpful" value="no">
<label>What was missing or wrong? <span class="optional">(if you like)</span><textarea name="reason" rows="2" maxlength="500"></textarea></label>
<button>Send</button></form>`
}
