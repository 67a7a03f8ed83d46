import { createMemory } from './conversation/memory.ts'
import type { Answer, Engine } from './engine.ts'
import type { Event } from './event.ts'

/** The one door for adapters: an event in, a reply out. It never throws for anything that a person can send. */
export interface Bot {
  handle(event: Event): Answer
}

/**
 * @param engine gives the present engine: it changes when the content does
 * @param now the time in milliseconds
 */
export function createBot(engine: () => Engine, now: () => number): Bot {
  const memory = createMemory(now)
  return {
    handle(event) {
      const answer = engine().answer(event.text, memory.recall(event.conversation))
      memory.remember(event.conversation, answer.talk)
      return answer
    },
  }
}
