import type { Bot } from '../../src/index.ts'
import type { Asset } from './assets.ts'
import { type Html, html } from './html.ts'
import type { Asked } from './render.ts'
import type { WebSettings } from './settings.ts'

/** So many characters of a question are taken; longer ones say nothing more. */
export const longestQuestion = 1_000

export interface Pages {
  /** A whole page around its main part. */
  page(
    title: string,
    main: Html,
    options?: { sheets?: readonly string[]; scripts?: readonly string[] },
  ): string
  /** A few words, and the way back. */
  message(title: string, text: string): string
  /** The conversation and the line to ask in. */
  chat(turns: Html, asked: Asked, after: string | undefined): string
}

export function createPages(
  { title: name }: WebSettings,
  assets: ReadonlyMap<string, Asset>,
  complete: Bot['complete'],
): Pages {
  const address = (file: string): string => `/assets/${file}?v=${assets.get(file)?.version ?? ''}`

  function page(
    title: string,
    main: Html,
    { sheets = [], scripts = [] } = {} as Parameters<Pages['page']>[2] & {},
  ) {
    return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title === '' ? name : `${title} · ${name}`}</title>
<link rel="icon" href="${address('icon.svg')}" type="image/svg+xml">
<link rel="stylesheet" href="${address('page.css')}">
${sheets.map((file) => html`<link rel="stylesheet" href="${address(file)}">`)}
${scripts.map((file) => html`<script src="${address(file)}" defer></script>`)}
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header><a class="name" href="/">${name}</a><nav aria-label="Pages"><a href="/about">About</a> <a href="/api">API</a></nav></header>
<main id="main">
${main}
</main>
</body>
</html>
`.text
  }

  function select(field: 'role' | 'level', label: string, any: string, chosen: string | undefined) {
    const choices = field === 'role' ? complete.roles('', 100) : complete.levels('', 100)
    if (choices.length === 0) return html``
    const options = choices.map(
      ({ label: shown, value }) =>
        html`<option value="${value}"${value === chosen && html` selected`}>${shown}</option>`,
    )
    return html`<label>${label} <select name="${field}"><option value="">${any}</option>${options}</select></label>`
  }

  return {
    page,
    message: (title, text) =>
      page(title, html`<h1>${title}</h1><p>${text}</p><p><a href="/">Ask a question</a></p>`),
    chat(turns, asked, after) {
      const composer = html`<form class="composer" method="post" action="/">
<label class="unseen" for="question">Your question</label>
<div class="line"><input id="question" name="q" type="text" maxlength="${longestQuestion}" placeholder="Ask in your own words" autocomplete="off" enterkeyhint="send" required><button>Ask</button></div>
<div class="filters">${select('role', 'Job', 'any job', asked.role)}${select('level', 'Level', 'any level', asked.level)}</div>
<input type="hidden" name="after" value="${after ?? ''}">
</form>`
      return page(
        '',
        html`<h1 class="unseen">${name}</h1>
<section class="talk" aria-label="Conversation" aria-live="polite">
${turns}
</section>
${isEmpty(asked) && html`<p class="source">Answers come from documents that people wrote and reviewed, each with its source. No language model, no cookies.</p>`}
${composer}`,
        { scripts: ['page.js'] },
      )
    },
  }
}

function isEmpty({ q, open }: Asked): boolean {
  return !q?.trim() && !open
}
