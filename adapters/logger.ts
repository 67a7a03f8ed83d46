import type { Logger } from '../src/index.ts'

/** pino takes time to load, and most runs of a command log nothing, so it comes with the first line. */
export function createLogger(level: string): Logger {
  let loaded: Promise<Logger> | undefined
  const log =
    (method: keyof Logger) =>
    (fields: object, message: string): void => {
      loaded ??= import('pino').then(({ pino }) => pino({ level }, process.stderr))
      void loaded.then((logger) => logger[method](fields, message))
    }
  return { info: log('info'), warn: log('warn'), error: log('error') }
}
