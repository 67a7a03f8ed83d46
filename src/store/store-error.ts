/** The database cannot do what it was asked. The message names the setting and the fix, and never holds a secret. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
  /** True: the same may work later, when the database is back or the setting is mended. */
  readonly mayPass: boolean
  constructor(message: string, mayPass = true) {
    super(message)
    this.mayPass = mayPass
  }
}
