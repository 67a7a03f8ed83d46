import type { Flow } from '../onboarding/flow.ts'
import { wordsOf } from '../search/text.ts'
import type { Content, Section } from './section.ts'

interface Found {
  /** The way to the field, from the top of the file. */
  path: PropertyKey[]
  message: string
}

/** What the welcome tour names and the documents do not hold, and points that no section speaks for. */
export function checkTour(flow: Flow, { sections, vocabulary }: Omit<Content, 'onboarding'>): Found[] {
  const found: Found[] = []
  const roles = new Map(vocabulary.roles.filter(({ covered }) => covered).map((role) => [role.id, role]))
  const known = {
    role: new Set(roles.keys()),
    level: new Set(vocabulary.levels.map(({ id }) => id)),
    topic: new Set(vocabulary.topics.map(({ id }) => id)),
  }
  const check = (slot: keyof typeof known, value: string, path: PropertyKey[]): void => {
    if (known[slot].has(value)) return
    const names = [...known[slot]].join(', ') || `none, because there is no vocabulary/${slot}s.yaml`
    found.push({ path, message: `unknown ${slot} "${value}"; use one of ${names}` })
  }
  const byId = new Map(sections.map((section) => [section.id, section]))

  for (const [i, { role }] of flow.interest.choices.entries())
    check('role', role, ['interest', 'choices', i, 'role'])
  for (const [i, { level }] of flow.level.choices.entries())
    check('level', level, ['level', 'choices', i, 'level'])
  for (const part of ['role', 'skills', 'resources', 'path'] as const)
    check('topic', flow.pack[part].topic, ['pack', part, 'topic'])
  for (const [q, { choices }] of flow.quiz.entries())
    for (const [i, { section: id, points }] of choices.entries()) {
      const path = ['quiz', q, 'choices', i]
      const section = byId.get(id)
      if (section === undefined)
        found.push({ path: [...path, 'section'], message: `there is no section "${id}"; mend the name` })
      for (const name of Object.keys(points)) {
        check('role', name, [...path, 'points'])
        const role = roles.get(name)
        if (role === undefined || section === undefined || speaksOf(section, role)) continue
        found.push({
          path: [...path, 'points'],
          message: `the section "${id}" says nothing of ${role.plural}; name one that does, or leave the points out`,
        })
      }
    }
  return found
}

function speaksOf(section: Section, role: { id: string; label: string; plural: string }): boolean {
  if (section.role === role.id || section.roles.includes(role.id)) return true
  const text = ` ${wordsOf(`${section.title} ${section.text}`).join(' ')} `
  return [role.label, role.plural].some((name) => text.includes(` ${wordsOf(name).join(' ')} `))
}
