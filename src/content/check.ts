import { stemOf, wordsOf } from '../search/text.ts'
import type { Content, Problem, Section } from './section.ts'

/** What only shows when all files are seen together: names that nothing defines, the same thing said twice. */
export function crossCheck(content: Content): Problem[] {
  return [...checkSlots(content), ...checkQuestions(content), ...checkVocabulary(content)]
}

function checkSlots({ sections, vocabulary, sources }: Content): Problem[] {
  const problems: Problem[] = []
  const known = {
    role: new Set(vocabulary.roles.map((role) => role.id)),
    topic: new Set(vocabulary.topics.map((topic) => topic.id)),
    level: new Set(vocabulary.levels.map((level) => level.id)),
  }
  const check = (section: Section, slot: keyof typeof known, value: string | undefined): void => {
    // A folder without a vocabulary may use these words in its own sense.
    if (value === undefined || known[slot].size === 0 || known[slot].has(value)) return
    const names = [...known[slot]].join(', ')
    problems.push({
      file: section.file,
      line: section.line,
      message: `unknown ${slot} "${value}"; use one of ${names}, or add it to vocabulary/${slot}s.yaml`,
    })
  }
  for (const section of sections) {
    check(section, 'role', section.role)
    for (const role of section.roles) check(section, 'role', role)
    check(section, 'topic', section.topic)
    check(section, 'level', section.level)
    if (sources.size === 0) continue
    for (const source of section.sources) {
      if (!sources.has(source))
        problems.push({
          file: section.file,
          line: section.line,
          message: `unknown source "${source}"; add it to sources.yaml`,
        })
    }
  }
  return problems
}

function checkQuestions({ sections }: Content): Problem[] {
  const problems: Problem[] = []
  const seen = new Map<string, Section>()
  for (const section of sections) {
    for (const question of section.questions) {
      // The same words may ask the same of two roles; the role that is meant then decides.
      const key = `${section.role ?? section.roles}: ${wordsOf(question).join(' ')}`
      const other = seen.get(key)
      if (other !== undefined)
        problems.push({
          file: section.file,
          line: section.line,
          message: `the question "${question}" is also under ${other.file}:${other.line}; keep it in one of them`,
        })
      else seen.set(key, section)
    }
  }
  return problems
}

function checkVocabulary({ vocabulary }: Content): Problem[] {
  const { roles, topics, levels, concepts, subject, uncovered } = vocabulary
  const roleIds = new Set(roles.map((role) => role.id))
  const topicIds = new Set(topics.map((topic) => topic.id))
  const problem = (name: string, message: string): Problem => ({
    file: `vocabulary/${name}.yaml`,
    line: 1,
    message,
  })
  const unknownKinds = roles.filter(({ kindOf }) => kindOf !== undefined && !roleIds.has(kindOf))
  const unknownNear = topics.flatMap(({ id, near }) =>
    near.filter((one) => !topicIds.has(one)).map((one) => ({ id, one })),
  )
  const { defaultRole, defaultTopic = [], levelTopic = [], journey, commands } = subject
  const { comparisonTopic = [], startTopic = [] } = subject
  const named = [
    defaultTopic,
    levelTopic,
    comparisonTopic,
    startTopic,
    journey,
    Object.values(commands),
  ].flat()
  const unknownTopics = topics.length === 0 ? [] : named.filter((topic) => !topicIds.has(topic))
  return [
    ...[...new Set(unknownTopics)].map((topic) =>
      problem('subject', `unknown topic "${topic}"; mend the name`),
    ),
    ...Object.entries({ roles, topics, levels, concepts }).flatMap(([name, entries]) =>
      repeatedIn(entries).map((message) => problem(name, message)),
    ),
    ...uncovered
      .filter(({ concept }) => concept !== undefined && !concepts.some(({ id }) => id === concept))
      .map(({ id, concept }) => problem('uncovered', `${id}: unknown concept "${concept}"; mend the name`)),
    ...unknownKinds.map(({ id, kindOf }) =>
      problem('roles', `${id}: unknown role "${kindOf}" in kindOf; mend the name`),
    ),
    ...unknownNear.map(({ id, one }) =>
      problem('topics', `${id}: unknown topic "${one}" in near; mend the name`),
    ),
    ...(defaultRole !== undefined && roles.length > 0 && !roleIds.has(defaultRole)
      ? [problem('subject', `unknown role "${defaultRole}" in defaultRole; mend the name`)]
      : []),
  ]
}

/** Ids and aliases that stand twice in one list; inflections count as the same. */
function repeatedIn(entries: readonly { id: string; aliases: readonly string[] }[]): string[] {
  const messages: string[] = []
  const owners = new Map<string, string>()
  const ids = new Set<string>()
  for (const { id, aliases } of entries) {
    if (ids.has(id)) messages.push(`the id "${id}" stands twice; remove one`)
    ids.add(id)
    for (const alias of aliases) {
      const key = wordsOf(alias).map(stemOf).join(' ')
      const owner = owners.get(key)
      if (owner !== undefined && owner !== id)
        messages.push(`"${alias}" stands under ${owner} and ${id}; keep it in one of them`)
      owners.set(key, id)
    }
  }
  return messages
}
