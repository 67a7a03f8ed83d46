import { create, insertMultiple, search } from '@orama/orama'
import { Document } from 'flexsearch'
import Fuse from 'fuse.js'
import lunr from 'lunr'
import MiniSearch from 'minisearch'
import type { Content, Section } from '../src/content/section.ts'
import { createEngine } from '../src/engine.ts'
import { isAnswered } from '../src/reply.ts'
import { stemOf, wordsOf } from '../src/search/text.ts'

export interface Question {
  q: string
  context?: string[]
}

/** What a system gives for a question. */
export interface Found {
  /** The best section. */
  first: Section | undefined
  /** False: the system says that it does not know. */
  shown: boolean
}

/** Gets a question ready, outside of what is timed; calling the result is what is timed. */
export type Ask = (question: Question) => () => Found | Promise<Found>

/** Makes the sections of a content searchable. */
export type Build = (content: Content) => Ask | Promise<Ask>

/** The fields that every library gets. */
const fields = ['title', 'path', 'questions', 'body'] as const

/** How many results are asked for, where a library can be told. */
const limit = 5

type Row = { id: number } & Record<(typeof fields)[number], string>

function rowsOf(content: Content): Row[] {
  return content.sections.map((section, id) => ({
    id,
    title: section.title,
    path: section.path.join('\n'),
    questions: section.questions.join('\n'),
    body: section.text,
  }))
}

/** A library knows no conversation, so it gets what was asked before as well. */
function asker(content: Content, best: (text: string) => number | undefined): Ask {
  return ({ q, context = [] }) => {
    const text = [...context, q].join(' ')
    return () => foundAt(content, best(text))
  }
}

function foundAt(content: Content, id: number | undefined): Found {
  return { first: id === undefined ? undefined : content.sections[id], shown: id !== undefined }
}

const ours: Build = async (content) => {
  const engine = await createEngine(content)
  const sections = new Map(content.sections.map((section) => [section.id, section]))
  return ({ q, context = [] }) => {
    let talk: ReturnType<typeof engine.answer>['talk']
    for (const earlier of context) talk = engine.answer(earlier, talk).talk
    return () => {
      const answer = engine.answer(q, talk, limit)
      return { first: sections.get(answer.sections[0]?.id ?? ''), shown: isAnswered(answer.reply) }
    }
  }
}

const miniSearch: Build = (content) => {
  const index = new MiniSearch<Row>({ fields: [...fields] })
  index.addAll(rowsOf(content))
  return asker(content, (text) => index.search(text)[0]?.id as number | undefined)
}

/** What is usually done first to make MiniSearch better. */
const stemmedMiniSearch: Build = (content) => {
  const index = new MiniSearch<Row>({ fields: [...fields], tokenize: wordsOf, processTerm: stemOf })
  index.addAll(rowsOf(content))
  return asker(content, (text) => index.search(text, { boost: { title: 2 } })[0]?.id as number | undefined)
}

const lunrJs: Build = (content) => {
  const index = lunr(function () {
    this.ref('id')
    for (const field of fields) this.field(field)
    for (const row of rowsOf(content)) this.add(row)
  })
  return asker(content, (text) => {
    const [best] = index.query((query) => query.term(lunr.tokenizer(text), {}))
    return best === undefined ? undefined : Number(best.ref)
  })
}

/** Token search finds more than looking for the question as one string, and 0.2 more than the default 0.6. */
const fuseJs: Build = (content) => {
  const index = new Fuse(rowsOf(content), {
    keys: [...fields],
    useTokenSearch: true,
    ignoreLocation: true,
    threshold: 0.2,
  })
  return asker(content, (text) => index.search(text, { limit })[0]?.item.id)
}

/** `suggest` lets it find sections that lack some of the words; without it a whole question finds nothing. */
const flexSearch: Build = (content) => {
  const index = new Document({ document: { id: 'id', index: [...fields] } })
  for (const row of rowsOf(content)) index.add(row)
  return asker(
    content,
    (text) => index.search(text, { limit, suggest: true, merge: true })[0]?.id as number | undefined,
  )
}

/** With stems it is right more often than by default. */
const orama: Build = async (content) => {
  const index = create({
    schema: { title: 'string', path: 'string', questions: 'string', body: 'string' },
    components: { tokenizer: { language: 'english', stemming: true } },
  })
  const rows = rowsOf(content).map(({ id, ...row }) => ({ ...row, id: String(id) }))
  await insertMultiple(index, rows)
  return ({ q, context = [] }) => {
    const term = [...context, q].join(' ')
    return async () => {
      const { hits } = await search(index, { term, limit })
      return foundAt(content, hits[0] === undefined ? undefined : Number(hits[0].id))
    }
  }
}

export const systems = {
  'ai-career-bot': ours,
  MiniSearch: miniSearch,
  'MiniSearch, stems and title boost': stemmedMiniSearch,
  lunr: lunrJs,
  'fuse.js': fuseJs,
  FlexSearch: flexSearch,
  Orama: orama,
} satisfies Record<string, Build>

export type SystemName = keyof typeof systems
