import { getRequestListener } from '@hono/node-server'
import { type Adapter, SettingsError } from '../../src/index.ts'
import type { AdapterContext } from '../registry.ts'
import { readWebSettings } from './settings.ts'
import { createSite } from './site.ts'

/** @throws SettingsError when a WEB_ setting is not right */
export function createAdapter(context: AdapterContext): Adapter {
  const settings = readWebSettings(context.environment)
  if ('problems' in settings) throw new SettingsError(settings.problems)
  const site = createSite(context, settings)
  return {
    name: 'web',
    async start() {
      context.mount('', getRequestListener(site.fetch))
    },
    // The server finishes what is being answered.
    async stop() {},
  }
}
