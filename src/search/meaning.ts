import type { Section } from '../content/section.ts'
import { wordsOf } from './text.ts'
import { wordVectors } from './word-vectors.ts'

/** Compares what a question and a section's sample questions mean, also where they share no word. */
export interface Meaning {
  /** The direction in which a question's words point; undefined when none of them has a vector. */
  of(words: readonly string[]): Direction | undefined
  /** How near the nearest of a section's title and sample questions comes, about -0.5 to 1. */
  to(section: Section, asked: Direction): number
  /** The directions of all sections as data, in base64. */
  snapshot(): string
}

/** A vector of length 1. */
type Direction = Float64Array

/** Directions of so many sections are kept ready. About 600 bytes each. */
const mostSections = 5_000
/** So many titles show what all sections have in common. */
const mostTypical = 100
/** From no more titles than this, what they share could as well be chance, and counts half or less. */
const fewTitles = 20
/** Directions are kept as whole numbers up to this. */
const scale = 127

/** @param snapshot made from the same sections in the same order */
export function createMeaning(sections: readonly Section[], snapshot?: string): Meaning {
  const known = new Map<Section, Int8Array>()
  let kept = snapshot
  let shared: Float64Array | undefined

  /** All sections speak of the same subject: only what one says beyond that tells it from the others. */
  function own(words: readonly string[]): Direction | undefined {
    shared ??= meanOf(titlesOf(sections))
    const direction = unit(wordVectors().sumOf(words))
    if (direction === undefined) return undefined
    for (let d = 0; d < direction.length; d++) direction[d]! -= shared[d]!
    return unit(direction)
  }

  /** From the snapshot, when they are first needed. */
  function recall(all: Buffer): void {
    let at = all.byteOffset
    for (const section of sections) {
      const length = (1 + section.questions.length) * wordVectors().dimensions
      known.set(section, new Int8Array(all.buffer, at, length))
      at += length
    }
  }

  function directionsOf(section: Section): Int8Array {
    if (kept !== undefined) {
      recall(Buffer.from(kept, 'base64'))
      kept = undefined
    }
    let found = known.get(section)
    if (found !== undefined) return found
    const { dimensions } = wordVectors()
    const questions = [section.title, ...section.questions]
    found = new Int8Array(questions.length * dimensions)
    for (const [i, question] of questions.entries()) {
      const direction = own(wordsOf(question))
      if (direction === undefined) continue
      for (let d = 0; d < dimensions; d++) found[i * dimensions + d] = Math.round(direction[d]! * scale)
    }
    if (known.size >= mostSections) known.clear()
    known.set(section, found)
    return found
  }

  return {
    of: own,
    to(section, asked) {
      const directions = directionsOf(section)
      let best = -1
      for (let start = 0; start < directions.length; start += asked.length) {
        let product = 0
        for (let d = 0; d < asked.length; d++) product += directions[start + d]! * asked[d]!
        best = Math.max(best, product / scale)
      }
      return best
    },
    snapshot: () =>
      Buffer.from(Int8Array.from(sections.flatMap((section) => [...directionsOf(section)])).buffer).toString(
        'base64',
      ),
  }
}

function titlesOf(sections: readonly Section[]): string[] {
  const step = Math.ceil(sections.length / mostTypical)
  return sections.filter((_, i) => i % step === 0).map((section) => section.title)
}

function meanOf(texts: readonly string[]): Float64Array {
  const mean = new Float64Array(wordVectors().dimensions)
  for (const text of texts) {
    const direction = unit(wordVectors().sumOf(wordsOf(text)))
    if (direction === undefined) continue
    for (let d = 0; d < mean.length; d++) mean[d]! += direction[d]! / (texts.length + fewTitles)
  }
  return mean
}

/** The vector itself, made 1 long; undefined when it points nowhere. */
function unit(vector: Float64Array): Direction | undefined {
  let squares = 0
  for (let d = 0; d < vector.length; d++) squares += vector[d]! * vector[d]!
  if (squares === 0) return undefined
  const length = Math.sqrt(squares)
  for (let d = 0; d < vector.length; d++) vector[d]! /= length
  return vector
}
