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
  start: {
    en: 'A short welcome tour, only for you',
    de: 'Ein kurzer Rundgang, nur für dich',
    es: 'Un breve recorrido, solo para ti',
    fr: 'Une courte visite, rien que pour toi',
  },
  next: {
    en: 'The next step on your path',
    de: 'Dein nächster Schritt',
    es: 'El siguiente paso en tu camino',
    fr: 'La prochaine étape de ton parcours',
  },
  'forget-me': {
    en: 'Forget everything about you',
    de: 'Alles über dich vergessen',
    es: 'Olvidar todo sobre ti',
    fr: 'Oublier tout ce qui te concerne',
  },
  'career-admin': {
    en: 'Set me up for this server',
    de: 'Mich für diesen Server einrichten',
    es: 'Configurarme en este servidor',
    fr: 'Me configurer pour ce serveur',
  },
  show: {
    en: 'Show the present settings',
    de: 'Die Einstellungen zeigen',
    es: 'Mostrar los ajustes',
    fr: 'Afficher les réglages',
  },
  check: {
    en: 'Check what I am allowed to do and say what is missing',
    de: 'Prüfen, was mir fehlt',
    es: 'Comprobar qué permisos me faltan',
    fr: 'Vérifier ce qu’il me manque',
  },
  welcome: {
    en: 'Where newcomers are greeted',
    de: 'Wo Neue begrüßt werden',
    es: 'Dónde se saluda a los nuevos',
    fr: 'Où les nouveaux sont accueillis',
  },
  mode: { en: 'How', de: 'Wie', es: 'Cómo', fr: 'Comment' },
  channel: { en: 'Which channel', de: 'Welcher Kanal', es: 'Qué canal', fr: 'Quel salon' },
  'job-role': {
    en: 'Give members who pick a job a role of this server',
    de: 'Wer einen Beruf wählt, bekommt eine Rolle dieses Servers',
    es: 'Dar un rol del servidor a quien elige un puesto',
    fr: 'Donner un rôle du serveur à qui choisit un métier',
  },
  'level-role': {
    en: 'Give members who pick a level a role of this server',
    de: 'Wer eine Stufe wählt, bekommt eine Rolle dieses Servers',
    es: 'Dar un rol del servidor a quien elige un nivel',
    fr: 'Donner un rôle du serveur à qui choisit un niveau',
  },
  'server-role': {
    en: 'The role to give; leave it out to give none',
    de: 'Die Rolle; ohne sie wird keine vergeben',
    es: 'El rol; sin él no se da ninguno',
    fr: 'Le rôle ; sans lui, aucun n’est donné',
  },
  'answer-channel': {
    en: 'Answer new posts in a channel, or stop it',
    de: 'Neue Beiträge in einem Kanal beantworten, oder nicht mehr',
    es: 'Responder o no a las publicaciones de un canal',
    fr: 'Répondre ou non aux messages d’un salon',
  },
  on: { en: 'On or off', de: 'An oder aus', es: 'Sí o no', fr: 'Oui ou non' },
  'quiet-hours': {
    en: 'Hours in which I say nothing unasked',
    de: 'Stunden, in denen ich ungefragt nichts sage',
    es: 'Horas en las que no hablo sin que me pregunten',
    fr: 'Heures pendant lesquelles je ne dis rien spontanément',
  },
  limits: {
    en: 'How often I answer in a minute',
    de: 'Wie oft ich in einer Minute antworte',
    es: 'Cuántas veces respondo por minuto',
    fr: 'Combien de fois je réponds par minute',
  },
  'per-member': {
    en: 'Answers for one member, 1 to 30; leave it out for the usual 30',
    de: 'Antworten für ein Mitglied, 1 bis 30',
    es: 'Respuestas para un miembro, de 1 a 30',
    fr: 'Réponses pour un membre, de 1 à 30',
  },
  'per-channel': {
    en: 'Answers in one channel, 1 to 120; leave it out for the usual 120',
    de: 'Antworten in einem Kanal, 1 bis 120',
    es: 'Respuestas en un canal, de 1 a 120',
    fr: 'Réponses dans un salon, de 1 à 120',
  },
  from: {
    en: 'From which hour, 0 to 23; leave it out for no quiet hours',
    de: 'Ab welcher Stunde, 0 bis 23; ohne sie keine Ruhe',
    es: 'Desde qué hora, de 0 a 23',
    fr: 'À partir de quelle heure, de 0 à 23',
  },
  to: {
    en: 'Until which hour, 0 to 23',
    de: 'Bis zu welcher Stunde, 0 bis 23',
    es: 'Hasta qué hora, de 0 a 23',
    fr: 'Jusqu’à quelle heure, de 0 à 23',
  },
  zone: {
    en: 'Time zone, such as Europe/Berlin; UTC without it',
    de: 'Zeitzone, etwa Europe/Berlin; sonst UTC',
    es: 'Zona horaria, como Europe/Madrid',
    fr: 'Fuseau horaire, comme Europe/Paris',
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
