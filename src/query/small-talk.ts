import { wordsOf } from '../search/text.ts'
import { chatterWords, functionWords, questionWords } from './english.ts'
import { phrases, type SmallTalk } from './small-talk-phrases.ts'

const byFirstWord = new Map<string, { words: string[]; kind: SmallTalk }[]>()
for (const [kind, texts] of Object.entries(phrases) as [SmallTalk, string][]) {
  for (const text of texts.split('|')) {
    const words = text.trim().split(/\s+/)
    const same = byFirstWord.get(words[0]!) ?? []
    same.push({ words, kind })
    byFirstWord.set(words[0]!, same)
  }
}
for (const same of byFirstWord.values()) same.sort((a, b) => b.words.length - a.words.length)

/** Which kinds tell more about what is wanted, when a message has several ("hi, what can you do?"). */
const order: readonly SmallTalk[] = [
  'privacy',
  'stop',
  'complaint',
  'human',
  'identity',
  'help',
  'more',
  'reason',
  'feeling',
  'goodbye',
  'thanks',
  'greeting',
  'acknowledgement',
]

/**
 * What a message is, when it is nothing but small talk; otherwise undefined.
 * Words that carry no content may surround the phrases ("good morning everyone").
 */
export function readSmallTalk(words: readonly string[]): SmallTalk | undefined {
  // Whatever else is said, this comes first.
  if (mentions(words, 'distress')) return 'distress'
  if (words.length === 0 || words.length > 16) return undefined
  const kinds = new Set<SmallTalk>()
  let at = 0
  while (at < words.length) {
    const phrase = phraseAt(words, at)
    if (phrase !== undefined) {
      kinds.add(phrase.kind)
      at += phrase.words.length
    } else if (isSmall(words[at]!)) at++
    else return undefined
  }
  // Whoever is afraid may want something, which the rest of the message tells.
  if (kinds.has('worry')) return asks(words) ? undefined : 'worry'
  const kind = order.find((kind) => kinds.has(kind))
  // "Tell me more about the robot one" asks for something else.
  return kind === 'more' && words.includes('about') && !/ about (?:it|that|this)\b/.test(words.join(' '))
    ? undefined
    : kind
}

/** Somebody says that they are afraid or down; `asks`: there is a question in it ("am I too old to become one?"). */
export function readWorry(words: readonly string[], text: string): { asks: boolean } | undefined {
  if (!mentions(words, 'worry')) return undefined
  return { asks: text.includes('?') || asks(words) }
}

const introducing =
  /^(?:hi |hello |hey )?(?:i am (?!look|search|ask|interested)|i have (?!to |a question|questions|a problem)|i (?:work|study|studied|graduated|finished|come from|live|know|like|love) |my (?:name|background|degree) )/

/** "I am a teacher and live in Spain." */
export function introducesSelf(words: readonly string[], text: string): boolean {
  return introducing.test(`${words.join(' ')} `) && !text.includes('?') && !asks(words)
}

/** "Good morning, …" asks for nothing that is done in the morning, and "I am 41 years old, …" for nothing on age. */
export function afterOpening(text: string): string {
  return text.replace(greeting, '').replace(ownAge, '')
}

const greeting =
  /^\W{0,5}good (?:morning|afternoon|evening|day)\b(?: (?:all|everyone|everybody|team))?\W{0,5}(?=\w)/i
const ownAge =
  /^(?:(?:hi|hello|hey)\W{1,3})?i ?['’]?(?: ?a)?m (?:a )?\d\d\b ?(?:y(?:ea)?rs?[- ]?old\b|y\/?o\b|years\b)?\W{1,4}(?:and )?(?=\w+ \w)/i

/** True when a text is put as a question. */
export function asksSomething(text: string): boolean {
  return text.includes('?') || asks(wordsOf(text), 1)
}

const askingVerbs = new Set(
  'is are am was were do does did can could will would should may might has have'.split(' '),
)

/** @param within how many words may stand before the one that asks, with it */
function asks(words: readonly string[], within = words.length): boolean {
  return askingVerbs.has(words[0] ?? '') || words.slice(0, within).some((word) => questionWords.has(word))
}

/** Also where words are put in or left out that change nothing ("I feel so stupid", "cannot find job"). */
function mentions(words: readonly string[], kind: SmallTalk): boolean {
  const bare = withoutFillers(words)
  return (
    words.some((_, at) => phraseAt(words, at)?.kind === kind) ||
    barePhrases[kind].some((phrase) => bare.includes(phrase))
  )
}

const fillers = new Set(
  'a an the so such very really just always totally completely all kind of sort like pretty quite too'.split(
    ' ',
  ),
)

function withoutFillers(words: readonly string[]): string {
  return ` ${words.filter((word) => !fillers.has(word)).join(' ')} `
}

/** Only long ones: "I am too old" and "I am old" are not the same. */
const barePhrases = Object.fromEntries(
  Object.entries(phrases).map(([kind, texts]) => [
    kind,
    texts
      .split('|')
      .map((text) => text.trim().split(/\s+/))
      .filter((words) => !words.includes('too'))
      .map(withoutFillers)
      .filter((text) => text.trim().includes(' ')),
  ]),
) as Record<SmallTalk, string[]>

function phraseAt(words: readonly string[], at: number) {
  return byFirstWord
    .get(words[at]!)
    ?.find((phrase) => phrase.words.every((word, i) => words[at + i] === word))
}

const addressWords = new Set([
  'bot',
  'robot',
  'team',
  'chat',
  'there',
  'again',
  'morning',
  'sir',
  'friends',
  'u',
  'r',
  'today',
  'pal',
  'bro',
])

/** Grammar and chatter beside small talk, but no word that asks for something. */
function isSmall(word: string): boolean {
  if (addressWords.has(word)) return true
  if (askingWords.has(word)) return false
  return functionWords.has(word) || chatterWords.has(word)
}

/** With these left over, a message asks for more than it is polite ("ok, and what do they do?"). */
const askingWords = new Set(
  'what which who how when where why do does did become job jobs career careers work role roles company companies engineer engineers engineering they them their he she it field industry position profession example examples day month year years start begin learn'.split(
    ' ',
  ),
)
