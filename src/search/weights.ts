/**
 * The numbers that ranking and deciding rest on, each with its reason. They were found with `npm run eval`
 * and the unrelated question bank of `bench/`; change one only with both at hand.
 */

/** How much a word counts in each field. */
export const fieldBoosts = {
  /** What a section is about. */
  title: 2,
  /** How people ask for it. */
  questions: 1.6,
  /** Said once for all sections below a heading. */
  path: 4,
  /** Mentions much that the section is not about. */
  body: 0.5,
  /** Role, topic and level; ranking weighs them again. */
  slots: 1,
}

export const weights = {
  /** Repeating a word tells more in short sections than MiniSearch assumes (k 1.2), matching at all less (d 0.5). */
  bm25: { k: 2, b: 0.8, d: 0 },

  /** How much each kind of term weighs in the search for candidates. */
  term: {
    word: 1,
    concept: 1.3,
    /** A word of a phrase that was understood as a whole. */
    partWord: 0.6,
    synonym: 0.3,
    chatter: 0.5,
    role: 1,
    mention: 0.3,
    field: 0.5,
    fieldMention: 0.6,
    topic: 1,
    level: 1,
    overview: 0.5,
  },
  /** How much each kind of unit matters for coverage; words and concepts by their rarity. */
  unit: { concept: 0.5, role: 0.8, field: 0.5, topic: 0.6, level: 0.6, uncovered: 0.8, chatter: 0.15 },
  /** How far less than the thing itself covers a unit. */
  cover: {
    body: 0.75,
    synonym: 0.6,
    conceptWords: 0.6,
    mention: 0.8,
    general: 0.6,
    nearTopic: 0.7,
    everyday: 0.5,
  },
  /** What people ask has a third of these terms; of more, the rarest tell what it is about. */
  mostTerms: 80,
  /** So many mentions of the rarest terms are enough to choose candidates from. */
  mostMentions: 4_000,
  /** Candidates whose slots and words are compared in full. */
  candidates: 30,
  /** The best of them are compared in meaning too: more would make a first answer slower and change none. */
  meant: 12,
  /** From so many sample questions, half of what they tell is trusted. */
  fewSamples: 2,

  /**
   * What the order of candidates is made of. Text is relative to the best candidate. Fitted to the labelled questions so
   * that right sections come before wrong ones, and kept near round numbers: slots agree by chance more often than words.
   */
  rank: {
    text: 1,
    coverage: 0.75,
    similarity: 0.9,
    /** On top of it when the very question is among the samples. */
    same: 0.45,
    /** And on top of that for the section that this question is offered for. */
    offered: 0.5,
    title: 0.35,
    /** Tells apart what the words leave open; from 0.6 to 1.2 it makes little difference. */
    meaning: 0.7,
    role: 0.6,
    topic: 0.25,
    topicBesideConcept: 0.6,
    missing: -0.4,
    level: 0.4,
    overview: 0.2,
  },
  /** Where there is no vocabulary, words in titles and sample questions are all there is to go by. */
  plainRank: { coverage: 0.5, similarity: 1, same: 0.5, title: 0.5, overview: 0.25 },

  /** How well a section's role fits the asked one. */
  role: {
    both: 1.6,
    same: 1,
    theme: 0.3,
    pair: 0.1,
    general: 0.35,
    other: -1,
    field: 0.6,
    fieldOther: -0.3,
    default: 0.15,
    /** A role from the conversation binds less than one that is named. */
    inherited: 0.6,
  },
  /** How well a section's topic fits the asked ones. */
  topic: { same: 1, near: 0.45, other: -0.4, main: 0.3 },
  level: { same: 1, open: -0.1, other: -1, unasked: -0.3 },
}

/**
 * How sure it is that the best section answers the question: a logistic function of what is known about the two,
 * fitted to some 2,200 labelled questions (answered rightly or not, off the subject, not in the documents).
 */
export const confidence = {
  /**
   * A question that names a job or a field is about careers, and only the section may be the wrong one. Without
   * either, it may be about anything, so it starts lower and what is found counts more.
   */
  named: { bias: -4, similarity: 1.3, coverage: 2.2, evidence: 0.4, meaning: 3.9 },
  unnamed: { bias: -5.8, similarity: 2.3, coverage: 1, evidence: 2.5, meaning: 3.2 },
  /** For each concept of the question that the section speaks of, up to 3, or does not. */
  concept: 0.2,
  missingConcept: -0.2,
  /**
   * Without a job or field: "who does …", "do they …", "would I have to …" ask about work, "my …" about somebody's own
   * things, and each word that no document has makes another subject likelier.
   */
  aboutWork: 0.7,
  aboutOwnThings: -1.2,
  strange: -1.7,
}

/** What follows from the confidence, 0 to 1. A wrong answer costs more than none. */
export const thresholds = {
  /** Below this, nothing is shown. */
  least: 0.35,
  /** Below this, the answer says that it may not be all that was asked for. */
  sure: 0.55,
  /** A topic of this weight or more is a sign by itself of what is asked. */
  telling: 0.8,
  /** So alike to a sample question that other doubts do not count. */
  alike: 0.8,
  /** A section that leaves out words and covers less than this of a question is shown with a note. */
  whole: 0.7,
  /** As good as the sample question itself. */
  same: 0.95,
  /** A section of another topic that covers so much of what else is asked is shown, with a note. */
  partly: 0.45,
  /** Likeness, nearness in meaning and number of concepts from which on a section of another topic may answer all the same. */
  otherTopic: { similarity: 0.72, meaning: 0.78, concepts: 2 },
  /**
   * Without a role, a field or a concept in the question, so much of it has to be covered: more than one word, or in any
   * case more than an everyday word, even where a sample question sounds alike ("do I need an umbrella?"). Several
   * words that are all covered need less likeness.
   */
  elsewhere: { evidence: 0.7, similarity: 0.6, everyday: 0.5, several: 0.4 },
  /** What is missing is only the occasion when the rest of the question is answered as surely and as fully. */
  besides: { sureness: 0.7, coverage: 0.6 },
  /** Documents without a vocabulary: nothing tells what they are about but their words, so coverage decides. */
  plain: { least: 0.3, sure: 0.4 },
  /** In a conversation about a job, words alone with less evidence and likeness ask for nothing. */
  saysLittle: { evidence: 0.5, similarity: 0.5 },
  /** Two roles' sections are equally good when the second has this share of the first one's score. */
  equal: 0.93,
}
