import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { actionIds, assertNoMentions, type PeerView, readableText } from '../../peers/slack/peer.ts'
import { expectClean, openStage, type Stage, textOf, transports } from './stage.ts'

describe.each(transports)('Home over %s', (transport) => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage({ transport })
  })
  afterAll(() => stage.close())
  beforeEach(() => stage.peer.clear())
  afterEach(() => expectClean(stage))

  async function home(user: string): Promise<PeerView> {
    await stage.peer.homeOpened({ user })
    await expect.poll(() => stage.peer.home(user)).toBeDefined()
    return stage.peer.home(user) as PeerView
  }

  const opened = async (user: string): Promise<string> => {
    await expect.poll(() => stage.peer.views(user).length).toBe(1)
    return readableText(stage.peer.views(user)[0] as PeerView)
  }

  const pick = (user: string, actionId: string, value: string) =>
    stage.peer.blockAction({ actionId, value, home: true, user })

  /** What the pickers of a page show as picked. */
  const picked = (user: string): string[] =>
    [
      ...JSON.stringify(stage.peer.home(user)?.blocks).matchAll(
        /"initial_option":\{"text":\{[^}]*"text":"([^"]+)"/g,
      ),
    ].map(([, text]) => String(text))

  it('tells what can be asked, what is kept, and how to be forgotten', async () => {
    const text = readableText(await home('ann'))
    expect(text).toMatch(
      /You could ask[\s\S]*\?[\s\S]*What are you interested in\?[\s\S]*Your privacy[\s\S]*Forget me/,
    )
    assertNoMentions({ text: '', blocks: stage.peer.home('ann')?.blocks ?? [] })
  })

  it('opens an answer in a form', async () => {
    await home('ben')
    const first = actionIds(stage.peer.home('ben') ?? {}).find((id) => id.startsWith('show.start'))
    await stage.peer.blockAction({ actionId: String(first), home: true, user: 'ben' })
    expect(await opened('ben')).toMatch(/Source: /)
  })

  it('shows what the member asked last, to nobody else', async () => {
    await stage.peer.command({ command: '/career', text: 'what is an NLP engineer?', user: 'cleo' })
    expect(readableText(await home('cleo'))).toMatch(/Your last answers[\s\S]*NLP/)
    expect(readableText(await home('dan'))).not.toMatch(/Your last answers/)
  })

  it('keeps what was picked over a restart, takes it back, and forgets it', async () => {
    await home('eve')
    expect(picked('eve')).toEqual(['Any job', 'Any level'])
    const values = [...JSON.stringify(stage.peer.home('eve')?.blocks).matchAll(/"value":"([^"]+)"/g)].map(
      ([, value]) => String(value),
    )
    const role = values.find((value) => value === 'data engineer') ?? ''
    const level = values.find((value) => value === 'entry level') ?? ''
    await pick('eve', 'profile.role', role)
    await expect.poll(() => picked('eve')).toEqual(['Data engineer', 'Any level'])
    await pick('eve', 'profile.level', level)
    await expect.poll(() => picked('eve')).toEqual(['Data engineer', 'Entry level'])
    await stage.restart('SIGKILL')
    await home('eve')
    await expect.poll(() => picked('eve')).toEqual(['Data engineer', 'Entry level'])
    await pick('eve', 'profile.level', '-')
    await expect.poll(() => picked('eve')).toEqual(['Data engineer', 'Any level'])
    await stage.peer.blockAction({ actionId: 'forget', home: true, user: 'eve' })
    expect(await opened('eve')).toMatch(/I have forgotten everything about you/)
    await expect.poll(() => picked('eve')).toEqual(['Any job', 'Any level'])
  })

  it('suggests at most four prompts in the messages tab, and each of them has an answer', async () => {
    const { peer } = stage
    await peer.homeOpened({ user: 'fay', tab: 'messages' })
    const calls = () => peer.calls.filter(({ method }) => method === 'assistant.threads.setSuggestedPrompts')
    await expect.poll(() => calls().length).toBe(1)
    const prompts = calls()[0]?.args.prompts as { title: string; message: string }[]
    expect(prompts.length).toBeGreaterThan(0)
    expect(prompts.length).toBeLessThanOrEqual(4)
    for (const { message } of prompts)
      expect(textOf(await peer.command({ command: '/career', text: message, user: 'fay' }))).toMatch(
        /Source: /,
      )
  })

  it('says so when somebody picks too often', async () => {
    await home('gil')
    for (let i = 0; i < 31; i++) await pick('gil', 'profile.level', '-')
    expect(await opened('gil')).toMatch(/a lot of questions/)
  })
})
