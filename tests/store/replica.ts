/**
 * A bot among others on one database, without a platform: takes `<number> <member>` a line and prints `<number> <kind of
 * reply>`. Arguments: the settings as JSON.
 */
import { createInterface } from 'node:readline'
import { createApp, type Logger } from '../../src/index.ts'

const log = (_: object, message: string): void => void process.stderr.write(`${message}\n`)
const logger: Logger = { info: log, warn: log, error: log }
const app = await createApp(JSON.parse(process.argv[2] ?? ''), { logger })
const ask = (member: string, conversation: string) =>
  app.bot.handle({
    kind: 'question',
    text: 'How do I water a cactus?',
    conversation,
    member,
    platform: 'test',
  })
// The first question opens the database; how long that takes is no matter here.
await app.store.open?.()
await ask('first', 'first')
process.stdout.write('ready\n')
for await (const line of createInterface({ input: process.stdin })) {
  const [number = '', member = ''] = line.split(' ')
  void ask(member, number).then(({ kind }) => process.stdout.write(`${number} ${kind}\n`))
}
await app.close()
