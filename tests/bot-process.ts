import { spawn } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')

/** A bot as `npm start` runs it, in a process of its own. */
export interface BotProcess {
  /** Everything written so far, to either stream. */
  log(): string
  /** Resolves when the log holds the words; rejects with the log when the process ends before. */
  says(words: string): Promise<void>
  /** Ends the process; resolves with its exit status, or null after a signal that it could not handle. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
  readonly ended: Promise<number | null>
}

/** Set and empty: a developer's own .env must not change what is tested. */
const unset = Object.fromEntries(
  [
    'CONTENT_DIR DATABASE_URL ENCRYPTION_KEY QUESTION_LOG_DAYS DISCORD_TOKEN DISCORD_API_URL DISCORD_GUILD_ID DISCORD_SHARDS DISCORD_ANSWER_CHANNELS DISCORD_WELCOME DISCORD_READ_POSTS',
    'SLACK_BOT_TOKEN SLACK_APP_TOKEN SLACK_SIGNING_SECRET SLACK_CLIENT_ID SLACK_CLIENT_SECRET SLACK_STATE_SECRET SLACK_WELCOME WEB_PAGE WEB_HOST WEB_TITLE WEB_ORIGINS WEB_TRUST_PROXY WEB_TOKEN',
  ].flatMap((names) => names.split(' ').map((name) => [name, ''])),
)

/** @param environment nothing else of our own settings reaches the process */
export function startBot(environment: Record<string, string>): BotProcess {
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => /^(?:PATH|HOME|TMPDIR|NODE_\w+)$/.test(name)),
  )
  const child = spawn(process.execPath, [join(root, 'dist/adapters/main.js')], {
    cwd: root,
    env: { ...inherited, ...unset, LOG_LEVEL: 'info', ...environment },
  })
  let text = ''
  const waiting = new Set<() => void>()
  const read = (chunk: Buffer): void => {
    text += chunk
    for (const check of waiting) check()
  }
  child.stdout.on('data', read)
  child.stderr.on('data', read)
  let isEnded = false
  const ended = new Promise<number | null>((resolve) =>
    child.once('close', (status) => {
      isEnded = true
      resolve(status)
      for (const check of waiting) check()
    }),
  )
  return {
    log: () => text,
    ended,
    says: (words) =>
      new Promise((resolve, reject) => {
        const check = (): void => {
          if (text.includes(words)) resolve()
          else if (isEnded) reject(new Error(`the process ended without saying "${words}":\n${text}`))
          else return
          waiting.delete(check)
        }
        waiting.add(check)
        check()
      }),
    stop(signal = 'SIGTERM') {
      child.kill(signal)
      return ended
    },
  }
}
