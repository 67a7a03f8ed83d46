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
  const problems: Problem[] = []
  const roles = new Set(vocabulary.roles.map((role) => role.id))
  const topics = new Set(vocabulary.topics.map((topic) => topic.id))
  const lists = {
    roles: vocabulary.roles,
    topics: vocabulary.topics,
    levels: vocabulary.levels,
    concepts: vocabulary.concepts,
  }
  for (const [name, entries] of Object.entries(lists)) {
    const file = `vocabulary/${name}.yaml`
    const owners = new Map<string, string>()
    const ids = new Set<string>()
    for (const entry of entries) {
      if (ids.has(entry.id))
        problems.push({ file, line: 1, message: `the id "${entry.id}" stands twice; remove one` })
      ids.add(entry.id)
      for (const alias of entry.aliases) {
        const key = wordsOf(alias).map(stemOf).join(' ')
        const owner = owners.get(key)
        if (owner !== undefined && owner !== entry.id)
          problems.push({
            file,
            line: 1,
            message: `"${alias}" stands under ${owner} and ${entry.id}; keep it in one of them`,
          })
        owners.set(key, entry.id)
      }
    }
  }
  for (const role of vocabulary.roles) {
    if (role.kindOf !== undefined && !roles.has(role.kindOf))
      problems.push({
        file: 'vocabulary/roles.yaml',
        line: 1,
        message: `${role.id}: unknown role "${role.kindOf}" in kindOf; mend the name`,
      })
  }
  for (const topic of vocabulary.topics) {
    for (const near of topic.near) {
      if (!topics.has(near))
        problems.push({
          file: 'vocabulary/topics.yaml',
          line: 1,
          message: `${topic.id}: unknown topic "${near}" in near; mend the name`,
        })
    }
  }
  const { defaultRole } = vocabulary.subject
  if (defaultRole !== undefined && roles.size > 0 && !roles.has(defaultRole))
    problems.push({
      file: 'vocabulary/subject.yaml',
      line: 1,
      message: `unknown role "${defaultRole}" in defaultRole; mend the name`,
    })
  return problems
}
