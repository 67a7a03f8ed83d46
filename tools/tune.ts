/**
 * Moves general word vectors so that questions that ask for the same come to lie together: "pay" comes near "earn", and
 * "shift" leaves what has to do with gears. Each word that the questions use is shifted a little and weighed anew, and
 * one map turns all words, so that those which nobody used yet follow.
 *
 * The loss is that of contrastive learning (InfoNCE, van den Oord et al. 2018): of a batch of groups, one question of
 * each has to be told by another one of its group.
 */
import { chanceFrom } from '../tests/generators.ts'

/** Words as rows of `dimensions` numbers each, and how much each counts in a sum. */
export interface WordTable {
  dimensions: number
  rows: Float64Array
  weights: Float64Array
}

/** Questions that ask for the same, each as the numbers of its words. */
export type Group = readonly (readonly number[])[]

const rounds = 36
/** So often each group takes part in a round. */
const turns = 9
const batch = 128
/** How sharply near and far are told apart. */
const sharpness = 12
/** Words are left out now and then, so that none is leaned on alone. */
const leftOut = 0.15
/** What keeps the map, and shifts and weights, near to where they began. */
const stay = { map: 0.02, words: 0.4 / batch }
const rate = { map: 2e-3, shift: 2e-3, weight: 5e-3 }

export function tune(table: WordTable, groups: readonly Group[], onRound: (loss: number) => void): WordTable {
  const { dimensions: width } = table
  const chance = chanceFrom(1)
  const used = [...new Set(groups.flat(2))]
  const placeOf = new Map(used.map((word, place) => [word, place]))
  const own = groups.map((group) => group.map((words) => words.map((word) => placeOf.get(word)!)))
  const base = Float64Array.from(used.flatMap((word) => [...rowOf(table.rows, word, width)]))
  const map = learnt(width * width, rate.map)
  for (let d = 0; d < width; d++) map.values[d * width + d] = 1
  const shift = learnt(base.length, rate.shift)
  const louder = learnt(used.length, rate.weight)

  function present(): WordTable {
    const moved = base.map((value, i) => value + shift.values[i]!)
    const weights = Float64Array.from(used, (word, i) => table.weights[word]! * Math.exp(louder.values[i]!))
    return { dimensions: width, rows: times(moved, map.values, width), weights }
  }

  /** One step towards telling the batch's groups apart. @returns the loss */
  function learn(members: readonly number[], shared: Float64Array): number {
    const now = present()
    const pick = (): readonly number[][] =>
      members.map((member) => thinned(any(own[member]!, chance), chance))
    const [asked, other] = [pick(), pick()].map((lists) => lists.map((words) => direct(words, now, shared)))
    const gradient = { rows: new Float64Array(base.length), weights: new Float64Array(used.length) }
    const pulls = {
      asked: asked!.map(() => new Float64Array(width)),
      other: asked!.map(() => new Float64Array(width)),
    }
    let loss = 0
    for (const [i, one] of asked!.entries()) {
      const odds = softmax(other!.map((two) => sharpness * dot(one.direction, two.direction)))
      loss -= Math.log(Math.max(odds[i]!, 1e-9)) / members.length
      for (const [j, two] of other!.entries()) {
        const pull = ((odds[j]! - (i === j ? 1 : 0)) * sharpness) / members.length
        addTo(pulls.asked[i]!, two.direction, pull)
        addTo(pulls.other[j]!, one.direction, pull)
      }
    }
    for (const [i, one] of asked!.entries()) passBack(one, pulls.asked[i]!, now, gradient)
    for (const [i, two] of other!.entries()) passBack(two, pulls.other[i]!, now, gradient)
    const moved = base.map((value, i) => value + shift.values[i]!)
    const forMap = timesTurned(moved, gradient.rows, width)
    for (const [i, value] of map.values.entries())
      forMap[i]! += stay.map * (value - (i % (width + 1) === 0 ? 1 : 0))
    const forShift = times(gradient.rows, turned(map.values, width), width)
    map.step(forMap)
    shift.step(forShift.map((value, i) => value + stay.words * shift.values[i]!))
    louder.step(gradient.weights.map((value, i) => value * now.weights[i]! + stay.words * louder.values[i]!))
    return loss
  }

  for (let round = 0; round < rounds; round++) {
    const now = present()
    const shared = meanDirection(
      own.map(([title]) => title ?? []),
      now,
    )
    const losses = Array.from({ length: turns }, () => shuffled(own.length, chance)).flatMap((order) =>
      inBatches(order).map((members) => learn(members, shared)),
    )
    onRound(losses.reduce((sum, loss) => sum + loss, 0) / losses.length)
  }
  const rows = times(table.rows, map.values, width)
  const weights = Float64Array.from(table.weights)
  const last = present()
  for (const [place, word] of used.entries()) {
    rows.set(rowOf(last.rows, place, width), word * width)
    weights[word] = last.weights[place]!
  }
  return { dimensions: width, rows, weights }
}

