import type { Profile } from '../conversation/profiles.ts'
import type { Answer, Engine } from '../engine.ts'
import type { Vocabulary } from '../query/vocabulary.ts'
import { isAnswered } from '../reply.ts'
import { createPhrases } from './phrases.ts'

interface Told {
  role?: Vocabulary['roles'][number] | undefined
  level?: Vocabulary['levels'][number] | undefined
}

/**
 * Fills what a question leaves out with what the member told before, and says so. A job or level that the question or
 * the conversation names stays, and so does an answer about one job alone ("what is ETL?").
 *
 * @param again answers the question with other words beside it
 */
export function tailor(
  { content }: Engine,
  answered: Answer,
  profile: Profile | undefined,
  again: (picked: string) => Answer,
): Answer {
  const { vocabulary } = content
  const told = toldIn(vocabulary, profile)
  if (!canBeTailored(answered)) return answered
  const role = answered.unnamed.role ? told.role : undefined
  const level = answered.unnamed.level ? told.level : undefined
  for (const one of tries(role, level)) {
    const found = again([one.level?.label, one.role?.label].filter(Boolean).join(' '))
    const levelOf = content.sections.find(({ id }) => id === found.sections[0]?.id)?.level
    if (one.level !== undefined && one.level.id !== levelOf) continue
    if (!fits(found, answered, one.role?.id, vocabulary.subject.defaultRole) || !isAnswered(found.reply))
      continue
    const phrase = createPhrases(vocabulary.subject).told(one.role?.label, one.level?.label)
    return { ...found, reply: { ...found.reply, told: phrase } }
  }
  return answered
}

/** As much as possible first. */
function tries(role: Told['role'], level: Told['level']): Told[] {
  return [
    ...(role !== undefined && level !== undefined ? [{ role, level }] : []),
    ...(role !== undefined ? [{ role }] : []),
    ...(level !== undefined ? [{ level }] : []),
  ]
}

function toldIn({ roles, levels }: Vocabulary, profile: Profile | undefined): Told {
  const named = <T extends { id: string; label: string }>(all: readonly T[], name: string | undefined) =>
    name === undefined ? undefined : all.find(({ id, label }) => id === name || label === name)
  return {
    role: named(
      roles.filter(({ covered }) => covered),
      profile?.role,
    ),
    level: named(levels, profile?.level),
  }
}

/** Something was found, or it has to be asked back which job is meant. */
function canBeTailored({ reply }: Answer): boolean {
  return reply.kind === 'clarify' || reply.kind === 'answer' || reply.kind === 'role'
}

/**
 * Only a section that is about what was told, and covers the question. Where the untailored answer is about one
 * certain job, the question is likely to mean that job, unless the other section is on the same topic.
 */
function fits(
  found: Answer,
  answered: Answer,
  role: string | undefined,
  usualRole: string | undefined,
): boolean {
  const { reply } = found
  const [best] = found.sections
  const [before] = answered.sections
  if (!isAnswered(reply) || reply.kind === 'comparison' || reply.caveat !== undefined) return false
  const isUsual = answered.reply.kind === 'clarify' || [null, usualRole].includes(before?.role)
  return (isUsual || before?.topic === best?.topic) && (role === undefined || best?.role === role)
}
