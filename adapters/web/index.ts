import { getRequestListener } from '@hono/node-server'
import { type Adapter, SettingsError } from '../../src/index.ts'
import type { AdapterContext } from '../registry.ts'
import { createClients } from './clients.ts'
import { readWebSettings } from './settings.ts'
import { createSite } from './site.ts'
import { createVisitors } from './visitor.ts'

/** @throws SettingsError when a WEB_ setting is not right */
export function createAdapter({ bot, logger, environment, mount }: AdapterContext): Adapter {
  const settings = readWebSettings(environment)
  if ('problems' in settings) throw new SettingsError(settings.problems)
  const visitors = createVisitors(bot, createClients(settings.proxies))
  const site = createSite({ bot, logger, settings, visitors })
  return {
    name: 'web',
    async start() {
      mount('', getRequestListener(site.fetch, { overrideGlobalObjects: false }))
    },
    // The server finishes what is being answered.
    async stop() {},
  }
}
