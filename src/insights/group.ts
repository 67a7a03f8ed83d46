import { setImmediate } from 'node:timers/promises'
import { alike, type Keys, likenessOf } from '../search/similarity.ts'

/** How long counting may go on before those who ask get their turn. Milliseconds. */
const longestTurn = 20

/** @returns a function to await now and then, which lets other work run when it is time for it */
export function takingTurns(): () => Promise<void> {
  let began = performance.now()
  return async () => {
    if (performance.now() - began <= longestTurn) return
    await setImmediate()
    began = performance.now()
  }
}

/** Items that ask for the same; the first is the one that most people asked. */
export type Group<Item> = readonly [Item, ...Item[]]

/**
 * Puts questions that ask for the same together. The same items in the same order give the same groups: each joins the
 * group whose first item is most like it, or begins one.
 *
 * @param items most asked first
 */
export async function groupAlike<Item>(
  items: readonly Item[],
  keysOf: (item: Item) => Keys,
): Promise<Group<Item>[]> {
  const groups: { keys: Keys; items: [Item, ...Item[]] }[] = []
  // Only groups that share a key can be alike, and comparing with all of them would take the square of the time.
  const byKey = new Map<string, number[]>()
  const turn = takingTurns()
  for (const item of items) {
    const keys = keysOf(item)
    let best = -1
    let bestLikeness = 0
    const candidates = new Set(namesOf(keys).flatMap((key) => byKey.get(key) ?? []))
    for (const candidate of [...candidates].sort((a, b) => a - b)) {
      const likeness = likenessOf(keys, groups[candidate]!.keys)
      if (likeness < alike || likeness <= bestLikeness) continue
      best = candidate
      bestLikeness = likeness
    }
    if (best >= 0) groups[best]!.items.push(item)
    else {
      for (const key of namesOf(keys)) byKey.set(key, [...(byKey.get(key) ?? []), groups.length])
      groups.push({ keys, items: [item] })
    }
    await turn()
  }
  return groups.map((group) => group.items)
}

function namesOf({ own, others }: Keys): string[] {
  return [...own.keys(), ...others.keys()]
}
