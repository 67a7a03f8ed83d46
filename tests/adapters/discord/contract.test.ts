import { adapterContract } from '../../contracts/adapter.ts'
import { messageText } from '../../peers/discord/peer.ts'
import { openStage } from './stage.ts'

adapterContract('Discord', async () => {
  const stage = await openStage()
  const { peer } = stage
  return {
    hasMembers: true,
    async ask(text, { member = 'ann', place = 'general' } = {}) {
      const { message } = await peer.command({
        name: 'career',
        subcommand: 'ask',
        options: { question: text.slice(0, 1_000) },
        user: member,
        channel: place,
      })
      if (message === undefined) throw new Error('there was no message')
      return messageText(message)
    },
    close: stage.close,
  }
})
