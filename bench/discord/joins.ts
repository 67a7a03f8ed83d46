/** 500 joins in 60 seconds: how many messages greet them, how long a newcomer waits, and whether Discord refuses any. */
import { setTimeout as wait } from 'node:timers/promises'
import { PermissionFlagsBits } from 'discord.js'
import { openStage } from '../../tests/adapters/discord/stage.ts'
import { messageText } from '../../tests/peers/discord/peer.ts'

const members = 500
const seconds = 60

const stage = await openStage({ environment: { DISCORD_WELCOME: 'on' } })
const { peer } = stage
const channel = peer.guilds[0]?.channels.find(({ name }) => name === 'welcome')?.id ?? ''
await peer.command({
  name: 'career-admin',
  subcommand: 'welcome',
  options: { mode: 'channel', channel },
  user: 'mona',
  permissions: PermissionFlagsBits.ManageGuild,
})
peer.clear()

const joinedAt = new Map<string, number>()
const began = Date.now()
for (let i = 0; i < members; i++) {
  await wait(Math.max(0, began + (i * seconds * 1000) / members - Date.now()))
  const { user } = peer.join({ user: `wave-${i}` })
  joinedAt.set(user.id, Date.now())
}

const waits = new Map<string, number[]>()
const seen = new Set<string>()
const giveUp = Date.now() + 60_000
while (waits.size < members && Date.now() < giveUp) {
  for (const message of peer.messages('welcome').filter(({ id }) => !seen.has(id))) {
    seen.add(message.id)
    for (const [, id = ''] of messageText(message).matchAll(/<@(\d+)>/g))
      waits.set(id, [...(waits.get(id) ?? []), Date.parse(message.timestamp) - (joinedAt.get(id) ?? 0)])
  }
  await wait(200)
}

const times = [...waits.values()].map(([first = 0]) => first).sort((a, b) => a - b)
const at = (share: number): string =>
  ((times[Math.floor(times.length * share)] ?? times.at(-1) ?? 0) / 1000).toFixed(1)
process.stdout.write(
  [
    `joins: ${members} in ${seconds} s`,
    `greeted: ${waits.size}, more than once: ${[...waits.values()].filter(({ length }) => length > 1).length}`,
    `messages: ${seen.size}`,
    `wait for the greeting: median ${at(0.5)} s, longest ${at(1)} s`,
    `429: ${peer.requests.filter(({ status }) => status === 429).length}, refused payloads: ${peer.violations.length}`,
    '',
  ].join('\n'),
)
await stage.close()
