import type { APIModalInteractionResponseCallbackData } from 'discord.js'
import { type Payload, render, type View } from '../../adapters/discord/render.ts'
import { reasonForm } from '../../adapters/discord/share.ts'
import type { Bot, Event } from '../../src/index.ts'

/** What a picture shows. */
export type Shown =
  /** The bot's message; `above` says what it answers: a command, or what somebody wrote. */
  | { kind: 'message'; payload: Payload; above: Above }
  | { kind: 'modal'; form: APIModalInteractionResponseCallbackData }
  | { kind: 'choices'; command: string; option: string; typed: string; choices: string[] }

export type Above = { command: string } | { wrote: string }

export interface Scene {
  /** The picture is called `discord-<name>.png`. */
  name: string
  /** What the picture shows, for those who do not see it. */
  alt: string
  theme: 'dark' | 'light'
  /** Pixels. */
  width: number
  shown: Shown
}

const desktop = 520
const phone = 320

interface Wanted {
  name: string
  alt: string
  event: Event
  above: Above
  view?: View
  look?: Partial<Pick<Scene, 'theme' | 'width'>>
}

const asked = { conversation: 'preview', alone: true } as const
const question = (text: string): Event => ({ kind: 'question', text, ...asked })
const command = (text: string): Above => ({ command: text })
const pay = 'how much does a junior ai engineer make??'
const skills = 'What skills does a data engineer need?'

/** What is asked of the bot that the shipped documents make. */
const wanted: Wanted[] = [
  {
    name: 'answer',
    alt: 'A short answer: a title, the fact, the source with the date of its review, next questions as buttons.',
    event: question(pay),
    above: { wrote: `@AI Career Bot ${pay}` },
  },
  {
    name: 'answer-light',
    alt: 'The same answer in the light theme.',
    event: question(pay),
    above: { wrote: `@AI Career Bot ${pay}` },
    look: { theme: 'light' },
  },
  {
    name: 'answer-phone',
    alt: 'An answer with a list, as wide as a small phone.',
    event: question(skills),
    above: command('career ask'),
    look: { width: phone },
  },
  {
    name: 'caveat',
    alt: 'Asked for pay in Berlin, the bot first says that it has nothing on Berlin, then gives what it knows.',
    event: question('what do ML engineers earn in Berlin?'),
    above: command('career ask'),
  },
  {
    name: 'role',
    alt: 'A job at a glance, with a button for each thing people want to know of it.',
    event: { kind: 'browse', subject: 'role', role: 'data engineer', conversation: 'preview' },
    above: command('career role'),
    view: { isPrivate: true },
  },
  {
    name: 'comparison',
    alt: 'Two jobs side by side: what each builds, needs and works with.',
    event: { kind: 'compare', roles: ['ML engineer', 'data engineer'], conversation: 'preview' },
    above: command('career compare'),
    view: { isPrivate: true },
  },
  {
    name: 'clarify',
    alt: 'One word fits two jobs, so the bot asks back with a button for each reading.',
    event: question('monitoring'),
    above: { wrote: '@AI Career Bot monitoring' },
  },
  {
    name: 'no-match',
    alt: 'Asked about visas, the bot says that it has nothing on them and offers what it can answer.',
    event: question('do I need a visa to work as a data engineer in Canada?'),
    above: command('career ask'),
  },
  {
    name: 'help',
    alt: 'What can be asked, with examples as buttons.',
    event: { kind: 'help', conversation: 'preview' },
    above: command('career help'),
    view: { isPrivate: true },
  },
  {
    name: 'about',
    alt: 'What the bot knows, where from, and what it does with questions.',
    event: { kind: 'about', conversation: 'preview' },
    above: command('career about'),
    view: { isPrivate: true },
  },
  {
    name: 'private',
    alt: 'A private answer, with a button that shares it with everyone.',
    event: question(skills),
    above: command('career ask'),
    view: { isPrivate: true },
  },
  {
    name: 'answer-this',
    alt: 'The answer to somebody’s message, seen by whoever asked for it, with a button that posts it as a reply.',
    event: question(
      'Hi all, I am a nurse and wonder how people get into AI. How do I become an AI engineer?',
    ),
    above: command('Answer this'),
    view: { isPrivate: true, replyTo: '1' },
  },
  {
    name: 'post',
    alt: 'An answer that nobody asked for, under a new post, with a button to remove it.',
    event: question('What does a typical day of a data engineer look like?'),
    above: { wrote: 'What does a typical day of a data engineer look like?' },
    view: { dismissableBy: '1' },
  },
]

/** Asks the bot all that the pictures show. @param long a bot whose answer takes more than one page */
export async function createScenes(bot: Bot, long: Bot): Promise<Scene[]> {
  const scenes: Scene[] = []
  for (const one of wanted) scenes.push(await sceneOf(bot, one))
  const title = 'All responsibilities of a data engineer'
  const paged = { name: 'long', alt: 'The first page of a long answer.', above: command('career ask') }
  return [
    ...scenes,
    await sceneOf(long, { ...paged, event: question(title) }),
    await limited(bot),
    ...typed(bot),
  ]
}

async function sceneOf(bot: Bot, { name, alt, event, above, view, look }: Wanted): Promise<Scene> {
  const reply = await bot.handle(event)
  if (reply.kind === 'silent') throw new Error(`the bot says nothing in the scene "${name}"`)
  const shown: Shown = { kind: 'message', payload: render(reply, view), above }
  return { name, alt, theme: 'dark', width: desktop, ...look, shown }
}

/** Asks until the bot has enough of it. */
async function limited(bot: Bot): Promise<Scene> {
  const event: Event = { kind: 'question', text: pay, member: 'in-a-hurry', ...asked }
  for (let i = 0; i < 1_000 && (await bot.handle({ ...event })).kind !== 'limited'; i++);
  return sceneOf(bot, {
    name: 'limited',
    alt: 'Too many questions: the bot says when it answers again.',
    event,
    above: command('career ask'),
    view: { isPrivate: true },
  })
}

function typed(bot: Bot): Scene[] {
  const look = { theme: 'dark', width: desktop } as const
  const form = reasonForm('s.preview', 'preview')
  const text = 'how do i become'
  const choices = bot.complete.questions(text, 25).map(({ label }) => label)
  return [
    {
      name: 'reason',
      alt: 'The form behind “Not helpful”: it asks what was missing or wrong.',
      ...look,
      shown: { kind: 'modal', form },
    },
    {
      name: 'autocomplete',
      alt: 'Questions that can be answered are offered while somebody types.',
      ...look,
      shown: { kind: 'choices', command: 'career ask', option: 'question', typed: text, choices },
    },
  ]
}
