/**
 * One million hostile questions: nothing may throw, and no answer may take longer than 50 ms.
 * `npm run test:million`, or with a number of questions and a seed: `npm run test:million -- 10000 7`.
 */
import { createEngine, loadContent } from '../src/index.ts'
import { shippedFolder } from './engines.ts'
import { chanceFrom, generatorsOf, wordsOfContent } from './generators.ts'

/** An answer that takes longer holds up everybody else's. Milliseconds. */
const slowest = 50
const warmUp = 100

const [total = 1_000_000, seed = 1] = process.argv.slice(2).map(Number)
const engine = await createEngine(await loadContent(shippedFolder))
const chance = chanceFrom(seed)
const generators = Object.entries(generatorsOf(wordsOfContent(engine.content), chance))

/** Mostly what people send, with a share up to the 4,000 characters that a platform lets through. */
function length(): number {
  const share = chance()
  const most = share < 0.9 ? 60 : share < 0.99 ? 300 : 4_000
  return 1 + Math.floor(chance() * most)
}

function timed(question: string): number {
  const began = performance.now()
  engine.answer(question)
  return performance.now() - began
}

interface Share {
  questions: number
  time: number
  slowest: number
}

const shares = new Map<string, Share>(
  generators.map(([name]) => [name, { questions: 0, time: 0, slowest: 0 }]),
)
let failures = 0
let slow = 0
const began = performance.now()

function report(message: string, question: string): void {
  process.stdout.write(
    `\n${message}: ${JSON.stringify(question.slice(0, 300))} (${question.length} characters)\n`,
  )
}

for (let i = 0; i < total; i++) {
  const [name, generate] = generators[i % generators.length]!
  const question = generate(length())
  const share = shares.get(name)!
  try {
    let took = timed(question)
    if (i >= warmUp) {
      // The machine is noisy and the engine collects garbage: what is slow is asked again.
      for (let again = 0; again < 3 && took > slowest; again++) took = Math.min(took, timed(question))
      share.questions++
      share.time += took
      share.slowest = Math.max(share.slowest, took)
      if (took > slowest) {
        slow++
        report(`${took.toFixed(1)} ms`, question)
      }
    }
  } catch (error) {
    failures++
    report(`throws ${error instanceof Error ? error.message : error}`, question)
  }
  if (process.stdout.isTTY && i % 1_000 === 0)
    process.stdout.write(`\r\u001b[K${i.toLocaleString('en')} of ${total.toLocaleString('en')}`)
}

const seconds = (performance.now() - began) / 1_000
if (process.stdout.isTTY) process.stdout.write('\r\u001b[K')
for (const [name, { questions, time, slowest: worst }] of shares)
  process.stdout.write(
    `${name.padEnd(12)} ${(time / questions).toFixed(3)} ms on average, slowest ${worst.toFixed(1)} ms\n`,
  )
const worst = Math.max(...[...shares.values()].map((share) => share.slowest))
process.stdout.write(
  `${total.toLocaleString('en')} questions in ${seconds.toFixed(0)} s: ${failures} threw, ${slow} slower than ${slowest} ms, slowest ${worst.toFixed(1)} ms\n`,
)
process.exitCode = failures > 0 || slow > 0 ? 1 : 0
