import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadContent } from '../src/content/load.ts'
import { growContent, writeContent } from './grow.ts'
import { median } from './measure.ts'
import { inProcess, root } from './processes.ts'
import type { Progress } from './progress.ts'
import type { SystemName } from './systems.ts'
import type { SystemResult } from './worker.ts'

export const content = join(root, 'content')
export const labelled = join(root, 'tests', 'eval', 'questions.jsonl')

const compared: SystemName[] = ['ai-career-bot', 'MiniSearch', 'lunr', 'fuse.js', 'FlexSearch', 'Orama']
export const grown = ['ai-career-bot', 'MiniSearch'] as const satisfies SystemName[]
export const sizes = [100, 1_000, 10_000, 100_000]

/** Fresh processes for each measurement; the medians count. */
const rounds = 3
/** A system that takes longer is measured once. Milliseconds. */
const tooLong = 10_000
/** Questions of the growth measurement. */
const fewQuestions = 50
/** Larger sizes are measured once: they take long and vary little. */
const largestRepeated = 1_000
/** Reading more Markdown than this would take longer than all the rest. */
const largestLoaded = 10_000

export type Measured = Omit<SystemResult, 'quality'>

export interface ComparedSystem extends SystemResult {
  system: SystemName
}

export interface GrowthPoint extends Measured {
  system: SystemName
}

export interface LoadPoint {
  sections: number
  load: number
}

/** All systems on the same sections and questions, in turn, so that a slow minute of the machine hits all of them. */
export async function compareSystems(progress: Progress): Promise<ComparedSystem[]> {
  const results = new Map<SystemName, SystemResult[]>(compared.map((system) => [system, []]))
  const slow = new Set<SystemName>()
  for (let round = 0; round < rounds; round++) {
    for (const [i, system] of compared.entries()) {
      if (slow.has(system)) continue
      progress.report(round * compared.length + i + 1, rounds * compared.length, `comparing: ${system}`)
      const began = performance.now()
      results
        .get(system)!
        .push(await inProcess({ kind: 'system', system, content, questions: labelled, budget: 5_000 }))
      if (performance.now() - began > tooLong) slow.add(system)
    }
  }
  return compared.map((system) => {
    const all = results.get(system)!
    return { system, ...medians(all), quality: all[0]!.quality }
  })
}

export async function measureGrowth(progress: Progress): Promise<GrowthPoint[]> {
  const points: GrowthPoint[] = []
  for (const [i, grownTo] of sizes.entries()) {
    const results = new Map<SystemName, SystemResult[]>(grown.map((system) => [system, []]))
    for (let round = 0; round < (grownTo > largestRepeated ? 1 : rounds); round++) {
      for (const system of grown) {
        progress.report(i + 1, sizes.length, `growing to ${grownTo} sections: ${system}`)
        const job = {
          kind: 'system',
          system,
          content,
          grownTo,
          questions: labelled,
          take: fewQuestions,
          budget: 1_000,
        } as const
        results.get(system)!.push(await inProcess(job))
      }
    }
    for (const system of grown) points.push({ system, ...medians(results.get(system)!) })
  }
  return points
}

/** Markdown files to sections, the part before indexing. */
export async function measureLoading(progress: Progress): Promise<LoadPoint[]> {
  const real = await loadContent(content)
  const points: LoadPoint[] = []
  for (const size of sizes.filter((size) => size <= largestLoaded)) {
    progress.report(points.length + 1, sizes.length - 1, `loading ${size} sections from Markdown`)
    const folder = mkdtempSync(join(tmpdir(), 'bench-'))
    try {
      writeContent(growContent(real, size).sections, content, folder)
      const times: number[] = []
      for (let round = 0; round < (size > largestRepeated ? 1 : rounds); round++) {
        const { sections, load } = await inProcess({ kind: 'load', content: folder })
        if (sections < size) throw new Error(`only ${sections} of ${size} made-up sections could be read`)
        times.push(load)
      }
      points.push({ sections: size, load: median(times) })
    } finally {
      rmSync(folder, { recursive: true })
    }
  }
  return points
}

function medians(results: readonly SystemResult[]): Measured {
  const middle = (of: (result: SystemResult) => number): number => median(results.map(of))
  return {
    sections: results[0]!.sections,
    build: middle((result) => result.build),
    memory: middle((result) => result.memory),
    memoryAfter: middle((result) => result.memoryAfter),
    p50: middle((result) => result.p50),
    p99: middle((result) => result.p99),
  }
}
