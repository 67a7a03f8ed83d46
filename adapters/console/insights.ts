import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pc from 'picocolors'
import { type App, type Insights, type QuestionGroup, StoreError, withoutBold } from '../../src/index.ts'

export interface InsightsOptions {
  since?: string
  json: boolean
  stubs?: string
}

const units = { h: 60 * 60 * 1000, d: 24 * 60 * 60 * 1000, w: 7 * 24 * 60 * 60 * 1000 }
/** Lines of a list. */
const most = { groups: 10, wordings: 3, reasons: 3, days: 14 }
/** Characters of a question in one line. */
const longest = 100

/** @param text `24h`, `7d`, `2w` before now, or an ISO date in UTC @returns milliseconds since 1970 */
export function readSince(text: string | undefined, now: number): number | undefined | 'unreadable' {
  if (text === undefined) return undefined
  const [, count, unit] = /^(\d{1,4})([hdw])$/.exec(text) ?? []
  if (count !== undefined) return now - Number(count) * units[unit as keyof typeof units]
  const date = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  return Number.isNaN(date) ? 'unreadable' : date
}

/** Prints what people asked, and writes stubs where that is wanted. @returns the exit status */
export async function showInsights(
  app: Pick<App, 'insights'>,
  since: number | undefined,
  { json, stubs }: InsightsOptions,
  output: NodeJS.WritableStream,
): Promise<number> {
  try {
    const insights = await app.insights(since)
    output.write(json ? `${JSON.stringify(insights)}\n` : insightsText(insights, stubs !== undefined))
    if (stubs !== undefined) for (const line of writeStubs(insights, stubs)) process.stderr.write(`${line}\n`)
    return 0
  } catch (error) {
    const isFile = error instanceof Error && 'code' in error && 'path' in error
    if (!(error instanceof StoreError) && !isFile) throw error
    process.stderr.write(`${(error as Error).message}\n`)
    return 2
  }
}

