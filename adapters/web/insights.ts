import { barChart } from './chart.ts'
import { type Html, html } from './html.ts'
import { boldOnly } from './markdown.ts'

interface Counted {
  text: string
  count: number
}

interface QuestionGroup {
  question: string
  count: number
  unanswered: number
  wordings: readonly Counted[]
}

/** What people asked and what became of it, as far as the page shows it. */
export interface Insights {
  /** Milliseconds since 1970; undefined: everything that is kept. */
  since: number | undefined
  until: number
  questionsAreKept: boolean
  totals: {
    questions: number
    answered: number
    withCaveat: number
    unanswered: number
    askedBack: number
    members: number | undefined
    helpful: number
    unhelpful: number
    notGrouped: number
  }
  topQuestions: readonly QuestionGroup[]
  unanswered: readonly (QuestionGroup & { stub: { file: string; text: string } })[]
  answeredSince: readonly QuestionGroup[]
  caveats: readonly Counted[]
  sectionsUsed: readonly { id: string; title: string | undefined; count: number }[]
  unhelpful: readonly {
    section: string | undefined
    title: string | undefined
    helpful: number
    unhelpful: number
    reasons: readonly Counted[]
  }[]
  /** In the order of time, without empty ones. */
  days: readonly {
    day: string
    questions: number
    answered: number
    platforms: Readonly<Record<string, number>>
  }[]
}

/** Days that can be looked at. */
export const ranges = [7, 30, 90] as const
/** Lines of a list. */
const most = 20

/** @param range days; undefined: everything */
export function insightsPage(insights: Insights, range: number | undefined): Html {
  const { totals, questionsAreKept, unanswered } = insights
  return html`<h1>What people ask</h1>
<nav class="ranges" aria-label="Time">${ranges.map((days) => rangeLink(`${days} days`, days, range))}${rangeLink('everything', undefined, range)}</nav>
${
  !questionsAreKept &&
  html`<p class="note">${totals.questions > 0 ? 'Questions are not kept at present; these were kept before.' : 'No questions are kept.'} To keep them, set <code>QUESTION_LOG_DAYS</code> in <code>.env</code> to a number of days, such as 30, and tell your members.</p>`
}
${tiles(totals)}
${totals.questions > 0 && timeChart(insights)}
<section class="panel"><h2>Without an answer</h2>
<p class="source">What was asked and finds no answer in the present documents. Each has a document to fill in; <code>npm run insights -- --stubs drafts</code> writes all of them.</p>
${unanswered.length === 0 ? html`<p>Nothing: everything that was asked finds an answer.</p>` : html`<ol class="counts">${unanswered.slice(0, most).map(cluster)}</ol>`}</section>
${list('Asked most', insights.topQuestions.map(groupLine))}
${list('Called not helpful', insights.unhelpful.map(rating))}
${list(
  'Missing in answers',
  insights.caveats.map(({ text, count }) => line(count, boldOnly(text))),
)}
${list('Found no answer then, and find one now', insights.answeredSince.map(groupLine))}
${list(
  'Sections that answered',
  insights.sectionsUsed.map(({ id, title, count }) =>
    line(count, html`${title ?? 'a section that is gone'} <span class="where">${id}</span>`),
  ),
)}
${totals.notGrouped > 0 && html`<p class="source">${totals.notGrouped} rarely asked questions are counted and not shown.</p>`}
<p class="source">From ${insights.since === undefined ? 'the beginning' : dayOf(insights.since)} to ${dayOf(insights.until)} (UTC). The same figures: <code>npm run insights</code>.</p>`
}

function rangeLink(label: string, days: number | undefined, chosen: number | undefined): Html {
  const isChosen = days === chosen
  return html`<a href="/insights?days=${days ?? 'all'}"${isChosen && html` aria-current="page"`}>${label}</a> `
}

