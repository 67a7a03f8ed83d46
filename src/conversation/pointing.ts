import type { Talk } from './focus.ts'

const them = '(?:them|these|those|the two)'
const thing = `(?:one|option|of ${them})`
const one = new RegExp(
  `\\b(?:the )?(?:first|1st) ${thing}\\b|\\bthe first(?=\\W*$)|\\bthe former\\b|` +
    `(\\b(?:the )?(?:second|2nd) ${thing}\\b|\\bthe second(?: job| role| career|(?=\\W*$))|\\bthe latter\\b)`,
  'i',
)
/** "Which is better, Python or Java?" says itself what it holds against each other. */
const named = /\b(?:or|vs|versus|than)\b/i
const other = /\bthe other(?: one| job| role| option| career|(?=\W*$))/i
/** "Which one pays more?", but not "which one should I learn first?": that is about something else. */
const which =
  `which (?:(?:one|of ${them}|job|role|career)\\b(?!.{0,20}\\b(?:learn|study|use|read|take)\\b)|` +
  '(?:is|are|would|pays|earns|needs|has|fits|suits)\\b)'
const both = new RegExp(
  `^\\W*(?:\\w+\\W+){0,3}${which}|\\bcompare (?:both|${them})\\b|` +
    `\\b(?:differ\\w{0,9}|choose|decide|pick) between (?:both|${them})\\b`,
  'i',
)

const opener = '(?:(?:no+|nope|not that|oh|ah|oops|ops|wait|sorry|sry|my bad|actually)\\W{1,3}){0,3}'
const means =
  '(?:mean|meant|wanted to (?:know|ask)|wanted|was asking|was talking|am asking|asked)(?: about| for)?(?: the)?'
/** "No, I meant the salary", "sorry, for data engineers I meant". */
const correction = new RegExp(
  `^\\W*${opener}i ?(?:['’]?m |am )?(?:actually |really |just )?${means}\\W{1,3}(.{2,60})$|` +
    `^\\W*${opener}(.{2,60}?)\\W{1,3}i (?:mean|meant)\\W*$`,
  'i',
)
/** Longer than that, it is a question by itself. Words. */
const longestCorrection = 5

/** True for a question that means something else after another conversation. */
export function points(text: string): boolean {
  return one.test(text) || other.test(text) || asksOfBoth(text) || corrected(text) !== undefined
}

/** What somebody meant instead. */
function corrected(text: string): string | undefined {
  const [, before, behind] = correction.exec(text) ?? []
  const meant = before ?? behind
  return meant === undefined || meant.split(' ').length > longestCorrection ? undefined : meant
}

function asksOfBoth(text: string): boolean {
  return both.test(text) && !named.test(text)
}

/**
 * "What does the second one earn?" after two jobs were talked about: the question with the job named, for which the
 * words stand.
 *
 * @param labelOf the name of a role
 */
export function nameJobs(text: string, talk: Talk | undefined, labelOf: (role: string) => string): string {
  if (talk === undefined) return text
  const meant = corrected(text)
  if (meant !== undefined) return `what about ${meant}`
  const { roles, others } = talk
  const [first, second] = (roles.length > 1 ? roles : [...others, ...roles]).map(labelOf)
  if (first === undefined || second === undefined) return text
  if (other.test(text)) return text.replace(other, roles.length > 1 ? second : first)
  if (asksOfBoth(text)) return `${first} or ${second}: ${text}`
  return text.replace(one, (_, isSecond) => (isSecond === undefined ? first : second))
}
