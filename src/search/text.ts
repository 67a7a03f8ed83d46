import { stem as porter2 } from 'porter2'

/** A word: letters and digits of any script, an apostrophe ending, `c++`, `c#`; or a number such as 70,000. */
const wordPattern = /\p{N}+(?:[.,]\p{N}+)+|[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:'\p{L}+)*[+#]{0,2}/gu

const combiningMarks = /\p{M}+/gu
const apostrophes = /[’ʼ‘`´]/gu
const apostropheEnding = /'(?:s|re|ll|ve|d|m|t)$/u
/** The verbs that look different before `n't`. */
const negated = new Map([
  ["can't", 'can'],
  ["won't", 'will'],
  ["shan't", 'shall'],
  ["ain't", 'is'],
])
/** After these, `'s` is a verb and not a possessive. */
const beforeIs = new Set([
  'what',
  'who',
  'how',
  'where',
  'when',
  'why',
  'that',
  'it',
  'there',
  'here',
  'he',
  'she',
])

/**
 * The words of a text in order: Unicode-normalised, lower-cased, without accents; contractions are spelt out or lose
 * their ending (`what's` → `what is`, `don't` → `do not`, `they're` → `they`) and hyphens, slashes and dots separate words.
 */
export function wordsOf(text: string): string[] {
  const found = simplify(text).match(wordPattern) ?? []
  return found.flatMap((word) => {
    if (word.endsWith("n't")) return [negated.get(word) ?? word.slice(0, -3).replaceAll("'", ''), 'not']
    if (word === "i'm") return ['i', 'am']
    if (word.endsWith("'s") && beforeIs.has(word.slice(0, -2))) return [word.slice(0, -2), 'is']
    if (word.includes("'")) return word.replace(apostropheEnding, '').replaceAll("'", '')
    return word.includes(',') ? word.replaceAll(',', '') : word
  })
}

/** Lower case without accents, and one kind of apostrophe. Most texts are plain already, and are left as they are. */
function simplify(text: string): string {
  if (/^[\n\x20-\x5f\x61-\x7e]*$/.test(text)) return text.toLowerCase()
  const plain = text.normalize('NFKC').replace(apostrophes, "'").toLowerCase()
  return plain.normalize('NFD').replace(combiningMarks, '')
}

/** Forms that no rule of endings joins to their verb. */
const irregular = new Map(
  'broke:break broken:break built:build found:find chose:choose chosen:choose wrote:write written:write taught:teach ran:run went:go gone:go kept:keep held:hold led:lead made:make paid:pay sold:sell bought:buy spent:spend sent:send took:take taken:take thought:think brought:bring began:begin begun:begin grew:grow grown:grow knew:know known:know saw:see seen:see spoke:speak spoken:speak understood:understand won:win lost:lose left:leave met:meet said:say told:tell drew:draw drawn:draw hid:hide hidden:hide stole:steal stolen:steal children:child men:man women:woman analyses:analysis analyse:analyze analysed:analyze analysing:analyze'
    .split(' ')
    .map((pair) => pair.split(':') as [string, string]),
)

/** Words that the rules of endings would throw together with others of another sense (useful/use, container/contain). */
const ownStems = new Map(
  [
    'useful',
    'production',
    'experience:experienced,experiences',
    'explainable:explainability',
    'transformer:transformers',
    'normalization:normalisation',
    'evening:evenings',
    'staging',
    'competition:competitions',
    'container:containers,containerization,containerisation',
    'internal',
    'incoming',
    'researcher:researchers',
    'specialize:specialized,specializes,specializing,specialise,specialised,specialises,specialising,specialization,specializations,specialisation,specialisations,speciality,specialty,specialties,specialism',
    'careful',
  ].flatMap((entry) => {
    const [stem = '', forms = ''] = entry.split(':')
    return [stem, ...forms.split(',')].filter(Boolean).map((form) => [form, stem] as const)
  }),
)

const stems = new Map<string, string>()
/** Words seen once are many (typos, names), so the memory of stems starts again when it is full. */
const mostStems = 50_000

/** The Porter2 stem of a word as `wordsOf` gives it; words of other scripts and `c++` stay as they are. */
export function stemOf(word: string): string {
  const known = stems.get(word)
  if (known !== undefined) return known
  if (stems.size >= mostStems) stems.clear()
  const own = ownStems.get(word)
  const stem =
    own !== undefined
      ? own
      : /^[a-z]{3,40}$/.test(word)
        ? porter2(irregular.get(word) ?? british(word))
        : word
  stems.set(word, stem)
  return stem
}

/** `optimisation` and `optimization` are one word to a reader, so they share a stem. */
function british(word: string): string {
  return word.length > 6 ? word.replace(/is(?=(?:e|ed|es|er|ers|ing|ation|ations)$)/, 'iz') : word
}
