import { describe, expect, it } from 'vitest'
import { type Engine, isAnswered } from '../src/index.ts'
import { engineOf } from './engines.ts'
import type { Files } from './folder.ts'

/** A small kitchen: enough to tell each reason for an order apart, and nothing of the shipped content. */
const vocabulary: Files = {
  'vocabulary/subject.yaml':
    'subject: work in a kitchen\ndefaultRole: cook\ndefaultTopic: work\njourney: [work, tools, pay]\n',
  'vocabulary/roles.yaml': `
- {id: cook, label: cook, plural: cooks, aliases: [cook, chef], fields: [kitchen]}
- {id: baker, label: baker, plural: bakers, aliases: [baker, patissier]}
`,
  'vocabulary/topics.yaml': `
- {id: work, label: what they do, aliases: [task, duty, what they do], patterns: [what does * do], near: [day]}
- {id: day, label: a working day, aliases: [typical day, routine], near: [work]}
- {id: tools, label: tools, aliases: [tool, equipment]}
- {id: pay, label: pay, aliases: [pay, salary, wage, earn]}
- {id: career, label: career, aliases: [career, promotion]}
`,
  'vocabulary/levels.yaml':
    '- {id: junior, label: junior, aliases: [junior, beginner]}\n- {id: senior, label: senior, aliases: [senior]}\n',
}

interface Entry {
  title: string
  text: string
  role?: string
  topic?: string
  level?: string
  overview?: boolean
  questions?: string[]
}

function document(sections: readonly Entry[]): string {
  return sections
    .map(({ title, text, ...metadata }) => {
      const fields = Object.entries(metadata).map(([name, value]) => `${name}: ${JSON.stringify(value)}\n`)
      return `## ${title}\n\n${fields.length > 0 ? `<!--\n${fields.join('')}-->\n\n` : ''}${text}\n`
    })
    .join('\n')
}

const plain = (...sections: Entry[]): Promise<Engine> => engineOf({ 'a.md': document(sections) })
const kitchen = (...sections: Entry[]): Promise<Engine> =>
  engineOf({ ...vocabulary, 'a.md': document(sections) })

/** The titles found for a question, best first. */
function order(engine: Engine, question: string): string[] {
  return engine.answer(question).sections.map(({ title }) => title)
}

describe('words decide', () => {
  it('a word in the title beats the same word in the text: it is what the section is about', async () => {
    const engine = await plain(
      { title: 'Storing vegetables', text: 'Keep them dark and cool, and a knife away from them.' },
      { title: 'The knife', text: 'Keep it dry and sharp, and wash it by hand after work.' },
    )
    expect(order(engine, 'knife')).toEqual(['The knife', 'Storing vegetables'])
  })

  it('a rare word beats a common one: it tells more about what is asked', async () => {
    const engine = await plain(
      { title: 'Soup', text: 'Cut carrots, boil the soup and add saffron.' },
      { title: 'Stew', text: 'Cut carrots, boil the stew with carrots and more carrots.' },
      { title: 'Salad', text: 'Cut carrots and leaves.' },
      { title: 'Broth', text: 'Boil carrots and bones.' },
    )
    expect(order(engine, 'carrots with saffron')[0]).toBe('Soup')
  })

  it('the wording of a sample question beats words strewn over the text: people asked just that', async () => {
    const text = 'Work begins when the first guests arrive, and the kitchen opens its doors at noon.'
    const engine = await plain(
      { title: 'Mornings', text: `${text} When does work begin?`, questions: ['who opens the doors?'] },
      { title: 'Hours', text: 'At eight.', questions: ['When does the work in the kitchen begin?'] },
    )
    expect(order(engine, 'when does work in the kitchen begin')[0]).toBe('Hours')
  })

  it.each([
    ['another form of the word', 'who was baking breads?', 'Bread'],
    ['a typo', 'how do I store vegtables?', 'Vegetables'],
    ['two letters swapped', 'storing vegetalbes', 'Vegetables'],
    ['another spelling', 'organising shelves', 'Shelves'],
    ['capitals and accents', 'CRÈME BRÛLÉE', 'Creme brulee'],
  ])('%s finds the same section: people mean the same', async (_, question, title) => {
    const engine = await plain(
      { title: 'Bread', text: 'To bake bread takes flour.' },
      { title: 'Vegetables', text: 'Store vegetables in the dark.' },
      { title: 'Shelves', text: 'Organize the shelf by date.' },
      { title: 'Creme brulee', text: 'Cream, eggs and sugar.' },
    )
    expect(order(engine, question)[0]).toBe(title)
  })

  it('two words find the one that they make up: "git hub" is GitHub', async () => {
    const engine = await plain(
      { title: 'The hub of the town', text: 'A hub is where roads meet.' },
      { title: 'Recipes', text: 'All recipes are on GitHub for everybody.' },
    )
    expect(order(engine, 'git hub')[0]).toBe('Recipes')
  })
})

