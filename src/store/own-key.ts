import { randomBytes } from 'node:crypto'
import type { Communities } from './store.ts'

/** Where a database keeps the key of its own for the hashes of members. */
export const memberKey = { community: 'bot', key: 'member-key' } as const

/** @returns undefined when no process has needed one yet */
export async function knownKey({ settings }: Communities): Promise<string | undefined> {
  const known = await settings.get(memberKey.community, memberKey.key)
  return typeof known === 'string' ? known : undefined
}

/** Made by the first process that needs it. */
export async function ownKey(communities: Communities): Promise<string> {
  const known = await knownKey(communities)
  if (known !== undefined) return known
  if (await communities.claim(memberKey.key, 10_000)) {
    const made = randomBytes(32).toString('hex')
    await communities.settings.set(memberKey.community, memberKey.key, made)
    return made
  }
  await new Promise((resolve) => setTimeout(resolve, 100))
  return ownKey(communities)
}
