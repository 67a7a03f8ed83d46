import { type APIMessage, ComponentType, MessageFlags } from 'discord.js'
import { customIds, type DiscordPeer, type ReceivedCallback } from '../../tests/peers/discord/peer.ts'
import { type LabelledQuestion, readLines } from '../questions.ts'

export type Kind = 'ask' | 'role' | 'compare' | 'typing' | 'pressing'

/** Shares of the kinds, in twentieths; neighbours differ, as in a busy server. */
const pattern = (
  'ask typing pressing typing ask role typing ask pressing ask ' +
  'typing compare ask pressing typing ask role typing pressing ask'
).split(' ') as Kind[]

/** Coprime to the numbers of users, channels, questions and pattern, so that all combinations come up. */
const stride = { user: 769, channel: 37, question: 11, press: 31 }
/** The members, of whom none may ask more often than the bot lets them. */
const members = 2_000
/** Only newer answers are pressed: the older ones have scrolled away. */
const pressed = 500

/** A channel for each tenth member. */
export const channelCount = 200

/** The `i`th interaction of a schedule, always the same for the same `i`. */
export type Send = (i: number) => { kind: Kind; callback: Promise<ReceivedCallback> }

/** @param file labelled questions, a JSON object a line */
export function createTraffic(peer: DiscordPeer, file: string) {
  const lines = readLines<LabelledQuestion & { role?: string }>(file)
  const questions = lines.map(({ q }) => q)
  const roles = [...new Set(lines.flatMap(({ role }) => role ?? []))].map((id) => id.replaceAll('-', ' '))
  const channels = peer.guilds[0]?.channels ?? []
  /** Answers with buttons, newest last. */
  const answers: APIMessage[] = []

  const nth = <T>(list: readonly T[], n: number): T => list[n % list.length]!
  const where = (i: number) => ({
    user: `member-${(i * stride.user) % members}`,
    channel: nth(channels, i * stride.channel).id,
    name: 'career',
  })
  const keep = async (callback: Promise<ReceivedCallback>): Promise<ReceivedCallback> => {
    const received = await callback
    const { message } = received
    if (message === undefined) return received
    // As it is from now on: whoever shared it took the Share button away.
    const before = answers.findIndex(({ id }) => id === message.id)
    if (before >= 0) answers.splice(before, 1)
    if (customIds(message).length > 0) answers.push(message)
    if (answers.length > pressed) answers.shift()
    return received
  }

  function call(kind: Kind, i: number): Promise<ReceivedCallback> {
    const [question, role, other] = [nth(questions, i * stride.question), nth(roles, i), nth(roles, i + 1)]
    const command = (subcommand: string, options: Record<string, string>) =>
      peer.command({ ...where(i), subcommand, options })
    switch (kind) {
      case 'ask':
        return command('ask', { question })
      case 'role':
        return command('role', { role })
      case 'compare':
        return command('compare', { first: role, second: other })
      case 'typing': {
        const typed = { question: question.slice(0, 1 + (i % 30)) }
        return peer.autocomplete({ ...where(i), subcommand: 'ask', options: typed, focused: 'question' })
      }
      case 'pressing': {
        const message = nth(answers, i * stride.press)
        return press(peer, message, nth(customIds(message), i), where(i).user)
      }
    }
  }

  return {
    /** The first answer with a button, to be pressed later. */
    seed: () => keep(peer.command({ ...where(0), subcommand: 'help' })),
    send: ((i) => {
      const kind = nth(pattern, i)
      return { kind, callback: keep(call(kind, i)) }
    }) satisfies Send,
    answers: answers as readonly APIMessage[],
  }
}

/** Presses a button or picks the first option of a menu; what only one member sees, that one presses. */
export function press(
  peer: DiscordPeer,
  message: APIMessage,
  customId: string,
  someone: string,
): Promise<ReceivedCallback> {
  const isPrivate = ((message.flags ?? 0) & MessageFlags.Ephemeral) !== 0
  const used = { message, customId, ...(isPrivate ? {} : { user: someone }) }
  const options = menuOptions(message.components ?? [], customId)
  return options === undefined ? peer.button(used) : peer.select({ ...used, values: options.slice(0, 1) })
}

interface Part {
  type: ComponentType
  custom_id?: string
  components?: readonly unknown[]
  options?: readonly { value: string }[]
}

function menuOptions(components: readonly unknown[], customId: string): string[] | undefined {
  for (const part of components as Part[]) {
    if (part.type === ComponentType.StringSelect && part.custom_id === customId)
      return part.options?.map(({ value }) => value)
    const within = menuOptions(part.components ?? [], customId)
    if (within !== undefined) return within
  }
  return undefined
}