/** Numbers that are learnt with Adam (Kingma and Ba 2015). */
function learnt(length: number, speed: number) {
  const values = new Float64Array(length)
  const means = new Float64Array(length)
  const squares = new Float64Array(length)
  let steps = 0
  return {
    values,
    step(gradient: Float64Array): void {
      steps++
      for (let i = 0; i < length; i++) {
        means[i] = 0.9 * means[i]! + 0.1 * gradient[i]!
        squares[i] = 0.999 * squares[i]! + 0.001 * gradient[i]! ** 2
        const mean = means[i]! / (1 - 0.9 ** steps)
        values[i]! -= (speed * mean) / (Math.sqrt(squares[i]! / (1 - 0.999 ** steps)) + 1e-8)
      }
    },
  }
}

/** A question's direction as `src/search/meaning.ts` takes it, and the lengths on the way there. */
function direct(words: readonly number[], { rows, weights, dimensions }: WordTable, shared: Float64Array) {
  const sum = new Float64Array(dimensions)
  for (const word of words) addTo(sum, rowOf(rows, word, dimensions), weights[word]!)
  const sumLength = Math.max(Math.sqrt(dot(sum, sum)), 1e-6)
  const first = sum.map((value) => value / sumLength)
  const rest = first.map((value, d) => value - shared[d]!)
  const restLength = Math.max(Math.sqrt(dot(rest, rest)), 1e-6)
  return { words, first, sumLength, restLength, direction: rest.map((value) => value / restLength) }
}

/** How words and weights have to move for a direction to be pulled. */
function passBack(
  { words, first, sumLength, restLength, direction }: ReturnType<typeof direct>,
  pull: Float64Array,
  { rows, weights, dimensions }: WordTable,
  gradient: { rows: Float64Array; weights: Float64Array },
): void {
  const along = dot(pull, direction)
  const rest = pull.map((value, d) => (value - along * direction[d]!) / restLength)
  const inward = dot(rest, first)
  const sum = rest.map((value, d) => (value - inward * first[d]!) / sumLength)
  for (const word of words) {
    addTo(rowOf(gradient.rows, word, dimensions), sum, weights[word]!)
    gradient.weights[word]! += dot(rowOf(rows, word, dimensions), sum)
  }
}

/** From no more than this, what titles share could as well be chance (`fewTitles` of `src/search/meaning.ts`). */
const fewTitles = 20

function meanDirection(titles: readonly (readonly number[])[], table: WordTable): Float64Array {
  const nothing = new Float64Array(table.dimensions)
  const mean = new Float64Array(table.dimensions)
  for (const words of titles)
    addTo(mean, direct(words, table, nothing).direction, 1 / (titles.length + fewTitles))
  return mean
}

function rowOf(rows: Float64Array, row: number, width: number): Float64Array {
  return rows.subarray(row * width, (row + 1) * width)
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let d = 0; d < a.length; d++) sum += a[d]! * b[d]!
  return sum
}

function addTo(sum: Float64Array, values: Float64Array, factor: number): void {
  for (let d = 0; d < sum.length; d++) sum[d]! += factor * values[d]!
}

/** Rows times a square matrix. */
function times(rows: Float64Array, matrix: Float64Array, width: number): Float64Array {
  const product = new Float64Array(rows.length)
  for (let at = 0; at < rows.length; at += width) {
    for (let d = 0; d < width; d++) {
      const factor = rows[at + d]!
      if (factor === 0) continue
      for (let e = 0; e < width; e++) product[at + e]! += factor * matrix[d * width + e]!
    }
  }
  return product
}

/** The first rows turned on their side, times the second. */
function timesTurned(first: Float64Array, second: Float64Array, width: number): Float64Array {
  const product = new Float64Array(width * width)
  for (let at = 0; at < first.length; at += width) {
    if (second[at] === 0) continue
    for (let d = 0; d < width; d++) {
      const factor = first[at + d]!
      for (let e = 0; e < width; e++) product[d * width + e]! += factor * second[at + e]!
    }
  }
  return product
}

function turned(matrix: Float64Array, width: number): Float64Array {
  return matrix.map((_, i) => matrix[(i % width) * width + Math.floor(i / width)]!)
}

function softmax(values: readonly number[]): number[] {
  const most = Math.max(...values)
  const odds = values.map((value) => Math.exp(value - most))
  const sum = odds.reduce((a, b) => a + b, 0)
  return odds.map((value) => value / sum)
}

function any<T>(list: readonly T[], chance: () => number): T {
  return list[Math.floor(chance() * list.length)]!
}

function thinned(words: readonly number[], chance: () => number): number[] {
  const kept = words.filter(() => chance() >= leftOut)
  return kept.length > 0 ? kept : [...words]
}

function shuffled(length: number, chance: () => number): number[] {
  const order = Array.from({ length }, (_, i) => i)
  for (let i = length - 1; i > 0; i--) {
    const j = Math.floor(chance() * (i + 1))
    ;[order[i], order[j]] = [order[j]!, order[i]!]
  }
  return order
}

/** Whole ones only: few groups are easily told apart. */
function inBatches(order: readonly number[]): number[][] {
  return Array.from({ length: Math.max(1, Math.floor(order.length / batch)) }, (_, i) =>
    order.slice(i * batch, (i + 1) * batch),
  )
}
