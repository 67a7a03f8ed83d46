import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { PeerMessage } from '../../peers/slack/peer.ts'
import { readableText } from '../../peers/slack/peer.ts'
import { expectClean, messageOf, openStage, type Stage, textOf, transports } from './stage.ts'

/** The id and value of the button, or of the menu's option, whose choice ends so. */
function find(content: unknown, ending: string): { actionId: string; value: string; isMenu: boolean } {
  const json = JSON.stringify(content)
  const button = /"action_id":"(tour\.(?:choice|move)\d+)","value":"([^"]+)"/g
  for (const [, actionId = '', value = ''] of json.matchAll(button))
    if (value.endsWith(ending)) return { actionId, value, isMenu: false }
  const option = new RegExp(`"value":"([^"]+\\.${ending.replace(/[?.]/g, '\\$&')})"`).exec(json)?.[1]
  if (option === undefined) throw new Error(`there is no ${ending} in ${json}`)
  return { actionId: 'tour.menu0', value: option, isMenu: true }
}

describe.each(transports)('the welcome tour over %s', (transport) => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage({ transport, environment: { SLACK_WELCOME: 'team' } })
  })
  afterAll(() => stage.close())
  beforeEach(() => stage.peer.clear())
  afterEach(() => expectClean(stage))

  const career = async (text: string, user: string): Promise<PeerMessage> =>
    messageOf(await stage.peer.command({ command: '/career', text, user }))

  async function press(message: PeerMessage, ending: string, user: string): Promise<PeerMessage> {
    const { actionId, value, isMenu } = find(message.blocks, ending)
    const { peer } = stage
    const pressed = await peer.blockAction({ actionId, message, user, ...(isMenu && { value }) })
    expect(pressed.status).toBe(200)
    const before = JSON.stringify(message.blocks)
    let after: PeerMessage | undefined
    await expect
      .poll(() => {
        after = peer.messages(message.channel).find(({ ts }) => ts === message.ts)
        return JSON.stringify(after?.blocks)
      })
      .not.toBe(before)
    return after ?? message
  }

  it('leads to a starter pack in one message that only the member sees, and over a restart', async () => {
    const interest = await press(await career('start', 'sam'), 'p.go', 'sam')
    expect(readableText(interest)).toMatch(/What interests you most/)
    const level = await press(interest, 'p.data-engineer', 'sam')
    expect(readableText(level)).toMatch(/How far are you/)
    await stage.restart('SIGKILL')
    if (transport === 'socket') await stage.peer.connectSocket()
    const resumed = await career('start', 'sam')
    expect(readableText(resumed)).toMatch(/Here is where you stopped[\s\S]*How far are you/)
    const pack = await press(resumed, 'p.entry', 'sam')
    expect(readableText(pack)).toMatch(/starter pack: data engineer[\s\S]*data pipelines[\s\S]*Source: /)
    expect(readableText(await career('next', 'sam'))).toMatch(/Your next step: mid level/)
  })

  it('fits private answers to what was told until the member is forgotten', async () => {
    await press(await press(await career('start', 'tess'), 'p.go', 'tess'), 'p.nlp-engineer', 'tess')
    expect(readableText(await career('which skills are needed?', 'tess'))).toMatch(
      /For an NLP engineer, as you told me/,
    )
    const mention = messageOf(
      await stage.peer.mention({ text: 'which skills are needed?', user: 'tess', channel: 'careers' }),
    )
    const open = await stage.peer.waitForMessage(({ thread_ts }) => thread_ts === mention.ts)
    expect(readableText(open)).not.toMatch(/as you told me/)
    expect(readableText(await career('forget-me', 'tess'))).toMatch(/forgotten everything about you/)
    expect(readableText(await career('which skills are needed?', 'tess'))).not.toMatch(/as you told me/)
  })

  it('begins in the Home tab, in a form', async () => {
    const { peer } = stage
    await peer.homeOpened({ user: 'hal' })
    await expect.poll(() => peer.home('hal')).toBeDefined()
    const home = peer.home('hal')
    if (home === undefined) throw new Error('there is no Home')
    await peer.blockAction({ actionId: 'begin', view: home, user: 'hal' })
    await expect.poll(() => peer.views('hal').length).toBe(1)
    const [view] = peer.views('hal')
    if (view === undefined) throw new Error('there is no form')
    const { actionId } = find(view, 'p.go')
    await peer.blockAction({ actionId, view, user: 'hal' })
    await expect.poll(() => JSON.stringify(peer.views('hal'))).toMatch(/What interests you most/)
  })

  it('is offered once to whoever joins the workspace, in a direct message', async () => {
    const { peer } = stage
    await peer.teamJoin({ user: 'nora' })
    await peer.teamJoin({ user: 'nora' })
    const dm = peer.dmChannel('nora')
    const greeting = await peer.waitForMessage(({ channel }) => channel === dm)
    expect(readableText(greeting)).toMatch(/Welcome/)
    await peer.blockAction({ actionId: 'begin', message: greeting, user: 'nora' })
    const tour = await peer.waitForMessage(({ channel, ts }) => channel === dm && ts > greeting.ts)
    expect(readableText(tour)).toMatch(/Step 1 of 4/)
    expect(peer.messages(dm).filter((one) => JSON.stringify(one.blocks).includes('"begin"'))).toHaveLength(1)
    const interest = await press(tour, 'p.go', 'nora')
    expect(textOf(interest)).toMatch(/What interests you most/)
  })
})

describe('without SLACK_WELCOME', () => {
  it('nobody gets a message unasked', async () => {
    const stage = await openStage()
    await stage.peer.teamJoin({ user: 'quiet' }).catch(() => undefined)
    const answered = await stage.peer.command({ command: '/career', text: 'thanks', user: 'other' })
    expect(textOf(answered)).toMatch(/welcome/)
    expect(stage.peer.messages(stage.peer.dmChannel('quiet'))).toEqual([])
    await stage.close()
  })
})
