import { type Core, refuse, SlackError } from './core.ts'
import { type ArgumentType, COMMON_ARGUMENTS, type MethodSpec } from './methods.ts'
import { isJson, type Json, type Problem } from './problem.ts'

const parseJson = (source: string): unknown => {
  try {
    return JSON.parse(source)
  } catch {
    return source
  }
}

// Everything in a form is text.
const fromForm = (value: string, type: ArgumentType): unknown => {
  if (type === 'json') return parseJson(value)
  if (type === 'boolean') return /^(true|1)$/.test(value) ? true : /^(false|0)$/.test(value) ? false : value
  return type === 'number' && /^\d+$/.test(value) ? Number(value) : value
}

/** The arguments of a call, given as a form or as JSON, by the types that the method declares. */
export const readArguments = (body: string, contentType: string, spec: MethodSpec | undefined): Json => {
  if (contentType.startsWith('application/json')) {
    const parsed = body === '' ? {} : parseJson(body)
    if (!isJson(parsed)) throw new SlackError('invalid_json')
    return parsed
  }
  const types: Readonly<Record<string, ArgumentType>> = { ...spec?.required, ...spec?.optional }
  const form = [...new URLSearchParams(body)]
  return Object.fromEntries(form.map(([name, value]) => [name, fromForm(value, types[name] ?? 'string')]))
}

const fits = (value: unknown, type: ArgumentType): boolean =>
  type === 'json' ? typeof value === 'object' && value !== null : typeof value === type

const wrongTypes = (args: Json, spec: MethodSpec): string[] =>
  Object.entries({ ...spec.required, ...spec.optional }).flatMap(([name, type]) =>
    args[name] === undefined || fits(args[name], type) ? [] : [name],
  )

/** Refuses missing arguments and wrong types; records unknown ones, which Slack passes over. */
export const checkArguments = (core: Core, method: string, args: Json, spec: MethodSpec): void => {
  const known = { ...COMMON_ARGUMENTS, ...spec.required, ...spec.optional }
  for (const name of Object.keys(args).filter((argument) => !Object.hasOwn(known, argument))) {
    core.violations.push({ where: method, body: args, problem: `unknown argument: ${name}` })
  }
  const missing = Object.keys(spec.required).filter((name) => args[name] === undefined || args[name] === '')
  const wrong = wrongTypes(args, spec)
  const problems: Problem[] = [
    ...missing.map((name) => ({ path: [], problem: `missing required field: ${name}` })),
    ...wrong.map((name) => ({
      path: [name],
      problem: `must be of type ${spec.required[name] ?? spec.optional[name]}`,
    })),
  ]
  refuse(
    core,
    method,
    args,
    problems,
    wrong.includes('blocks') ? 'invalid_blocks_format' : 'invalid_arguments',
  )
}
