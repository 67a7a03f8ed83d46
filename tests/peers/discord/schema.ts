import type { ZodMiniType } from 'zod/mini'
import { below, isJson, type Json, type Problem } from './problem.ts'

type Issue = NonNullable<ReturnType<ZodMiniType['safeParse']>['error']>['issues'][number]

const atRoot = (issues: readonly Issue[]): number => (issues.some((issue) => issue.path.length === 0) ? 1 : 0)

// A union reports the complaints of every branch. The branch meant is one that has nothing against
// `type`, and rather one that complains about members than about the value as a whole.
const meantBranch = (branches: readonly (readonly Issue[])[]): readonly Issue[] => {
  const typed = branches.filter((issues) => !issues.some((issue) => issue.path[0] === 'type'))
  const candidates = typed.length > 0 ? typed : branches
  return [...candidates].sort((a, b) => atRoot(a) - atRoot(b) || a.length - b.length)[0] ?? []
}

const flatten = (issue: Issue): Problem[] => {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) {
    return [{ path: issue.path, problem: issue.message }]
  }
  return below(issue.path, meantBranch(issue.errors).flatMap(flatten))
}

// The parsed copy holds only the keys that the schema knows.
const unknownKeys = (given: unknown, known: unknown, path: readonly PropertyKey[]): Problem[] => {
  if (Array.isArray(given) && Array.isArray(known)) {
    return given.flatMap((item, index) => unknownKeys(item, known[index], [...path, index]))
  }
  if (!isJson(given) || !isJson(known)) return []
  return Object.entries(given).flatMap(([key, value]) =>
    key in known
      ? unknownKeys(value, known[key], [...path, key])
      : [{ path: [...path, key], problem: `unknown key "${key}"` }],
  )
}

const without = (body: unknown, keys: readonly string[]): unknown =>
  isJson(body) ? Object.fromEntries(Object.entries(body).filter(([key]) => !keys.includes(key))) : body

/**
 * Checks a value against one of Discord's schemas and reports keys that the schema does not know.
 * `accepted` names top-level keys that Discord takes although its schema does not list them.
 */
export const checkSchema = (
  schema: ZodMiniType,
  body: unknown,
  accepted: readonly string[] = [],
): Problem[] => {
  const bare = without(body, accepted)
  const result = schema.safeParse(bare)
  return result.success ? unknownKeys(bare, result.data, []) : result.error.issues.flatMap(flatten)
}

/** Checks one member of a body, with the member's path before each problem. */
export const checkMember = (
  schema: ZodMiniType,
  body: Json,
  key: string,
  accepted: readonly string[] = [],
): Problem[] => below([key], checkSchema(schema, body[key], accepted))
