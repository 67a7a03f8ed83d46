import type { LocalizationMap } from 'discord.js'

/** The descriptions of the commands; German, Spanish and French members read theirs. Names stay English everywhere. */
const texts = {
  career: {
    en: 'Ask about careers in AI',
    de: 'Fragen zu Berufen in der KI',
    es: 'Pregunta sobre carreras en IA',
    fr: 'Pose des questions sur les métiers de l’IA',
  },
  ask: {
    en: 'Ask in your own words (in English)',
    de: 'Frag in eigenen Worten (auf Englisch)',
    es: 'Pregunta con tus palabras (en inglés)',
    fr: 'Pose ta question avec tes mots (en anglais)',
  },
  question: {
    en: 'What would you like to know?',
    de: 'Was möchtest du wissen?',
    es: '¿Qué quieres saber?',
    fr: 'Que veux-tu savoir ?',
  },
  role: {
    en: 'A job at a glance: what it is, skills, a working day, pay',
    de: 'Ein Beruf auf einen Blick: Aufgaben, Fähigkeiten, Alltag, Gehalt',
    es: 'Un puesto de un vistazo: tareas, habilidades, día a día, sueldo',
    fr: 'Un métier en bref : missions, compétences, quotidien, salaire',
  },
  compare: {
    en: 'Two jobs side by side',
    de: 'Zwei Berufe im Vergleich',
    es: 'Dos puestos comparados',
    fr: 'Deux métiers côte à côte',
  },
  path: {
    en: 'How to move up, step by step',
    de: 'Wie es Schritt für Schritt weitergeht',
    es: 'Cómo avanzar paso a paso',
    fr: 'Comment évoluer, étape par étape',
  },
  salary: { en: 'What it pays', de: 'Was man verdient', es: 'Cuánto se gana', fr: 'Combien on gagne' },
  learn: {
    en: 'Where to learn it: courses, books, communities',
    de: 'Wo man es lernt: Kurse, Bücher, Communitys',
    es: 'Dónde aprenderlo: cursos, libros, comunidades',
    fr: 'Où l’apprendre : cours, livres, communautés',
  },
  about: {
    en: 'What I know, where from, and what I do with your questions',
    de: 'Was ich weiß, woher, und was ich mit deinen Fragen mache',
    es: 'Qué sé, de dónde y qué hago con tus preguntas',
    fr: 'Ce que je sais, d’où, et ce que je fais de tes questions',
  },
  help: {
    en: 'What you can ask',
    de: 'Was du fragen kannst',
    es: 'Qué puedes preguntar',
    fr: 'Ce que tu peux demander',
  },
  job: { en: 'Which job', de: 'Welcher Beruf', es: 'Qué puesto', fr: 'Quel métier' },
  otherJob: {
    en: 'The job to hold against it',
    de: 'Der Beruf zum Vergleichen',
    es: 'El puesto con el que comparar',
    fr: 'Le métier à comparer',
  },
  level: {
    en: 'How far along (entry, mid, senior, lead)',
    de: 'Wie weit (Einstieg, Mitte, Senior, Leitung)',
    es: 'Qué nivel (inicial, medio, sénior, líder)',
    fr: 'Quel niveau (débutant, confirmé, senior, lead)',
  },
  private: {
    en: 'Only you see the answer',
    de: 'Nur du siehst die Antwort',
    es: 'Solo tú ves la respuesta',
    fr: 'Toi seul vois la réponse',
  },
} satisfies Record<string, Record<'en' | 'de' | 'es' | 'fr', string>>

/** A description with its translations. */
export function described(name: keyof typeof texts): {
  description: string
  description_localizations: LocalizationMap
} {
  const { en, de, es, fr } = texts[name]
  return { description: en, description_localizations: { de, 'es-ES': es, 'es-419': es, fr } }
}
