/** Settings of the core, from the environment. */
export interface Settings {
  contentDir?: string | undefined
  /** Where the bot keeps what it has to remember. */
  dataDir: string
  /** `postgres://…`; without it there is a file in `dataDir`. */
  databaseUrl?: string | undefined
  /** 64 hexadecimal digits. */
  encryptionKey?: string | undefined
  /** Questions are kept for so many days; 0: not at all. */
  questionLogDays?: number | undefined
  /** Where the process listens for HTTP, when something needs it. */
  port: number
  logLevel: string
}

/** Settings with which the process cannot run, a line each: what is wrong and how to mend it. */
export class SettingsError extends Error {
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.problems = problems
  }
}

const names = [
  'CONTENT_DIR',
  'DATA_DIR',
  'DATABASE_URL',
  'ENCRYPTION_KEY',
  'LOG_LEVEL',
  'PORT',
  'QUESTION_LOG_DAYS',
]
const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
const aPort = 'it is a number from 1 to 65535'
const usual = { dataDir: 'data', logLevel: 'info', port: 3000 } as const

/** @returns the settings, or what is wrong with them, a line each */
export async function readSettings(
  environment: Record<string, string | undefined>,
): Promise<Settings | { problems: string[] }> {
  // An empty line in .env means "not set".
  const set = Object.fromEntries(
    Object.entries(environment).filter(([name, value]) => names.includes(name) && value !== ''),
  )
  // Loading zod takes as long as answering a question, and mostly nothing is set.
  if (Object.keys(set).length === 0) return usual
  const { z } = await import('zod')
  const schema = z.object({
    CONTENT_DIR: z.string().trim().min(1).optional(),
    DATA_DIR: z.string().trim().min(1).default(usual.dataDir),
    DATABASE_URL: z
      .string()
      .trim()
      .refine(isPostgres, 'it has to look like postgres://user:password@host:5432/database')
      .optional(),
    ENCRYPTION_KEY: z
      .string()
      .trim()
      .regex(/^[0-9a-f]{64}$/i, 'it has to be 64 hexadecimal digits; make one with: openssl rand -hex 32')
      .optional(),
    QUESTION_LOG_DAYS: z
      .string()
      .trim()
      .regex(/^\d{1,4}$/, 'it is a number of days, or 0 to keep no question')
      .transform(Number)
      .optional(),
    LOG_LEVEL: z
      .string()
      .trim()
      .toLowerCase()
      .pipe(z.enum(logLevels, `it is one of ${logLevels.join(', ')}`))
      .default(usual.logLevel),
    PORT: z.coerce.number(aPort).int(aPort).min(1, aPort).max(65_535, aPort).default(usual.port),
  })
  const parsed = schema.safeParse(set)
  if (parsed.success) {
    const { data } = parsed
    return {
      contentDir: data.CONTENT_DIR,
      dataDir: data.DATA_DIR,
      databaseUrl: data.DATABASE_URL,
      encryptionKey: data.ENCRYPTION_KEY,
      questionLogDays: data.QUESTION_LOG_DAYS,
      logLevel: data.LOG_LEVEL,
      port: data.PORT,
    }
  }
  return {
    problems: parsed.error.issues.map(
      (issue) => `${issue.path.join('.')}: ${issue.message} (mend it in .env or the environment)`,
    ),
  }
}

/** A password may hold a character that ends the part of a URL it stands in. */
function isPostgres(url: string): boolean {
  return /^postgres(?:ql)?:\/\//.test(url) && URL.canParse(url)
}

interface SettingsSchema<T> {
  safeParse(
    value: unknown,
  ):
    | { success: true; data: T }
    | { success: false; error: { issues: readonly { path: readonly PropertyKey[]; message: string }[] } }
}

/**
 * The settings of one platform; a line that is empty, or only spaces, is not set.
 *
 * @returns the settings, or what is wrong with them, a line each
 */
export function readSettingsOf<T>(
  schema: SettingsSchema<T>,
  environment: Record<string, string | undefined>,
  isOurs: (name: string) => boolean,
): { data: T } | { problems: string[] } {
  const set = Object.fromEntries(
    Object.entries(environment)
      .filter(([name, value]) => isOurs(name) && value?.trim())
      .map(([name, value]) => [name, value?.trim()]),
  )
  const parsed = schema.safeParse(set)
  if (parsed.success) return { data: parsed.data }
  return { problems: parsed.error.issues.map(({ path, message }) => `${String(path[0])}: ${message}`) }
}
