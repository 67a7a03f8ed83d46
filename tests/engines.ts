import { join } from 'node:path'
import { type BotDeps, createBot } from '../src/bot.ts'
import {
  type Answer,
  type Bot,
  type Compiled,
  createEngine,
  type Engine,
  indexKey,
  loadContent,
  type Reply,
} from '../src/index.ts'
import type { Members } from '../src/store/store.ts'
import { type Files, folderOf } from './folder.ts'

/** The folder that the bot is shipped with. */
export const shippedFolder = join(import.meta.dirname, '..', 'content')

let shipped: Promise<Engine> | undefined

/** The engine of the shipped content, built once in a test file. */
export function shippedEngine(): Promise<Engine> {
  shipped ??= loadContent(shippedFolder).then((content) => createEngine(content))
  return shipped
}

let kept: Promise<Compiled> | undefined

/** The shipped content as the build keeps it, made once in a test file: an app over it starts at once. */
export async function shippedCompiled(): Promise<Compiled> {
  kept ??= (async () => {
    const compiled: Compiled = new Map()
    const content = await loadContent(shippedFolder, { compiled })
    const engine = await createEngine(content)
    return compiled.set(indexKey(content.fingerprint), engine.snapshot())
  })()
  return new Map(await kept)
}

/** An engine over documents made by a test. */
export async function engineOf(files: Files): Promise<Engine> {
  return createEngine(await loadContent(folderOf(files)))
}

/** Nothing is kept of anybody. */
const nobody: Members = {
  get: async () => undefined,
  set: async () => {},
  remove: async () => {},
  forget: async () => 0,
}

/** A bot over one engine, without limits. */
export function botOf(engine: Engine, deps: Partial<BotDeps> = {}): Bot {
  return createBot({
    engine: () => engine,
    now: Date.now,
    limit: async () => undefined,
    keepFeedback: () => {},
    members: nobody,
    ...deps,
  })
}

/** The questions asked one after the other in one conversation; the answer to the last. */
export function talk(engine: Engine, ...questions: string[]): Answer {
  let answer: Answer | undefined
  for (const question of questions) answer = engine.answer(question, answer?.talk)
  if (answer === undefined) throw new Error('a conversation needs a question')
  return answer
}

/** All words of a reply that the bot says in a reader's sight, as one text. */
export function everyWord(reply: Reply): string {
  return JSON.stringify(reply)
}
