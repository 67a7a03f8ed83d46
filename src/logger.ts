/** The logging that the core needs; pino fits. Message texts and secrets are never passed to it. */
export interface Logger {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}
