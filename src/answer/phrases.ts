import type { Language } from '../query/language.ts'
import type { SmallTalk } from '../query/small-talk-phrases.ts'
import type { Subject } from '../query/vocabulary.ts'
import { article } from './comparison.ts'

/** Everything the bot says in words of its own. Plain, warm, brief: the fact first, no filler. */
export function createPhrases({ subject, covers }: Subject) {
  const about = `I answer questions about ${subject}`
  return {
    smallTalk: {
      greeting: `Hello! ${about}. What would you like to know?`,
      thanks: "You're welcome. Ask me anytime.",
      goodbye: 'Goodbye, and good luck. I am here whenever you have a question.',
      identity: `I am a question-answering bot. ${about}, from documents that people wrote and reviewed, and I show which one each answer comes from.`,
      human: `I am a bot, not a human, and there is no language model behind me. ${about} with sections that people wrote.`,
      help: `${about}${covers === undefined ? '' : `: ${covers}`}. Ask in your own words, for example:`,
      more: `${about}. What would you like to hear more about?`,
      reason: 'My documents say no more about it than this. I can go on with one of these:',
      acknowledgement: 'All right. If there is something you would like to know, just ask.',
      complaint: 'Sorry about that. Try other words, or ask for one thing at a time. You could ask:',
      privacy:
        'Your question is answered here and sent nowhere else, and no language model reads it. I remember what we talk about for 15 minutes, in memory only. Whoever runs me can choose to keep a log of the questions, without names. What you pick in the welcome tour is kept until you use the command forget-me, which removes all that is yours.',
      stop: 'All right. I only answer when somebody asks me: a command, a mention, a reply or a direct message. A moderator can turn off the rest, or remove me.',
      worry:
        'That sounds hard, and you are not the only one who feels that way. I am only a bot and cannot see what lies ahead, but I can show you one small step at a time. If it gets heavy, please talk to somebody you trust.',
      distress:
        'I am sorry that it is so hard right now. I am only a bot about careers and cannot help with this, but people can: please talk to somebody you trust, or call a crisis line or the emergency number where you live.',
      feeling: `I am a bot, so I have no feelings about it, but I am ready to help. ${about}.`,
    } satisfies Record<SmallTalk, string>,
    /** Somebody tells about themselves and asks nothing. */
    introduction: `Thank you for telling me. ${about}. What would you like to know?`,
    /** Nothing was asked: an empty message, only punctuation, only pings. */
    empty: `I did not see a question. ${about}. You could ask:`,
    /** Words that are no English and no typos of it. */
    unreadable: `I could not read that. I understand questions in English, and ${about.replace(/^I /, '')}.`,
    /** In their own language, so that they know what is wrong. */
    foreign: (language: Language) => `${askInEnglish[language]} (I understand questions in English only.)`,
    /** Only words of chatter ("go back", "the first one"). */
    unclear: 'I did not get that. Ask me in a few more words, for example:',
    offTopic: `That is outside what I know: ${about}.`,
    unknown: "I don't have a good answer to that in my documents.",
    uncovered: (labels: readonly string[]) => `I don't have anything on **${list(labels, 'or')}**.`,
    noTopic: (topic: string, roles: string) => `I don't have anything on **${topic}** for ${roles}.`,
    gone: 'My documents have changed since, and this part is no longer there. You could ask:',
    tryInstead: 'Here is what I can tell you:',
    pickTwo: 'Tell me two different jobs, and I put them side by side. For example:',
    clarify: 'Which one do you mean?',
    caveatDetail: (labels: readonly string[]) =>
      `I have nothing on **${list(labels, 'or')}** in particular. What I can tell you is general:`,
    caveatRole: (roles: string, general: string) =>
      `I have nothing on this for ${roles} alone. This is about ${general} in general:`,
    caveatUncoveredRole: (labels: readonly string[]) =>
      `My documents describe **${list(labels, 'and')}** only in passing, so this is not the whole picture:`,
    caveatLeftOutRole: (labels: readonly string[]) =>
      `I don't have anything on **${list(labels, 'or')}**. Of the other job:`,
    caveatComparison: (topic: string) =>
      `My documents do not compare the two by **${topic}**. What they say of each:`,
    caveatThirdRole: (roles: string) =>
      `I put two jobs side by side at a time. Ask me about **${roles}** next. The first two:`,
    /** Something that the member told before was taken for what the question leaves out. */
    told: (role: string | undefined, level: string | undefined) =>
      role === undefined
        ? `At ${level}, as you told me:`
        : `For ${article(role)} ${role}${level === undefined ? '' : ` at ${level}`}, as you told me:`,
    caveatNearest: 'I am not sure this is all you asked for, but it comes nearest:',
  }
}

