import { PermissionFlagsBits } from 'discord.js'
import { bareToken } from './settings.ts'

/** What answering needs, and nothing else. */
const permissions =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.SendMessagesInThreads |
  PermissionFlagsBits.ReadMessageHistory

/**
 * The link that adds the bot to a server. The id of the application is the first part of its token.
 *
 * @returns undefined when the token is none
 */
export function inviteLink(token: string): string | undefined {
  const id = Buffer.from(bareToken(token).split('.')[0] ?? '', 'base64').toString('latin1')
  if (!/^\d{15,22}$/.test(id)) return undefined
  const query = new URLSearchParams({
    client_id: id,
    scope: 'bot applications.commands',
    permissions: String(permissions),
  })
  return `https://discord.com/oauth2/authorize?${query}`
}