describe('the role decides', () => {
  const tools = (role: string, title: string): Entry => ({
    title,
    role,
    topic: 'tools',
    text: 'A knife, a bowl and an oven.',
  })

  it('a section of the named role beats the same of another', async () => {
    const engine = await kitchen(
      tools('cook', 'Equipment in one place'),
      tools('baker', 'Equipment in another place'),
    )
    expect(order(engine, 'Which tools does a baker have?')[0]).toBe('Equipment in another place')
    expect(order(engine, 'Which tools does a chef have?')[0]).toBe('Equipment in one place')
  })

  it('no role named means the default one', async () => {
    const engine = await kitchen(
      tools('baker', 'Equipment in one place'),
      tools('cook', 'Equipment in another place'),
    )
    expect(order(engine, 'Which tools?')[0]).toBe('Equipment in another place')
  })

  it('a section for everybody beats one of another role', async () => {
    const { role: _, ...everybody } = tools('', 'Equipment for all')
    const engine = await kitchen(tools('cook', 'Equipment of one'), everybody)
    expect(order(engine, 'Which tools does a baker have?')[0]).toBe('Equipment for all')
  })

  it('what only another role has is not given as an answer about this one', async () => {
    const engine = await kitchen(
      { title: 'What cooks earn', role: 'cook', topic: 'pay', text: 'A cook earns 30 coins.' },
      { title: 'Tools of a baker', role: 'baker', topic: 'tools', text: 'An oven.' },
    )
    expect(isAnswered(engine.answer('What salary does a baker earn?').reply)).toBe(false)
  })
})

describe('topic and level decide', () => {
  const pay = (title: string, more: Partial<Entry>): Entry => ({
    title,
    role: 'cook',
    topic: 'pay',
    text: 'Some coins a week.',
    ...more,
  })

  it('a section of the asked level beats one of another', async () => {
    const engine = await kitchen(
      pay('Coins at first', { level: 'junior' }),
      pay('Coins later', { level: 'senior' }),
    )
    expect(order(engine, 'What does a senior cook earn?')[0]).toBe('Coins later')
    expect(order(engine, 'What does a junior cook earn?')[0]).toBe('Coins at first')
  })

  it('without a level the section for all levels comes first', async () => {
    const engine = await kitchen(pay('Coins at first', { level: 'junior' }), pay('Coins for all', {}))
    expect(order(engine, 'What does a cook earn?')[0]).toBe('Coins for all')
  })

  it('a broad question is answered by the overview, a special one by its section', async () => {
    const engine = await kitchen(
      { title: 'Peeling onions', role: 'cook', topic: 'work', text: 'They peel onions.' },
      {
        title: 'Tasks in short',
        role: 'cook',
        topic: 'work',
        overview: true,
        text: 'They peel, cut and boil.',
      },
    )
    expect(order(engine, 'What does a cook do?')[0]).toBe('Tasks in short')
    expect(order(engine, 'What do cooks do about peeling onions?')[0]).toBe('Peeling onions')
  })

  it('a section on a near topic beats one on a far topic', async () => {
    const engine = await kitchen(
      { title: 'Coins', role: 'cook', topic: 'pay', text: 'Thirty a week for a cook.' },
      {
        title: 'From morning to night',
        role: 'cook',
        topic: 'day',
        text: 'Cutting, boiling, serving: a day of a cook.',
      },
    )
    expect(order(engine, 'What are the duties of a cook?')[0]).toBe('From morning to night')
  })

  it('a role alone asks for what the job is', async () => {
    const engine = await kitchen(
      { title: 'Coins of a baker', role: 'baker', topic: 'pay', text: 'Twenty a week.' },
      { title: 'The work of a baker', role: 'baker', topic: 'work', text: 'Bakers bake bread.' },
    )
    expect(order(engine, 'baker?')[0]).toBe('The work of a baker')
  })
})

it('equal sections keep the order of the documents, so that the same question has the same answer', async () => {
  const twins = ['north', 'east', 'south', 'west'].map((place) => ({
    title: `Salt ${place}`,
    text: 'Salt is white.',
  }))
  const engine = await plain(...twins)
  expect(order(engine, 'salt')).toEqual(order(engine, 'salt'))
  expect(order(engine, 'is salt white')).toEqual(twins.map(({ title }) => title))
})