function tiles({
  questions,
  answered,
  withCaveat,
  unanswered,
  askedBack,
  members,
  helpful,
  unhelpful,
}: Insights['totals']) {
  const share = (part: number): string => (questions === 0 ? '' : `${Math.round((part / questions) * 100)} %`)
  const tile = (name: string, value: number, note: string): Html =>
    html`<div class="tile"><dt>${name}</dt><dd>${value.toLocaleString('en')} <span>${note}</span></dd></div>`
  return html`<dl class="tiles">
${tile('Questions', questions, members === undefined ? '' : `from ${members} people`)}
${tile('Answered', answered, share(answered))}
${tile('With a note', withCaveat, share(withCaveat))}
${tile('No answer', unanswered, share(unanswered))}
${tile('Asked back', askedBack, share(askedBack))}
${tile('Helpful', helpful, `not helpful: ${unhelpful}`)}
</dl>`
}

function timeChart({ days }: Insights): Html {
  const platforms = new Map<string, number>()
  for (const day of days)
    for (const [name, count] of Object.entries(day.platforms))
      platforms.set(name, (platforms.get(name) ?? 0) + count)
  const byCount = [...platforms].sort(([, a], [, b]) => b - a)
  const rows = days.map(
    ({ day, questions, answered }) =>
      html`<tr><th scope="row">${day}</th><td>${questions}</td><td>${answered}</td><td>${questions - answered}</td></tr>`,
  )
  return html`<section class="panel"><h2>Over time</h2>
<div class="table" role="region" tabindex="0" aria-label="Chart of the questions">${barChart(days.map(({ day, questions, answered }) => ({ day, filled: answered, hollow: questions - answered })))}</div>
<p class="legend"><span class="key filled"></span> answered <span class="key hollow"></span> not answered</p>
<details><summary>As a table</summary><div class="table" role="region" tabindex="0" aria-label="Questions by day"><table><thead><tr><th scope="col">Day (UTC)</th><th scope="col">Asked</th><th scope="col">Answered</th><th scope="col">Not answered</th></tr></thead><tbody>${rows}</tbody></table></div></details>
<h3>By platform</h3><ul class="counts">${byCount.map(([name, count]) => line(count, html`${name}`))}</ul></section>`
}

function list(title: string, items: readonly Html[]): Html | false {
  if (items.length === 0) return false
  const more =
    items.length > most &&
    html`<p class="source">and ${items.length - most} more; <code>npm run insights -- --json</code> has them</p>`
  return html`<section class="panel"><h2>${title}</h2><ol class="counts">${items.slice(0, most)}</ol>${more}</section>`
}

function line(count: number, text: Html | Html[]): Html {
  return html`<li><span class="count">${count.toLocaleString('en')}</span> <span>${text}</span></li>`
}

function groupLine({ count, question, wordings }: QuestionGroup): Html {
  const ways = wordings.length > 1 && html` <span class="where">in ${wordings.length} wordings</span>`
  return line(count, html`${question}${ways}`)
}

function cluster({ unanswered, question, wordings, stub }: Insights['unanswered'][number]): Html {
  const others = wordings
    .slice(1)
    .map(({ text, count }) => html`<li>${text}${count > 1 && ` (${count} times)`}</li>`)
  return html`<li><span class="count">${unanswered}</span> <div>${question}
${others.length > 0 && html`<ul class="wordings">${others}</ul>`}
<details><summary>A document to fill in: ${stub.file}</summary><pre tabindex="0" aria-label="${stub.file}"><code>${stub.text}</code></pre></details></div></li>`
}

function rating({ section, title, helpful, unhelpful, reasons }: Insights['unhelpful'][number]): Html {
  const said = reasons.map(({ text, count }) => html`<li>“${text}”${count > 1 && ` (${count} times)`}</li>`)
  return html`<li><span class="count">${unhelpful}</span> <div>${title ?? 'a section that is gone'} <span class="where">${section} · helpful for ${helpful}</span>
${said.length > 0 && html`<ul class="wordings">${said}</ul>`}</div></li>`
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}
