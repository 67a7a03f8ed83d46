import { mkdtempSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type Bot, createApp, type Reply, replyText } from '../../src/index.ts'
import { shippedCompiled, shippedFolder } from '../engines.ts'
import { places } from '../store/databases.ts'

const quiet = { debug() {}, info() {}, warn() {}, error() {}, child: () => quiet } as never

async function appOf(config: Partial<Parameters<typeof createApp>[0]>) {
  const dataDir = config.dataDir ?? mkdtempSync(join(tmpdir(), 'career-tour-'))
  const app = await createApp(
    { contentDir: shippedFolder, ...config, dataDir },
    { logger: quiet, compiled: await shippedCompiled() },
  )
  onTestFinished(app.close)
  return { ...app, dataDir }
}

const who = (member: string) => ({ member, conversation: `${member}-talk`, isPrivate: true })

async function tour(bot: Bot, member: string, ...choices: string[]): Promise<Reply> {
  let reply = await bot.handle({ kind: 'start', ...who(member) })
  for (const choice of choices) reply = await bot.handle({ kind: 'step', choice, ...who(member) })
  return reply
}

const whole = ['welcome.p.go', 'interest.p.nlp-engineer', 'level.p.mid']
const ask = (bot: Bot, member: string, text = 'which skills are needed?') =>
  bot.handle({ kind: 'question', text, alone: true, ...who(member) })

/** Somebody listens, and never says a word. */
async function silentDatabase(): Promise<string> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => sockets.add(socket))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const address = server.address()
  return `postgres://nobody@127.0.0.1:${typeof address === 'object' ? address?.port : 0}/none`
}

describe('with the database away', () => {
  it.each([
    ['nobody there', async () => 'postgres://nobody@127.0.0.1:1/none'],
    ['somebody silent', silentDatabase],
  ])('the tour works in memory and says that it cannot save (%s)', async (_, address) => {
    const { bot } = await appOf({ databaseUrl: await address() })
    const pack = await tour(bot, 'ann', ...whole)
    expect(replyText(pack)).toMatch(/cannot save this just now[\s\S]*starter pack: NLP engineer/)
    expect(await ask(bot, 'ann')).toMatchObject({ told: expect.stringMatching(/NLP engineer/) })
    expect(await bot.handle({ kind: 'forget', ...who('ann') })).toMatchObject({
      text: expect.stringMatching(/could not forget what is in it/),
    })
    expect(await ask(bot, 'ann')).not.toHaveProperty('told')
  })

  it('answers never wait for a profile', async () => {
    const { bot } = await appOf({ databaseUrl: await silentDatabase() })
    // Two thousand lookups of a second each would take half an hour, longer than the test may.
    for (let i = 0; i < 2_000; i++) expect((await ask(bot, `member-${i % 200}-${i}`)).kind).toBe('answer')
  }, 60_000)

  it('newcomers are greeted, each once in a process', async () => {
    const { bot } = await appOf({ databaseUrl: 'postgres://nobody@127.0.0.1:1/none' })
    const joined = (...members: string[]) => bot.handle({ kind: 'joined', community: 'g', members })
    expect(await joined('ann', 'bob')).toMatchObject({ kind: 'greeting', members: ['ann', 'bob'] })
    expect(await joined('bob', 'cleo')).toMatchObject({ kind: 'greeting', members: ['cleo'] })
  })
})

