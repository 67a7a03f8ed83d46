import type { Logger } from '../src/index.ts'

/** pino takes time to load, and most runs of a command log nothing, so it comes with the first line. */
export function createLogger(level: string): Logger {
  let loaded: Promise<Logger> | undefined
  const log =
    (method: keyof Logger) =>
    (fields: object, message: string): void => {
      loaded ??= import('pino').then(({ pino }) => pino({ level }, process.stderr))
      loaded.then(
        (logger) => logger[method](fields, message),
        // A log that cannot be written must not be one more thing to log.
        (error: Error) => process.stderr.write(`${message} (the log cannot be written: ${error.message})\n`),
      )
    }
  return { info: log('info'), warn: log('warn'), error: log('error') }
}
