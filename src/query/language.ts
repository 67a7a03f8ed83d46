import { functionWords } from './english.ts'

/** Languages in which people are told that the bot reads English only. */
export type Language = 'German' | 'Spanish' | 'French' | 'Portuguese' | 'Italian'

/** Words of grammar and asking that a question hardly goes without; none of them is an English word with another use here. */
const tellingWords: Record<Language, string> = {
  German: `ich du er wir ihr der das den dem ein eine einen einem und oder aber nicht kein keine wie wer wo wann warum
    welche welcher welches womit wieviel viel macht machen verdient verdienen werde werden wird brauche braucht brauchen
    muss kann kannst soll sollte ist sind bin hat habe haben zu fur mit von bei aus als ohne im zum zur gibt es lernen`,
  Spanish: `yo tu el la los las un una unos y o pero no que como quien donde cuando cuanto cuanta cuantos cual cuales por
    para con sin de del es son soy hace hacer gana ganan ganar necesito necesita se puedo puede ser estar hay quiero me
    mi su aprender convertirme`,
  French: `je tu il elle nous vous le la les un une des du de et ou mais pas que qui quoi quel quelle quels quelles comment
    combien pourquoi quand est sont suis ai fait faire gagne gagner faut il pour avec sans dans sur mon ma mes peux peut
    devenir apprendre besoin au aux d l`,
  Portuguese: `eu voce ele ela nos o a os as um uma uns e ou mas nao que como quem onde quando quanto quanta qual quais por
    para com sem de do da dos das em sao sou faz fazer ganha ganham ganhar preciso precisa posso pode ser estar quero me
    meu minha aprender tornar`,
  Italian: `io tu lui lei noi voi il lo la gli le un uno una e o ma non che come chi dove quando quanto quanta quali quale
    perche per con senza di del della dei delle in sono sei fa fare guadagna guadagnano guadagnare devo deve posso puo
    essere diventare imparare mi mio serve servono`,
}

const words = new Map(
  Object.entries(tellingWords).map(([language, text]) => [
    language as Language,
    new Set(text.trim().split(/\s+/)),
  ]),
)

/** The language of a question that is clearly not English: two words tell, and more of them than of English. */
export function foreignLanguage(question: readonly string[]): Language | undefined {
  const distinct = [...new Set(question)]
  const english = distinct.filter((word) => functionWords.has(word)).length
  let best: Language | undefined
  let most = Math.max(1, english)
  for (const [language, telling] of words) {
    const found = distinct.filter((word) => telling.has(word)).length
    if (found <= most) continue
    best = language
    most = found
  }
  return best
}
