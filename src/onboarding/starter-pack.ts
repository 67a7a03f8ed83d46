import type { RootContent } from 'mdast'
import { capital } from '../answer/comparison.ts'
import { createPhrases, tour } from '../answer/phrases.ts'
import type { Section } from '../content/section.ts'
import type { Answer, Engine } from '../engine.ts'
import { refer, sectionKey } from '../reference.ts'
import { say } from '../render/saying.ts'
import { isAnswered, type StepPart, type Suggestion } from '../reply.ts'
import type { Flow } from './flow.ts'

/** A beginner is shown so many skills; the rest is a question away. */
const firstSkills = 3

interface Picked {
  role?: string | undefined
  level?: string | undefined
}

/** Everything in it is a section of the documents, found by the engine, with its source. */
export function starterPack(engine: Engine, flow: Flow, picked: Picked) {
  const { pack } = flow
  const role = picked.role ?? engine.content.vocabulary.subject.defaultRole ?? ''
  const about = ask(engine, pack.role.topic, role)
  const skills = partOf(pack.skills.title, ask(engine, pack.skills.topic, role))
  const suggestions: readonly Suggestion[] = about.reply.suggestions.slice(0, 3)
  return {
    parts: [
      partOf(pack.role.title, about),
      { ...skills, body: firstOf(skills.body) },
      partOf(pack.resources.title, ask(engine, pack.resources.topic, role)),
      ...nextSteps(engine, flow, picked).map((part, i) =>
        i === 0 ? { ...part, title: `${pack.path.title}${part.title ? `. ${part.title}` : ''}` } : part,
      ),
    ] satisfies StepPart[],
    suggestions,
  }
}

/** What comes after a level on the path of a job; for somebody at the first level, what that one is, too. */
export function nextSteps(engine: Engine, { pack }: Flow, { role, level }: Picked): StepPart[] {
  const { levels, subject } = engine.content.vocabulary
  const job = role ?? subject.defaultRole ?? ''
  const at = levels.findIndex(({ id }) => id === level)
  const overview = (): StepPart[] => [partOf('', ask(engine, pack.path.topic, job))]
  if (at < 0) return overview()
  const wanted = at === 0 ? levels.slice(0, 2) : levels.slice(at + 1, at + 2)
  const found = wanted.flatMap(({ id, label }, i) => {
    const part = atLevel(engine, pack.path.topic, job, id)
    const title =
      wanted.length === 1 ? capital(label) : i === 0 ? tour.stepFirst(label) : tour.stepThen(label)
    return part === undefined ? [] : [{ ...part, title }]
  })
  if (found.length > 0) return found
  const [whole, ...rest] = overview()
  return whole === undefined ? [] : [{ ...whole, title: tour.atTheTop }, ...rest]
}

/** The section on a level of a job's path, or of the general job's. */
function atLevel(engine: Engine, topic: string, role: string, level: string): StepPart | undefined {
  const { sections, vocabulary } = engine.content
  const kindOf = vocabulary.roles.find(({ id }) => id === role)?.kindOf
  for (const job of new Set([role, kindOf, vocabulary.subject.defaultRole])) {
    const section = sections.find((one) => one.role === job && one.topic === topic && one.level === level)
    if (section === undefined) continue
    const part = partOf('', open(engine, section))
    return job === role ? part : { ...part, caveat: generalCaveat(engine, role, job ?? '') }
  }
  return undefined
}

function generalCaveat(engine: Engine, role: string, general: string): string {
  const { roles, subject } = engine.content.vocabulary
  const plural = (id: string): string => roles.find((one) => one.id === id)?.plural ?? id
  return createPhrases(subject).caveatRole(plural(role), plural(general))
}

function ask(engine: Engine, topic: string, role: string): Answer {
  const { topics, roles } = engine.content.vocabulary
  const label = topics.find(({ id }) => id === topic)?.label ?? topic
  return engine.answer(`${label}: ${roles.find(({ id }) => id === role)?.label ?? ''}`)
}

function open(engine: Engine, section: Section): Answer {
  return engine.open(refer({ kind: 'section', key: sectionKey(section.id) }))
}

function partOf(title: string, { reply }: Answer): StepPart {
  if (!isAnswered(reply)) return { title, body: say('text' in reply ? reply.text : '') }
  return { title, caveat: reply.caveat, body: reply.body, source: reply.source }
}

/** Of the first list the first few entries; the words around stay, they may say what it is a list of. */
function firstOf(body: readonly RootContent[]): RootContent[] {
  const at = body.findIndex(({ type }) => type === 'list')
  const list = body[at]
  if (list?.type !== 'list' || list.children.length <= firstSkills) return [...body]
  return [
    ...body.slice(0, at),
    { ...list, children: list.children.slice(0, firstSkills) },
    ...say(tour.more(list.children.length - firstSkills)),
  ]
}
