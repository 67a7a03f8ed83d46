import { setTimeout as wait } from 'node:timers/promises'
import type { APIMessage } from 'discord.js'
import { customIds, type DiscordPeer, messageText } from '../../tests/peers/discord/peer.ts'
import { median } from '../measure.ts'
import { type BotName, startBot, startPeer } from './bots.ts'
import { type Load, manyChannels, questionFile, sendAll } from './load.ts'
import { createTraffic, press } from './traffic.ts'

export interface Start {
  /** Milliseconds from starting the process to READY, and from READY to the first answer; medians. */
  ready: number
  firstAnswer: number
}

/** A member uses a command the moment the bot is there. */
export async function measureStarts(name: BotName, times: number): Promise<Start> {
  const starts: Start[] = []
  for (let i = 0; i < times; i++) {
    const peer = await startPeer()
    const bot = await startBot(name, peer)
    const asked = {
      name: 'career',
      subcommand: 'ask',
      options: { question: 'What does a data engineer do?' },
    }
    const { at, sentAt } = await peer.command(asked)
    starts.push({ ready: bot.startedIn, firstAnswer: at - sentAt })
    await bot.stop()
    await peer.close()
  }
  return {
    ready: median(starts.map(({ ready }) => ready)),
    firstAnswer: median(starts.map(({ firstAnswer }) => firstAnswer)),
  }
}

/**
 * @param after milliseconds from READY
 * @returns MiB resident
 */
export async function measureIdle(name: BotName, guilds: number, after: number): Promise<number> {
  const peer = await startPeer({ guilds: Array.from({ length: guilds }, (_, i) => ({ name: `Guild ${i}` })) })
  const bot = await startBot(name, peer)
  await wait(after)
  const memory = bot.memory()
  await bot.stop()
  await peer.close()
  return memory
}

export interface Recovery {
  /** Answers from before whose button was pressed after the restart, and how many of those did their work. */
  pressed: number
  answered: number
  /** Milliseconds from starting the process again to READY. */
  ready: number
}

/** Ends the bot the hard way under load, starts it again and presses a button of each answer from before. */
export async function measureRecovery({ rate, seconds }: Load): Promise<Recovery> {
  const peer = await startPeer(manyChannels)
  const bot = await startBot('ours', peer)
  const traffic = createTraffic(peer, questionFile)
  await traffic.seed()
  // What is sent to a dead bot stays unanswered; Discord tells the member so.
  const load = sendAll(traffic.send, { rate, seconds })
  await wait((seconds * 1000) / 2)
  await bot.kill()
  const before = [...traffic.answers]
  const restarted = await startBot('ours', peer)
  await load
  const works = await pressAll(peer, before)
  await restarted.stop()
  await peer.close()
  return { pressed: works.length, answered: works.filter(Boolean).length, ready: restarted.startedIn }
}

/** Words of the sentences with which the bot says that it cannot. */
const refusal = /older version of me|went wrong/

async function pressAll(peer: DiscordPeer, messages: readonly APIMessage[]): Promise<boolean[]> {
  const works: boolean[] = []
  for (const [i, { id, channel_id }] of messages.entries()) {
    // As it is by now: whoever shared it before took the Share button away.
    const message = peer.messages(channel_id).find((one) => one.id === id)
    if (message === undefined) throw new Error(`the message ${id} is gone`)
    const ids = customIds(message)
    const pressed = press(peer, message, ids[i % ids.length] ?? '', `late-member-${i}`)
    works.push(
      await pressed.then(
        (callback) => callback.message === undefined || !refusal.test(messageText(callback.message)),
        () => false,
      ),
    )
  }
  return works
}
