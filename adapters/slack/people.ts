import type { Logger } from '../../src/index.ts'
import { faultOf } from './faults.ts'

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

/**
 * Does something at Slack; when it fails, the log says what to do about it, and the member who can mend it is told.
 *
 * @returns false when it failed
 */
export async function explained(
  logger: Logger,
  tell: ((text: string) => Promise<unknown>) | undefined,
  act: () => Promise<unknown>,
): Promise<boolean> {
  try {
    await act()
    return true
  } catch (error) {
    const { code, mend, tell: text } = faultOf(error)
    logger.warn({ platform: 'slack', code, mend }, 'Slack refused')
    if (tell !== undefined && text !== undefined)
      await tell(text).catch((again: unknown) =>
        logger.warn({ platform: 'slack', code: faultOf(again).code }, 'the member could not be told'),
      )
    return false
  }
}
