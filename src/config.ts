/** Settings of the core, from the environment. */
export interface Settings {
  contentDir?: string | undefined
  logLevel: string
}

const names = ['CONTENT_DIR', 'LOG_LEVEL']

/** @returns the settings, or what is wrong with them, a line each */
export async function readSettings(
  environment: Record<string, string | undefined>,
): Promise<Settings | { problems: string[] }> {
  // An empty line in .env means "not set".
  const set = Object.fromEntries(
    Object.entries(environment).filter(([name, value]) => names.includes(name) && value !== ''),
  )
  // Loading zod takes as long as answering a question, and mostly nothing is set.
  if (Object.keys(set).length === 0) return { logLevel: 'info' }
  const { z } = await import('zod')
  const schema = z.object({
    CONTENT_DIR: z.string().trim().min(1).optional(),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  })
  const parsed = schema.safeParse(set)
  if (parsed.success) return { contentDir: parsed.data.CONTENT_DIR, logLevel: parsed.data.LOG_LEVEL }
  return {
    problems: parsed.error.issues.map(
      (issue) => `${issue.path.join('.')}: ${issue.message}; mend it in .env or the environment`,
    ),
  }
}
