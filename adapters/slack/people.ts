import type { BlockAction, webApi } from '@slack/bolt'
import type { Logger } from '../../src/index.ts'
import { faultOf } from './faults.ts'
import { notice } from './render.ts'
import { respondTo } from './respond.ts'

/** Tells a member something that nobody else sees. */
type Teller = (text: string) => Promise<unknown>

/** A member's talk with the bot in one place: a channel, a thread or a direct message. */
export function whoAsks(team: string | undefined, user: string, place: string | undefined) {
  return { conversation: `slack:${team}:${place}:${user}`, member: `slack:${team}:${user}` }
}

/** What a member wrote, without Slack's own markup around names, channels and links. */
export function plainTextOf(text = '', bot?: string): string {
  return text
    .replace(/<@([A-Z0-9]+)(?:\|[^>]*)?>/g, (_, id: string) => (id === bot ? ' ' : ' somebody '))
    .replace(/<#[A-Z0-9]+(?:\|([^>]*))?>/g, ' $1 ')
    .replace(/<![^>]*>/g, ' ')
    .replace(/<[^<>|]+\|([^<>]*)>/g, '$1')
    .replace(/<([^<>]*)>/g, '$1')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .trim()
}

/** True in the bot's own messages with a member; in those of two people it cannot write, and is called there in private. */
export function isDirect({ channel, container }: BlockAction): boolean {
  return (channel?.id.startsWith('D') ?? false) && container.is_ephemeral !== true
}

/**
 * @param url the `response_url` of what they did, to tell them where they did it; without it, or when Slack does not take
 *   it, they get a direct message
 */
export function teller(client: webApi.WebClient, user: string, url?: string, thread?: string): Teller {
  const inDirect: Teller = (text) => client.chat.postMessage({ channel: user, ...notice(text) })
  if (!url) return inDirect
  return (text) =>
    respondTo(url, {
      response_type: 'ephemeral',
      ...(thread !== undefined && { thread_ts: thread }),
      ...notice(text),
    }).catch(() => inDirect(text))
}

/**
 * Does something at Slack; when it fails, the log says what to do about it, and the member who waits for it is told.
 *
 * @param tell undefined when nobody waits
 * @returns false when it failed
 */
export async function explained(
  logger: Logger,
  tell: Teller | undefined,
  act: () => Promise<unknown>,
): Promise<boolean> {
  try {
    await act()
    return true
  } catch (error) {
    const { code, mend, tell: text } = faultOf(error)
    logger.warn({ platform: 'slack', code, mend }, 'Slack refused')
    await tell?.(text).catch((again: unknown) =>
      logger.warn({ platform: 'slack', code: faultOf(again).code }, 'the member could not be told'),
    )
    return false
  }
}
