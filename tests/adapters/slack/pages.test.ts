import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  actionIds,
  assertNoMentions,
  type PeerMessage,
  type PeerView,
  readableText,
} from '../../peers/slack/peer.ts'
import { expectClean, messageOf, openStage, type Stage, textOf, transports } from './stage.ts'

const paragraphs = 120
const long = Array.from(
  { length: paragraphs },
  (_, i) => `Paragraph ${i + 1} tells something about tending bees. ${'It is a calm craft. '.repeat(8)}`,
).join('\n\n')
const rows = Array.from({ length: 130 }, (_, i) => `| Hive ${i} | ${'wood '.repeat(20)} |  |`).join('\n')
const content = {
  'bees.md': `# Bees

## Tending bees

${long}

## Hives

| Name | Made of | Left empty |
| --- | --- | --- |
${rows}

## Frames

${long}

| Frame | Made of | Used for |
| --- | --- | --- |
${Array.from({ length: 60 }, (_, i) => `| Frame ${i} | ${'pine '.repeat(12)} | ${'brood '.repeat(12)} |`).join('\n')}

## Smokers

| Smoker | Burns |
| --- | --- |
| Smoker 1 | pine needles |
| Smoker 2 | jute |

## Swarms

${'A swarm without any full stop and <!channel> & <@U012AB> '.repeat(500)}
`,
}

describe.each(transports)('a long answer over %s', (transport) => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage({ transport, content })
  })
  afterAll(() => stage.close())
  beforeEach(() => stage.peer.clear())
  afterEach(() => expectClean(stage))

  const ask = async (text: string): Promise<PeerMessage> =>
    messageOf(await stage.peer.command({ command: '/career', text }))

  async function turned(message: PeerMessage, actionId: string): Promise<PeerMessage> {
    await stage.peer.blockAction({ actionId, message })
    return stage.peer.waitForMessage(({ ts }) => ts > message.ts)
  }

  /** Each once, over all pages. */
  function expectEverything(read: readonly string[]): void {
    for (let i = 1; i <= paragraphs; i++)
      expect(read.filter((text) => text.includes(`Paragraph ${i} tells`))).toHaveLength(1)
    for (const text of read) expect(text).not.toMatch(/calm\n|a calm$/)
  }

  const totalOf = (text: string): number => Number(/Page 1 of (\d+)/.exec(text)?.[1])

  it('is cut into pages between paragraphs, there and back', async () => {
    let message = await ask('tending bees')
    const total = totalOf(textOf(message))
    expect(total).toBeGreaterThan(1)
    const read = [textOf(message)]
    for (let page = 1; page < total; page++) {
      message = await turned(message, `page.${page}`)
      expect(textOf(message)).toContain(`Page ${page + 1} of ${total}`)
      read.push(textOf(message))
    }
    expectEverything(read)
    expect(textOf(await turned(message, `page.${total - 2}`))).toContain(`Page ${total - 1} of ${total}`)
  })

  it('turns its pages in a form, too', async () => {
    const { peer } = stage
    await peer.command({ command: '/career', text: '' })
    await expect.poll(() => peer.views('ann').length).toBe(1)
    await peer.viewSubmission({ values: { question: 'tending bees' } })
    const now = () => readableText(peer.views('ann')[0] as PeerView)
    const total = totalOf(now())
    const read = [now()]
    for (let page = 1; page < total; page++) {
      await peer.blockAction({ actionId: `page.${page}` })
      await expect.poll(() => /Page \d+/.exec(now())?.[0], { timeout: 5_000 }).toBe(`Page ${page + 1}`)
      read.push(now())
    }
    expectEverything(read)
    expect(actionIds(peer.views('ann')[0] as PeerView)).not.toContain(`page.${total}`)
  })

  it('with more rows than a table takes is still readable in full', async () => {
    let message = await ask('hives')
    const total = totalOf(textOf(message)) || 1
    const read = [textOf(message)]
    for (let page = 1; page < total; page++) {
      message = await turned(message, `page.${page}`)
      read.push(textOf(message))
    }
    for (const i of [0, 64, 129])
      expect(read.filter((text) => new RegExp(`Hive ${i}\\b`).test(text))).toHaveLength(1)
  })

  it('with a table of many words is still readable in full', async () => {
    let message = await ask('frames')
    const total = totalOf(textOf(message))
    const read = [textOf(message)]
    for (let page = 1; page < total; page++) {
      message = await turned(message, `page.${page}`)
      read.push(textOf(message))
    }
    for (const i of [0, 31, 59])
      expect(read.filter((text) => new RegExp(`Frame ${i}\\b`).test(text))).toHaveLength(1)
  })

  it('shows a small table as one', async () => {
    expect((await ask('smokers')).blocks.map(({ type }) => type)).toContain('table')
  })

  it('which has no place to cut is within the limits, and its marks do nothing', async () => {
    const message = await ask('swarms')
    expect(textOf(message)).toMatch(/Page 1 of \d[\s\S]*Source: /)
    const next = await turned(message, 'page.1')
    for (const { text, blocks } of [message, next]) assertNoMentions({ text, blocks })
  })
})