const askInEnglish: Record<Language, string> = {
  German: 'Bitte frag mich auf Englisch.',
  Spanish: 'Por favor, pregúntame en inglés.',
  French: 'Pose-moi ta question en anglais, s’il te plaît.',
  Portuguese: 'Por favor, pergunte em inglês.',
  Italian: 'Per favore, chiedimelo in inglese.',
}

/** What is said whatever the documents are about. */
export const remarks = {
  thanks: 'Thank you, that helps to keep the good answers.',
  thanksForSaying: 'Thank you for saying so. The people who write my documents will see it.',
  forgotten: 'Done. I have forgotten everything about you: what you picked and what we talked about.',
  notForgotten:
    'I cannot reach my database just now, so I could not forget what is in it. Please try again in a minute.',
  notKept: 'I could not save that just now. Please try again in a minute.',
  tooMany: (seconds: number) =>
    `That is a lot of questions at once. Please give me ${seconds === 1 ? 'a second' : `${seconds} seconds`}.`,
}

/** What the welcome tour says beside the words of the content. */
export const tour = {
  none: 'There is no welcome tour here, but you can ask me anything in your own words.',
  back: 'Back',
  skip: 'Skip',
  stop: 'Stop',
  again: 'Start over',
  begin: 'Start',
  greeting: (subject: string) =>
    `I answer questions about ${subject}. Press **Start** for a short tour that only you can see: it finds what to read first.`,
  stale: 'That button is from an earlier step. Here is where you are now:',
  resumed: 'Welcome back. Here is where you stopped:',
  notKept: 'I cannot save this just now. You can go on, but I may have forgotten it after a restart.',
  picked: (role: string) => `You picked: **${role}**.`,
  question: (at: number, of: number) => `Question ${at} of ${of}`,
  resultTitle: 'What fits you',
  result: 'Your points, and what they come from. Pick one to go on with:',
  noResult: 'You skipped all questions, so there are no points to add up. Pick a job or go on without one:',
  points: (points: number) => `${points} ${points === 1 ? 'point' : 'points'}`,
  reason: (label: string, points: number, section: string) => `${label}: ${points}, from “${section}”`,
  general: (roles: string) => `You have not picked a job, so this is about ${roles}.`,
  more: (count: number) => `There ${count === 1 ? 'is 1 more' : `are ${count} more`} in the whole answer.`,
  stepFirst: (level: string) => `First: ${level}`,
  stepThen: (level: string) => `Then: ${level}`,
  atTheTop: 'My documents describe no step above yours. These are the ways on from there:',
  nextTitle: (level: string) => `Your next step: ${level}`,
  nextTop: 'Your next step',
  left: 'All right, we stop here. Start again whenever you like, or just ask me something.',
  leftTitle: 'See you',
}

/** "a", "a or b", "a, b or c" */
function list(items: readonly string[], word: 'and' | 'or'): string {
  if (items.length < 2) return items[0] ?? ''
  return `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1)}`
}

/** Bold is for platforms that have it. */
export function withoutBold(text: string): string {
  return text.replaceAll('**', '')
}
