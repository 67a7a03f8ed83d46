import { isJson, type Json, type Path, type Problem } from './problem.ts'

/** Says what is wrong with a value that stands at a path. */
export type Check = (value: unknown, path: Path) => Problem[]

/** Checks of the members of an object, by their names. */
export type Fields = Readonly<Record<string, Check>>

const one = (path: Path, problem: string): Problem[] => [{ path, problem }]

/** Several checks of one value. */
export const all =
  (...checks: readonly Check[]): Check =>
  (value, path) =>
    checks.flatMap((check) => check(value, path))

/** A string of `min` to `max` characters. Lengths are in UTF-16 units, never less than Slack's count. */
export const string =
  (max: number, min = 1): Check =>
  (value, path) => {
    if (typeof value !== 'string') return one(path, 'must be a string')
    if (value.length < min) return one(path, `must be more than ${min - 1} characters`)
    return value.length > max ? one(path, `must be less than ${max + 1} characters`) : []
  }

/** A string that fits a pattern. */
export const matching =
  (pattern: RegExp, problem: string): Check =>
  (value, path) =>
    typeof value === 'string' && pattern.test(value) ? [] : one(path, problem)

/** An absolute http, https or mailto address of at most `max` characters. */
export const url = (max: number): Check =>
  all(string(max), matching(/^(https?:\/\/|mailto:)\S+$/, 'invalid url'))

/** true or false. */
export const flag: Check = (value, path) => (typeof value === 'boolean' ? [] : one(path, 'must be a boolean'))

/** A whole number within bounds. */
export const integer =
  (min: number, max: number): Check =>
  (value, path) =>
    Number.isInteger(value) && Number(value) >= min && Number(value) <= max
      ? []
      : one(path, `must be an integer from ${min} to ${max}`)

/** Any number. */
export const number: Check = (value, path) => (typeof value === 'number' ? [] : one(path, 'must be a number'))

/** One of these strings. */
export const oneOf =
  (...values: readonly string[]): Check =>
  (value, path) =>
    values.includes(String(value)) ? [] : one(path, `must be a valid enum value: ${values.join(', ')}`)

/** A list of `min` to `max` items. */
export const list =
  (item: Check, max: number, min = 1): Check =>
  (value, path) => {
    if (!Array.isArray(value)) return one(path, 'must be an array')
    if (value.length < min) return one(path, `no fewer than ${min} items allowed`)
    if (value.length > max) return one(path, `no more than ${max} items allowed`)
    return value.flatMap((entry: unknown, index) => item(entry, [...path, index]))
  }

const given = (value: Json, name: string): boolean => value[name] !== undefined && value[name] !== null

/** An object with these members and no others. */
export const object =
  (required: Fields, optional: Fields = {}): Check =>
  (value, path) => {
    if (!isJson(value)) return one(path, 'must be an object')
    const known = { ...required, ...optional }
    const missing = Object.keys(required).filter((name) => !given(value, name))
    return [
      ...missing.flatMap((name) => one(path, `missing required field: ${name}`)),
      ...Object.keys(value).flatMap((name) => {
        if (!Object.hasOwn(known, name)) return one(path, `invalid additional property: ${name}`)
        return given(value, name) ? (known[name]?.(value[name], [...path, name]) ?? []) : []
      }),
    ]
  }

/** An object whose `type` picks the check; a type that is not listed is a problem. */
export const byType =
  (types: Fields): Check =>
  (value, path) => {
    if (!isJson(value)) return one(path, 'must be an object')
    if (typeof value.type !== 'string') return one(path, 'missing required field: type')
    const check = Object.hasOwn(types, value.type) ? types[value.type] : undefined
    return check?.(value, path) ?? one([...path, 'type'], `unsupported type: ${value.type}`)
  }

/** A rule about an object as a whole; members of a wrong type are for other checks to notice. */
export const rule =
  (problem: string, holds: (value: Json) => boolean): Check =>
  (value, path) =>
    !isJson(value) || holds(value) ? [] : one(path, problem)
