import type { App, Installation, InstallationQuery, InstallationStore, ReceiverEvent } from '@slack/bolt'
import { type Installations, type Logger, StoreError } from '../../src/index.ts'
import { soon } from './patience.ts'
import { notice } from './render.ts'
import { respondTo } from './respond.ts'

/** Without a token nothing can be answered, so its lookup may take most of the 3 s that Slack waits. Milliseconds. */
const tokenPatience = 2_000

/**
 * What Bolt needs to know of the workspaces, kept encrypted in the Store: any replica can answer any of them. While the
 * database is away, those that were answered before are answered on.
 */
export function createInstallationStore(installations: Installations): InstallationStore {
  const lastKnown = new Map<string, string>()

  async function find(key: string): Promise<string | undefined> {
    const known = lastKnown.get(key)
    try {
      const finding = installations.find(key)
      const found = await (known === undefined ? soon(finding, tokenPatience) : soon(finding))
      if (found === undefined) lastKnown.delete(key)
      else lastKnown.set(key, found)
      return found
    } catch (error) {
      if (known === undefined) throw error
      return known
    }
  }

  return {
    async storeInstallation(installation) {
      await installations.save(keyOf(installation), JSON.stringify(installation))
    },
    async fetchInstallation(query) {
      const found = await find(keyOfQuery(query))
      if (found === undefined) throw new Error('the app is not installed in this workspace')
      return JSON.parse(found) as Installation<'v2', boolean>
    },
    async deleteInstallation(query) {
      await installations.remove(keyOfQuery(query))
    },
  }
}

/** Tokens of a workspace that took the app away are removed at once. */
export function listenToRemoval(app: App, installations: Installations, logger: Logger): void {
  const remove = async (body: { team_id?: string; enterprise_id?: string }): Promise<void> => {
    const keys = [body.team_id, body.enterprise_id].filter((key) => key !== undefined)
    for (const key of keys) await installations.remove(`slack:${key}`)
    logger.info({ platform: 'slack', workspaces: keys }, 'the installation was removed')
  }
  app.event('app_uninstalled', ({ body }) => remove(body))
  app.event('tokens_revoked', async ({ event, body }) => {
    // Tokens of single members are none of ours.
    if (event.tokens.bot?.length) await remove(body)
  })
}

/** True when only the database kept Slack's request from being answered: the same may work later. */
export function isStoreFault(error: unknown): boolean {
  if (error instanceof StoreError) return error.mayPass
  // Bolt and its installer wrap what they caught.
  return error instanceof Error && 'original' in error && isStoreFault(error.original)
}

/**
 * While a workspace's token cannot be looked up, its events stay unacknowledged, so that Slack sends them again. What a
 * member did comes only once, so the member is told.
 */
export function tellWhileAway(process: (event: ReceiverEvent) => Promise<void>): typeof process {
  return async (event) => {
    try {
      await process(event)
    } catch (error) {
      if (!isStoreFault(error) || 'event_id' in event.body) throw error
      await tellAway(event)
    }
  }
}

async function tellAway({ body, ack }: ReceiverEvent): Promise<void> {
  const sorry = {
    response_type: 'ephemeral' as const,
    ...notice('I cannot look up this workspace right now. Please try again in a minute.'),
  }
  if ('command' in body) return ack(sorry)
  await ack()
  if (typeof body.response_url === 'string') await respondTo(body.response_url, sorry)
}

function keyOf({ isEnterpriseInstall, enterprise, team }: Installation): string {
  const id = isEnterpriseInstall ? enterprise?.id : team?.id
  if (id === undefined) throw new Error('Slack did not say which workspace it is')
  return `slack:${id}`
}

function keyOfQuery({ isEnterpriseInstall, enterpriseId, teamId }: InstallationQuery<boolean>): string {
  return `slack:${isEnterpriseInstall ? enterpriseId : teamId}`
}
