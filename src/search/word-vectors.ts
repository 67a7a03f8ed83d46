import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/**
 * What common English words mean: words that stand in the same company have vectors that point the same way. Made from
 * GloVe (public domain); `assets/README.md` has the source, the licence and the format of the file.
 */
export interface WordVectors {
  readonly dimensions: number
  /**
   * Adds up the vectors of the words, the telling ones counting more; words without a vector count nothing.
   * @param words lower case, as `wordsOf` gives them
   */
  sumOf(words: readonly string[]): Float64Array
}

let opened: WordVectors | undefined

/** Read at the first use (1.8 MB, once for a process). */
export function wordVectors(): WordVectors {
  opened ??= openWordVectors(readFileSync(createRequire(import.meta.url).resolve('#word-vectors')))
  return opened
}

/** FNV-1a of a word's UTF-16 units, 32 bits: the words themselves would take longer to read and to search. */
export function hashOf(word: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193)
  return hash >>> 0
}

/** Where a hash stands in a sorted list, or -1. */
export function placeOf(wanted: number, hashes: Uint32Array): number {
  let low = 0
  let high = hashes.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (hashes[middle]! < wanted) low = middle + 1
    else high = middle
  }
  return hashes[low] === wanted ? low : -1
}

function openWordVectors(file: Buffer): WordVectors {
  const count = file.readUInt32LE(0)
  const dimensions = file.readUInt32LE(4)
  const vectorsAt = 8 + 4 * count
  const weightsAt = vectorsAt + count * dimensions
  const vectors = new Int8Array(file.buffer, file.byteOffset + vectorsAt, count * dimensions)
  // A copy, so that it begins where 32-bit numbers may begin.
  const hashes = new Uint32Array(Uint8Array.from(file.subarray(8, vectorsAt)).buffer)

  return {
    dimensions,
    sumOf(words) {
      const sum = new Float64Array(dimensions)
      for (const word of words) {
        const index = placeOf(hashOf(word), hashes)
        if (index < 0) continue
        const weight = file[weightsAt + index]!
        const start = index * dimensions
        for (let d = 0; d < dimensions; d++) sum[d]! += weight * vectors[start + d]!
      }
      return sum
    },
  }
}
