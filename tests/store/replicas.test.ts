import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, it, onTestFinished } from 'vitest'
import { usualLimits } from '../../src/rate-limit.ts'
import { folderOf } from '../folder.ts'
import { postgresPlace, testDatabaseUrl } from './databases.ts'

const { perMember } = usualLimits
const replicas = 3
const members = 30
/** Each member asks twice as much as is allowed. */
const questions = members * perMember * 2
/** So many questions wait for one replica at once, so that a busy machine is not late. */
const underway = 4

interface Replica {
  ready: Promise<void>
  ask(number: number, member: string): void
  kill(): void
  end(): Promise<void>
  /** What it said about itself. */
  said(): string
}

function startReplica(settings: object, onReply: (number: number, kind: string) => void): Replica {
  const child = spawn(process.execPath, [
    '--import',
    'tsx',
    join(import.meta.dirname, 'replica.ts'),
    JSON.stringify(settings),
  ])
  onTestFinished(() => void child.kill('SIGKILL'))
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  // Whoever writes to a replica that was killed is not told in any other way.
  child.stdin.on('error', () => {})
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const ready = new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line === 'ready') return resolve()
      const [number, kind = ''] = line.split(' ')
      onReply(Number(number), kind)
    })
    void ended.then(() => reject(new Error(`it ended before it was ready: ${said}`)))
  })
  return {
    ready,
    ask: (number, member) => void child.stdin.write(`${number} ${member}\n`),
    kill: () => void child.kill('SIGKILL'),
    async end() {
      child.stdin.end()
      await ended
    },
    said: () => said,
  }
}

describe.runIf(testDatabaseUrl)(`${replicas} replicas on one PostgreSQL`, () => {
  it('keep every limit exactly while one of them is killed, and leave nobody without a reply', async () => {
    const place = await postgresPlace()
    onTestFinished(() => place.close())
    const contentDir = folderOf({ 'a.md': '# Plants\n\n## Watering a cactus\n\nWater it.\n' })
    const settings = { contentDir, ...place.config, questionLogDays: 1 }
    const replies = new Map<number, string>()
    const waiting: Set<number>[] = Array.from({ length: replicas }, () => new Set())
    let next = 0
    /** Asked of the replica that was killed, and without a reply: a balancer asks another one. */
    const again: number[] = []
    const lost = new Map<string, number>()
    const memberOf = (number: number): string => `member-${number % members}`
    let killed: number | undefined
    let finish = (): void => {}
    const finished = new Promise<void>((resolve) => {
      finish = resolve
    })

    const all: Replica[] = Array.from({ length: replicas }, (_, i) =>
      startReplica(settings, (number, kind) => {
        if (i === killed) return
        waiting[i]!.delete(number)
        replies.set(number, kind)
        if (killed === undefined && replies.size > questions / 3) kill()
        feed(i)
        if (replies.size === questions) finish()
      }),
    )
    function feed(i: number): void {
      while (i !== killed && waiting[i]!.size < underway) {
        const number = again.pop() ?? (next < questions ? next++ : undefined)
        if (number === undefined) return
        waiting[i]!.add(number)
        all[i]!.ask(number, memberOf(number))
      }
    }
    function kill(): void {
      killed = replicas - 1
      all[killed]!.kill()
      for (const number of waiting[killed]!) {
        again.push(number)
        lost.set(memberOf(number), (lost.get(memberOf(number)) ?? 0) + 1)
      }
      for (let i = 0; i < replicas; i++) feed(i)
    }

    await Promise.all(all.map(({ ready }) => ready))
    for (let i = 0; i < replicas; i++) feed(i)
    await finished
    await Promise.all(all.slice(0, -1).map((replica) => replica.end()))

    expect(killed).toBe(replicas - 1)
    expect(replies.size).toBe(questions)
    const admitted = new Map<string, number>()
    for (const [number, kind] of replies)
      if (kind !== 'limited') admitted.set(memberOf(number), (admitted.get(memberOf(number)) ?? 0) + 1)
    // What the killed one had counted before it could reply is used up.
    const wrong = [...admitted].filter(
      ([member, count]) => count > perMember || count < perMember - (lost.get(member) ?? 0),
    )
    expect(wrong).toEqual([])
    expect(admitted.size).toBe(members)
    for (const replica of all) expect(replica.said()).not.toContain('each process alone')
    if (process.env.KILLS) console.info(`${questions} questions, ${[...lost.values()].length} lost counts`)
  })
})
