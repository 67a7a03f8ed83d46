/** Where in a request body something is wrong, and what; `path` is empty for the body as a whole. */
export interface Problem {
  path: readonly PropertyKey[]
  problem: string
}

/** A JSON object whose members are not known yet. */
export type Json = Record<string, unknown>

/** Whether a value is a JSON object (not null, not an array). */
export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The JSON objects in a list; nothing when the value is no list. */
export const jsonList = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isJson) : [])

/** The text of a value, empty when it is none. */
export const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** `data.embeds[0].name: what is wrong`, on one line. */
export const describeProblem = ({ path, problem }: Problem): string => {
  const where = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('')
  return where === '' ? problem : `${where.replace(/^\./, '')}: ${problem}`
}

/** Puts problems found inside a member below the path of that member. */
export const below = (path: readonly PropertyKey[], problems: readonly Problem[]): Problem[] =>
  problems.map((found) => ({ ...found, path: [...path, ...found.path] }))

/** Discord's nested `errors` object of a 50035 answer. */
export const nestedErrors = (problems: readonly Problem[]): Json => {
  const errors: Json = {}
  for (const { path, problem } of problems) {
    let level = errors
    for (const key of path) {
      const name = String(key)
      level[name] ??= {}
      level = level[name] as Json
    }
    level._errors = [...jsonList(level._errors), { code: 'INVALID', message: problem }]
  }
  return errors
}
