import type { App, Installation, InstallationQuery, InstallationStore } from '@slack/bolt'
import type { Installations, Logger } from '../../src/index.ts'
import { soon } from './patience.ts'

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
      const found = await (known === undefined ? finding : soon(finding))
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

function keyOf({ isEnterpriseInstall, enterprise, team }: Installation): string {
  const id = isEnterpriseInstall ? enterprise?.id : team?.id
  if (id === undefined) throw new Error('Slack did not say which workspace it is')
  return `slack:${id}`
}

function keyOfQuery({ isEnterpriseInstall, enterpriseId, teamId }: InstallationQuery<boolean>): string {
  return `slack:${isEnterpriseInstall ? enterpriseId : teamId}`
}