describe('a member', () => {
  it('is greeted once in each community, by whichever process', async () => {
    const first = await appOf({})
    const second = await appOf({ dataDir: first.dataDir })
    const members = Array.from({ length: 100 }, (_, i) => `m${i}`)
    const joined = (bot: Bot, community: string) => bot.handle({ kind: 'joined', community, members })
    const replies = await Promise.all([joined(first.bot, 'a'), joined(second.bot, 'a')])
    const greeted = replies.flatMap((reply) => (reply.kind === 'greeting' ? reply.members : []))
    expect([...greeted].sort()).toEqual([...members].sort())
    expect(await joined(second.bot, 'b')).toMatchObject({ members })
  })

  it.each(places)('is gone from everything after forget-me, and nobody else is, in %s', async (_, make) => {
    const { config, dump, close: remove } = await make()
    onTestFinished(remove)
    const { bot, close } = await appOf({ ...config, questionLogDays: 7, encryptionKey: 'ab'.repeat(32) })
    // How often somebody asked in the last minute is kept for that minute, under a hash that nothing else has.
    const rows = async () =>
      (await dump())
        .split('\n')
        .filter((row) => !row.startsWith('rate_limits '))
        .sort()
    await tour(bot, 'other', ...whole)
    await bot.handle({ kind: 'joined', community: 'g', members: ['other'] })
    const before = await rows()
    await tour(bot, 'ann_%', ...whole)
    await ask(bot, 'ann_%', 'what is an embarrassing question?')
    for (const community of ['g', 'h']) await bot.handle({ kind: 'joined', community, members: ['ann_%'] })
    await expect.poll(async () => (await rows()).length).toBe(before.length + 4)
    await bot.handle({ kind: 'forget', ...who('ann_%') })
    expect(await rows()).toEqual(before)
    expect(await ask(bot, 'ann_%')).not.toHaveProperty('told')
    expect(await ask(bot, 'other')).toHaveProperty('told')
    expect(await bot.handle({ kind: 'joined', community: 'g', members: ['ann_%', 'other'] })).toMatchObject({
      members: ['ann_%'],
    })
    await close()
  })

  it('comes back from the next step that was only looked up', async () => {
    const { bot } = await appOf({})
    await tour(bot, 'ned', ...whole, 'pack.p.done')
    const looked = await bot.handle({ kind: 'next', ...who('ned') })
    const back = looked.kind === 'step' ? looked.moves.find(({ label }) => label === 'Back') : undefined
    const reply = await bot.handle({ kind: 'step', choice: back?.choice ?? '', ...who('ned') })
    expect(reply).toMatchObject({ kind: 'step', progress: { at: 3, of: 4 } })
    expect(replyText(reply)).not.toMatch(/earlier step/)
    const [level] = reply.kind === 'step' ? reply.choices : []
    const changed = await bot.handle({ kind: 'step', choice: level?.choice ?? '', ...who('ned') })
    expect(changed).toMatchObject({ kind: 'step', title: expect.stringMatching(/next step/) })
  })

  it('is told what is kept of them', async () => {
    const about = async (questionLogDays?: number) => {
      const { bot } = await appOf({ questionLogDays })
      return replyText(await bot.handle({ kind: 'about', conversation: 'c' }))
    }
    expect(await about()).toMatch(/Questions are not kept\..*forget-me/)
    expect(await about(30)).toMatch(/Questions are kept for 30 days, without names/)
  })

  it('is not named by what others look up', async () => {
    const { bot } = await appOf({})
    const look = async (member: string) => {
      await ask(bot, member, 'What does a robotics engineer do?')
      const home = await bot.handle({ kind: 'home', ...who('guest') })
      return home.kind === 'home' ? home.popular : undefined
    }
    for (const member of ['ann', 'ann', 'bob']) expect(await look(member)).toEqual([])
    expect(await look('cleo')).toMatchObject([{ label: expect.stringMatching(/robotics/i) }])
  })

  it('loses no click to another one that comes at the same time', async () => {
    const { bot } = await appOf({})
    await tour(bot, 'fast', 'welcome.p.go', 'interest.p.?')
    const clicks = Array.from({ length: 6 }, (_, i) => `quiz${i}.p.0`)
    const replies = await Promise.all(
      clicks.map((choice) => bot.handle({ kind: 'step', choice, ...who('fast') })),
    )
    expect(replies.at(-1)).toMatchObject({ title: 'What fits you', notes: [] })
  })
})

describe('tailoring', () => {
  it('happens in private only', async () => {
    const { bot } = await appOf({})
    await tour(bot, 'ann', ...whole)
    expect(await ask(bot, 'ann')).toHaveProperty('told', 'For an NLP engineer, as you told me:')
    const open = {
      kind: 'question',
      text: 'which skills are needed?',
      member: 'ann',
      conversation: 'c',
    } as const
    expect(await bot.handle(open)).not.toHaveProperty('told')
    expect(await bot.handle({ ...open, place: 'p' })).not.toHaveProperty('told')
  })

  it('never shows in what others read, however often it was leaned on in private', async () => {
    const { bot } = await appOf({})
    await tour(bot, 'ann', 'welcome.p.go', 'interest.p.nlp-engineer', 'level.s')
    const turn = (member: string, text: string, isPrivate: boolean) =>
      bot.handle({ kind: 'question', text, member, conversation: `${member} in a channel`, isPrivate })
    expect(await turn('ann', 'which skills are needed?', true)).toHaveProperty('told')
    await turn('ann', 'which tools?', true)
    const open = await turn('ann', 'where can I learn it?', false)
    expect(open).toEqual(await turn('nobody', 'where can I learn it?', false))
  })

  it('does not happen with what somebody else wrote', async () => {
    const { bot } = await appOf({})
    await tour(bot, 'ann', ...whole)
    const quoted = { kind: 'question', text: 'which skills are needed?', quoted: true, alone: true } as const
    expect(await bot.handle({ ...quoted, ...who('ann') })).not.toHaveProperty('told')
  })

  it('leaves alone what names another job, a comparison, small talk and what is not known', async () => {
    const { bot } = await appOf({})
    await tour(bot, 'ann', ...whole)
    for (const text of [
      'which skills does a data engineer need?',
      'ml engineer vs data engineer',
      'what is overfitting?',
      'thanks!',
      'how do I change a spark plug?',
      'do I need a visa for Canada?',
      'what does a robotics engineer do?',
      'is computer vision hard?',
    ]) {
      const tailored = await ask(bot, 'ann', text)
      expect(tailored, text).not.toHaveProperty('told')
      expect(tailored, text).toEqual(await ask(bot, 'nobody', text))
    }
  })

  it('fills a level, too', async () => {
    const { bot } = await appOf({})
    await tour(bot, 'lea', 'welcome.p.go', 'interest.p.ai-engineer', 'level.p.senior')
    expect(await ask(bot, 'lea', 'how much do they earn?')).toMatchObject({
      told: 'For an AI engineer at senior level, as you told me:',
      title: expect.stringMatching(/senior/i),
    })
    const browsed = await bot.handle({ kind: 'browse', subject: 'salary', ...who('lea') })
    expect(browsed).toMatchObject({ told: expect.stringMatching(/senior level/) })
    const named = await ask(bot, 'lea', 'how much does a junior earn?')
    expect(JSON.stringify(named)).toContain('$70,000')
  })
})
