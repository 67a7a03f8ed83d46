/** A Map of bounded size: whatever was set longest ago goes first. Setting a key again makes it the newest. */
export class Recent<K, V> extends Map<K, V> {
  readonly #most: number

  /** @param most so many entries are kept */
  constructor(most: number) {
    super()
    this.#most = most
  }

  override set(key: K, value: V): this {
    this.delete(key)
    super.set(key, value)
    for (const oldest of this.keys()) {
      if (this.size <= this.#most) break
      this.delete(oldest)
    }
    return this
  }
}