/** What is there already stays as it is: somebody may be writing in it. */
function writeStubs({ unanswered }: Insights, folder: string): string[] {
  mkdirSync(folder, { recursive: true })
  let written = 0
  for (const { stub } of unanswered) {
    try {
      writeFileSync(join(folder, stub.file), stub.text, { flag: 'wx' })
      written++
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
  const known = unanswered.length - written
  return [
    `${written} documents to fill in are in ${folder}${known > 0 ? `, ${known} were there already` : ''}.`,
    ...(written > 0 ? ['When one is written, move it into your content folder and run check:content.'] : []),
  ]
}

function insightsText(insights: Insights, hasStubs: boolean): string {
  const { totals, since, until, questionsAreKept } = insights
  const from = since === undefined ? 'everything that is kept' : `from ${dayOf(since)}`
  const parts = [`${pc.bold('What people ask')} · ${from}, to ${dayOf(until)}`]
  if (!questionsAreKept)
    parts.push(
      totals.questions > 0
        ? 'Questions are not kept at present; these were kept before. To keep them again, set QUESTION_LOG_DAYS in .env.'
        : 'No questions are kept. To see what people ask, set QUESTION_LOG_DAYS in .env to a number of days, such as 30,\nand tell your members (docs/privacy.md).',
    )
  else if (totals.questions === 0) parts.push('Nobody has asked anything in this time.')
  if (totals.questions > 0) parts.push(totalsText(insights), ...questionParts(insights, hasStubs))
  parts.push(feedbackText(insights))
  if (totals.questions > 0) parts.push(heading('By day (UTC)', daysOf(insights)))
  return `${parts.filter(Boolean).join('\n\n')}\n`
}

function totalsText({ totals }: Insights): string {
  const { questions, answered, withCaveat, unanswered, askedBack, members } = totals
  const who = members === undefined ? '' : ` from ${counted(members, 'person', 'people')}`
  return [
    `${counted(questions, 'question')}${who}`,
    `  ${share(answered, questions)} answered${withCaveat > 0 ? `, ${withCaveat} of them with a note on what is missing` : ''}`,
    `  ${share(unanswered, questions)} found no answer`,
    ...(askedBack > 0 ? [`  ${share(askedBack, questions)} were asked which of two things they meant`] : []),
  ].join('\n')
}

function questionParts(insights: Insights, hasStubs: boolean): string[] {
  const { topQuestions, unanswered, answeredSince, caveats, sectionsUsed, totals } = insights
  const hint =
    hasStubs || unanswered.length === 0
      ? []
      : ['', 'A document to fill in for each: npm run insights -- --stubs drafts']
  return [
    heading('Asked most', topQuestions.slice(0, most.groups).map(groupLine)),
    heading('Without an answer', [
      ...(unanswered.length === 0 ? ['  none: everything that was asked finds an answer now'] : []),
      ...unanswered.slice(0, most.groups).flatMap(clusterLines),
      ...more(unanswered.length - most.groups),
      ...hint,
    ]),
    answeredSince.length === 0
      ? ''
      : heading(
          'Found no answer then, and find one in the present documents',
          answeredSince.slice(0, most.groups).map(groupLine),
        ),
    caveats.length === 0
      ? ''
      : heading(
          'Missing in answers',
          caveats.slice(0, most.groups).map(({ text, count }) => line(count, withoutBold(text))),
        ),
    sectionsUsed.length === 0
      ? ''
      : heading(
          'Sections that answered',
          sectionsUsed
            .slice(0, most.groups)
            .map(({ id, title, count }) =>
              line(count, title === undefined ? `${id} (gone)` : `${title} · ${id}`),
            ),
        ),
    totals.notGrouped > 0 ? `${totals.notGrouped} rarely asked questions are counted and not shown.` : '',
  ]
}

function feedbackText({ totals, unhelpful }: Insights): string {
  const { helpful, unhelpful: not } = totals
  if (helpful + not === 0) return heading('Feedback', ['  nobody has rated an answer in this time'])
  return heading('Feedback', [
    `  ${helpful} helpful, ${not} not helpful`,
    ...unhelpful
      .slice(0, most.groups)
      .flatMap(({ section, title, reasons, ...rating }) => [
        line(
          rating.unhelpful,
          `${title ?? 'a section that is gone'}${section === undefined ? '' : ` · ${section}`}`,
        ),
        ...reasons
          .slice(0, most.reasons)
          .map(({ text, count }) => `         “${oneLine(text)}”${count > 1 ? ` (${count} times)` : ''}`),
      ]),
  ])
}

function clusterLines(group: QuestionGroup): string[] {
  const others = group.wordings.slice(1, 1 + most.wordings)
  return [
    line(group.unanswered, group.question),
    ...others.map(({ text }) => pc.dim(`         also: ${oneLine(text)}`)),
  ]
}

function groupLine({ count, question, wordings }: QuestionGroup): string {
  const ways = wordings.length > 1 ? pc.dim(` (in ${wordings.length} wordings)`) : ''
  return `${line(count, question)}${ways}`
}

function daysOf({ days }: Insights): string[] {
  const widest = Math.max(...days.map(({ questions }) => questions))
  return days.slice(-most.days).map(({ day, questions, answered, platforms }) => {
    const bar = '#'.repeat(Math.max(1, Math.round((questions / widest) * 20)))
    const by = Object.entries(platforms)
      .sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
      .map(([name, count]) => `${name} ${count}`)
    return `  ${day}  ${bar.padEnd(20)}  ${questions} asked, ${answered} answered (${oneLine(by.join(', '))})`
  })
}

function heading(title: string, lines: readonly string[]): string {
  return [pc.bold(title), ...lines].join('\n')
}

function more(count: number): string[] {
  return count > 0 ? [`  and ${count} more; --json lists them`] : []
}

function line(count: number, text: string): string {
  return `  ${String(count).padStart(5)}  ${oneLine(text)}`
}

/** What people wrote may hold anything, also what a terminal obeys. */
function oneLine(text: string): string {
  const plain = text.replace(/[\p{C}\p{Z}\s]+/gu, ' ').trim()
  return plain.length > longest ? `${plain.slice(0, longest - 1)}…` : plain
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}

function share(part: number, whole: number): string {
  return `${part} (${Math.round((part / whole) * 100)} %)`
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}
