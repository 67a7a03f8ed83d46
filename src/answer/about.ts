import type { ListItem, Paragraph } from 'mdast'
import type { Content } from '../content/section.ts'
import { readableDate } from '../render/reply-text.ts'
import type { AboutReply, Suggestion } from '../reply.ts'
import { capital } from './comparison.ts'

/**
 * What the bot knows, where from, how fresh it is and what becomes of questions.
 *
 * @param logDays questions are kept for so many days; 0: they are not
 */
export function aboutReply(
  content: Content,
  suggestions: readonly Suggestion[],
  logDays: number,
): AboutReply {
  const { sections, documents, sources, vocabulary } = content
  const { subject, covers } = vocabulary.subject
  const jobs = vocabulary.roles.filter((role) => role.covered).map((role) => role.plural)
  const dates = sections.flatMap(({ reviewed }) => reviewed ?? []).sort()
  const [first, last] = [dates[0], dates.at(-1)].map((date) => date && readableDate(date))
  const titles = [...sources.values()].map(({ title }) => `“${title}”`)
  const reviewed = !first
    ? ''
    : first === last
      ? `, reviewed ${first}`
      : `, reviewed from ${first} to ${last}`
  const facts: [string, string][] = [
    [
      'How I answer',
      'I look your question up in documents that people wrote. There is no language model: I make nothing up, and I say so when I do not know',
    ],
    [
      'Your privacy',
      `your question is answered here and sent nowhere else. I remember what we talk about for 15 minutes, in memory only. ${kept(logDays)} What you pick in the welcome tour is kept until you use the command forget-me, which removes all that is yours`,
    ],
    ['What I know', `${subject}${covers === undefined ? '' : `: ${covers}`}`],
    ['Jobs', jobs.join(', ')],
    ['Documents', `${documents} documents with ${sections.length} sections${reviewed}`],
    ['Drawn from', titles.join(', ')],
  ]
  return {
    kind: 'about',
    title: 'About me',
    body: [
      {
        type: 'list',
        ordered: false,
        spread: false,
        children: facts.filter(([, value]) => value !== '').map(([name, value]) => item(name, value)),
      },
    ],
    suggestions,
  }
}

function kept(days: number): string {
  if (days <= 0) return 'Questions are not kept.'
  const time = days === 1 ? 'a day' : `${days} days`
  return `Questions are kept for ${time}, without names, for the people who write my documents.`
}

function item(name: string, value: string): ListItem {
  const paragraph: Paragraph = {
    type: 'paragraph',
    children: [
      { type: 'strong', children: [{ type: 'text', value: name }] },
      { type: 'text', value: `: ${capital(value)}.` },
    ],
  }
  return { type: 'listItem', spread: false, children: [paragraph] }
}
