import { type AppOptions, LogLevel } from '@slack/bolt'
import type { Logger } from '../../src/index.ts'
import { faultOf } from './faults.ts'

type BoltLogger = NonNullable<AppOptions['logger']>

/** For calls whose faults are logged by whoever makes them. */
export const silent: BoltLogger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  setName() {},
  getLevel: () => LogLevel.WARN,
}

/** Bolt's own lines hold requests now and then, so only that something happened is logged. */
export function createBoltLogger(logger: Logger): BoltLogger {
  const platform = 'slack'
  return {
    ...silent,
    warn: () => logger.warn({ platform }, 'Bolt warns'),
    error: (error: unknown) => logger.error({ platform, code: faultOf(error).code }, 'Bolt reports a fault'),
  }
}
