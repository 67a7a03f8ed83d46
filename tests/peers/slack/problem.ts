/** A JSON object whose members are not known yet. */
export type Json = Record<string, unknown>

/** Where in a payload something stands. */
export type Path = readonly (string | number)[]

/** What is wrong and where; `path` is empty for the payload as a whole. */
export interface Problem {
  path: Path
  problem: string
}

/** Whether a value is a JSON object (not null, not an array). */
export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The JSON objects in a list; nothing when the value is no list. */
export const jsonList = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isJson) : [])

/** The text of a value, empty when it is none. */
export const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** The problem in Slack's own words: `what is wrong [json-pointer:/blocks/0/text]`. */
export const describeProblem = ({ path, problem }: Problem): string =>
  path.length === 0 ? problem : `${problem} [json-pointer:/${path.join('/')}]`
