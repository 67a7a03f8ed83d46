import { z } from 'zod'
import { readSettingsOf } from '../../src/index.ts'

/** How the page is served. */
export interface WebSettings {
  /** What stands above the page. */
  title: string
  /** Other sites whose visitors may ask, such as `https://example.org`. */
  origins: readonly string[]
  /** So many reverse proxies stand in front, each of which adds to X-Forwarded-For. */
  proxies: number
  /** Opens the insights page; without it there is none. */
  token: string | undefined
}

const origin = z
  .string()
  .refine(isOrigin, 'each has to look like https://example.org, without a path')
  .transform((text) => new URL(text).origin)

const schema = z.object({
  WEB_TITLE: z.string().max(60, 'it has at most 60 characters').default('AI Career Bot'),
  WEB_ORIGINS: z
    .string()
    .transform((text) => text.split(',').flatMap((one) => one.trim() || []))
    .pipe(z.array(origin))
    .default([]),
  WEB_TRUST_PROXY: z
    .string()
    .regex(/^[0-9]$/, 'it is the number of reverse proxies in front of the bot, usually 1')
    .transform(Number)
    .default(0),
  WEB_TOKEN: z
    .string()
    .min(16, 'it has at least 16 characters; make one with: openssl rand -hex 24')
    .optional(),
})

/** @returns the settings, or what is wrong with them, a line each */
export function readWebSettings(
  environment: Record<string, string | undefined>,
): WebSettings | { problems: string[] } {
  const read = readSettingsOf(schema, environment, (name) => name.startsWith('WEB_'))
  if ('problems' in read) return read
  const { data } = read
  return {
    title: data.WEB_TITLE,
    origins: data.WEB_ORIGINS,
    proxies: data.WEB_TRUST_PROXY,
    token: data.WEB_TOKEN,
  }
}

function isOrigin(text: string): boolean {
  return /^https?:\/\/[^/?#\\@\s*]+\/?$/.test(text) && URL.canParse(text)
}
