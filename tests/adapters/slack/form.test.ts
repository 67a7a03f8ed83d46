import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { actionIds, type PeerView, readableText } from '../../peers/slack/peer.ts'
import { expectClean, openStage, type Stage, transports } from './stage.ts'

describe.each(transports)('the form over %s', (transport) => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage({ transport })
  })
  afterAll(() => stage.close())
  beforeEach(() => stage.peer.clear())
  afterEach(() => expectClean(stage))

  /** Bolt acknowledges before the form is there. */
  async function form(user: string, callbackId?: string): Promise<PeerView> {
    const { peer } = stage
    if (callbackId !== undefined) await peer.globalShortcut({ callbackId, user })
    else await peer.command({ command: '/career', text: '', user })
    await expect.poll(() => peer.views(user).length).toBe(1)
    return peer.views(user)[0] as PeerView
  }

  async function answered(user: string, values: Record<string, string>): Promise<PeerView> {
    await stage.peer.viewSubmission({ user, values })
    return stage.peer.views(user).at(-1) as PeerView
  }

  it('opens with a command without words, "ask" without a question, and the shortcut', async () => {
    const view = await form('ann')
    expect(actionIds(view)).toEqual(['question', 'role', 'level'])
    await stage.peer.command({ command: '/career', text: ' ask ', user: 'ben' })
    await expect.poll(() => stage.peer.views('ben').length).toBe(1)
    expect(actionIds(await form('cleo', 'ask_career'))).toEqual(['question', 'role', 'level'])
  })

  it('shows the answer in its place, with buttons that lead on', async () => {
    await form('dan')
    const view = await answered('dan', { question: 'what does a data engineer do?' })
    expect(readableText(view)).toMatch(/data pipelines[\s\S]*Source: /i)
    const next = actionIds(view).find((id) => id.startsWith('open'))
    await stage.peer.blockAction({ actionId: String(next), view, user: 'dan' })
    await expect.poll(() => readableText(stage.peer.views('dan')[0] as PeerView)).not.toBe(readableText(view))
    expect(readableText(stage.peer.views('dan')[0] as PeerView)).toMatch(/Source: /)
  })

  it('takes a job and a level beside the question', async () => {
    const view = await form('eve')
    const pick = (id: string, label: string) =>
      optionsOf(view, id).find(({ text }) => text.text.toLowerCase().includes(label))?.value ?? ''
    const values = {
      question: 'how much do they earn?',
      role: pick('role', 'ai engineer'),
      level: pick('level', 'entry'),
    }
    expect(readableText(await answered('eve', values))).toMatch(/\$70,000/)
  })

  it('shows a comparison without a table, which a form cannot hold', async () => {
    await form('fay')
    const view = await answered('fay', { question: 'ML engineer vs data engineer' })
    expect(readableText(view)).toMatch(/Machine learning engineer and data engineer[\s\S]*Scala/)
  })

  it('says what it does not know, and survives anything that is typed', async () => {
    await form('gil')
    const off = await answered('gil', { question: 'do I need a visa to work in AI?' })
    expect(readableText(off)).toMatch(/don't have anything on .*visa/i)
    for (const question of ['?', '<!channel> & <@U012AB>', 'x'.repeat(1_000), '💥'.repeat(500)]) {
      await form('hal')
      const view = await answered('hal', { question })
      expect(readableText(view).trim()).not.toBe('')
      expect(readableText(view)).not.toMatch(/<!channel>|<@U012AB>/)
      await closeAll('hal')
    }
  })

  /** Slack tells nobody that a form without `notify_on_close` was closed. */
  async function closeAll(user: string): Promise<void> {
    await stage.peer.viewClosed({ user, all: true }).catch(() => {})
    expect(stage.peer.views(user)).toEqual([])
  }

  it('offers nothing that needs a channel', async () => {
    await form('ivy')
    expect(actionIds(await answered('ivy', { question: 'what is an AI engineer?' }))).not.toContain('share')
  })
})

function optionsOf(view: PeerView, id: string): { text: { text: string }; value: string }[] {
  const block = view.blocks.find(({ block_id }) => block_id === id)
  const element = block?.element as { options: { text: { text: string }; value: string }[] } | undefined
  return element?.options ?? []
}
