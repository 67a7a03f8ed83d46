import { type ChatInputCommandInteraction, type Interaction, InteractionContextType } from 'discord.js'
import type { Event } from '../../src/index.ts'
import { conversationOf } from './messages.ts'

export const platform = 'discord'

/** Who asks, and who reads along. */
export function askerOf(interaction: Interaction, isPrivate: boolean) {
  const { channelId, user } = interaction
  return {
    conversation: conversationOf(channelId ?? 'none', user.id),
    member: `discord:${user.id}`,
    platform,
    isPrivate: isPrivate || isDirect(interaction),
    // A private answer takes nobody's room.
    ...(isPrivate || channelId === null ? {} : { place: `discord:${channelId}` }),
  }
}

/** Nobody else reads along; in a group, or between two members, others do. */
export function isDirect({ context }: Interaction): boolean {
  return context === InteractionContextType.BotDM
}

/** What only the member should see, wherever it was asked. */
export function isAboutMember(name: string | null): boolean {
  return name === 'start' || name === 'next' || name === 'forget-me'
}

/** @returns undefined for a subcommand of another version */
export function eventOf(
  name: string | null,
  interaction: ChatInputCommandInteraction,
  asked: ReturnType<typeof askerOf>,
): Event | undefined {
  const option = (key: string): string | undefined => interaction.options.getString(key) ?? undefined
  const picked = { role: option('role'), level: option('level') }
  switch (name) {
    case 'ask':
      return { kind: 'question', text: option('question') ?? '', ...picked, ...asked }
    case 'compare':
      return { kind: 'compare', roles: [option('first') ?? '', option('second') ?? ''], ...asked }
    case 'role':
    case 'path':
    case 'salary':
    case 'learn':
      return { kind: 'browse', subject: name, ...picked, ...asked }
    case 'about':
    case 'help':
    case 'start':
    case 'next':
      return { kind: name, ...asked }
    case 'forget-me':
      return { kind: 'forget', ...asked }
    default:
      return undefined
  }
}
