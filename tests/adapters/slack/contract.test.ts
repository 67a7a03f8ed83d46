import { adapterContract } from '../../contracts/adapter.ts'
import { expectClean, isAfter, messageOf, openStage, type Stage, textOf, transports } from './stage.ts'

async function closeClean(stage: Stage): Promise<void> {
  await stage.close()
  expectClean(stage)
}

for (const transport of transports)
  adapterContract(`/career over ${transport}`, async () => {
    const stage = await openStage({ transport })
    const { peer } = stage
    return {
      hasMembers: true,
      ask: async (text, { member = 'ann', place = 'general' } = {}) =>
        textOf(await peer.command({ command: '/career', text, user: member, channel: place })),
      close: () => closeClean(stage),
    }
  })

adapterContract('direct messages in Slack', async () => {
  const stage = await openStage()
  const { peer } = stage
  return {
    hasMembers: true,
    async ask(text, { member = 'ann' } = {}) {
      const asked = messageOf(await peer.say({ text, user: member, dm: true }))
      return textOf(await peer.waitForMessage(isAfter(asked)))
    },
    close: () => closeClean(stage),
  }
})

adapterContract('mentions in Slack', async () => {
  const stage = await openStage({ transport: 'http' })
  const { peer } = stage
  const threads = new Map<string, string>()
  return {
    hasMembers: true,
    // What one member says in one place stands in one thread.
    async ask(text, { member = 'ann', place = 'general' } = {}) {
      const thread = threads.get(`${member} ${place}`)
      const call = { text, user: member, channel: place }
      const asked = messageOf(await peer.mention({ ...call, ...(thread && { thread }) }))
      threads.set(`${member} ${place}`, thread ?? asked.ts)
      return textOf(await peer.waitForMessage(isAfter(asked)))
    },
    close: () => closeClean(stage),
  }
})
