/** A platform that people talk on. Registered in `adapters/registry.ts`. */
export interface Adapter {
  readonly name: string
  /** Resolves when the adapter takes questions. */
  start(): Promise<void>
  /** Finishes what is in flight and lets go of everything. */
  stop(): Promise<void>
}
