import { stemOf } from '../search/text.ts'

/** What the bot knows of English itself, whatever its documents are about. */

const list = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/))

/** Words that carry grammar, not content; they are not searched for. */
export const functionWords = list(`
a an the this that these those it its he she they them their theirs his her hers him we us our ours you your yours
i me my mine myself yourself themselves itself one ones who whom whose which what when where why how whether
is am are was were be been being do does did doing done have has had having can could will would shall should may
might must ought need needs needed to of in on at by for from with without into onto about over under up down out off
through during before after between among against within along across around near than then so as if and or but nor
not no yes yeah nope also too very just only even still yet again ever never always often sometimes usually mostly
there here now any some all both each every either neither other another such same own few many much more most less
least lot lots bit because since while until till though although however therefore thus hence else per via etc eg ie
dont doesnt didnt isnt arent wasnt cant couldnt wont wouldnt shouldnt im ive id youre theyre thats whats hows wheres
whos lets s t re ve ll d m vs oh ok okay well please plz pls kindly hey hi hello thanks thank
`)

/** Words of asking and of everyday chatter: they say nothing about what is asked. */
export const chatterWords = list(`
ask asking asked question questions answer answers tell say says said talk explain describe give gives given show list
name mention know knows wonder wondering curious think thinking thought believe guess suppose hear heard hearing keep
keeps want wants wanted wanna gonna gotta like likes liked would love loves hate hates hope wish try trying tried let
help helps helpful get gets getting got go goes going gone come comes make makes making made take takes taking took
put puts use uses used using look looks looking see seen find found feel feels mean means matter matters involve
involves include includes thing things stuff something anything everything nothing someone somebody anyone anybody
everyone everybody people person folks guys guy man mate friend buddy colleague dude sir madam way ways kind
kinds sort sorts type part parts lot really actually basically exactly literally simply simple honestly quite rather
pretty maybe perhaps probably possible possibly able likely certain sure true truly real good better best great nice
bad worse worst right wrong big biggest bigger small main mainly major key core important importance essential
necessary necessarily common commonly typical typically normal normally general generally usual special specific
specifically particular various different several certain overall whole entire full total quick quickly fast short
brief simple basic basics easy new old young today nowadays currently current these days day now soon later recent
recently finally first second last next end start begin year years time times month week point case example examples
fact idea ideas info information detail details advice tip tips suggestion recommend recommended suggest sense reason
reasons strictly mandatory absolutely definitely completely totally fully mostly anyway though instead else already
bunch couple pair dozen number numbers amount half plenty enough extra additional further around roughly approximately
average earth hell heck damn god lol haha hmm um uh er well so hi dear urgent asap newbie noob confused lost scared
afraid worried nervous anxious shy happy sad excited interested interesting bored tired stuck overwhelmed passionate
crazy eli5 dumb stupid silly sorry noobish favorite favourite single ideal ideally suitable proper properly correct correctly strong strongly solid deep deeply
expected expect expects become becoming considered consider considering called call calls happen happens happening
wish mind care wanting needing must-have whatever whichever wherever anymore somehow sometimes everywhere english
carry carries carried trick tricks bother supposed suppose classic method methods secret secrets decide decides deciding language-wise career careers job jobs work works working worked field role roles position profession professional
industry company companies employer employers engineer engineers engineering human humans
me myself my our us they hes shes its theyll youd youll weve one two three four five six seven eight nine ten
months weeks hour hours minute minutes moment suggestions recommends suggests wonders tells helped meant shows showing gave given listed lists answering talked talking explained explaining described describing
`)

/** Words of asking tell little about a subject, so they weigh little where they are searched for at all. */
export function isChatter(word: string): boolean {
  return chatterWords.has(word)
}

export const questionWords = list('what which who how when where why wat')

/** Everyday words for the same doing or thing, a line each. Words of a subject belong to its vocabulary. */
const synonymGroups = `
delete remove erase rid discard
create make build construct produce generate compose
save store keep backup download
export extract
show display view see
change edit modify alter customize adjust
find search locate discover
stop prevent avoid block disable halt
add insert introduce include append
send forward transmit
picture image photo photograph
email mail
begin start commence
copy duplicate clone
hide conceal
merge combine join unify
several multiple many various
fast quick rapid speedy
site website webpage
document file doc
simultaneous once concurrent
allow enable permit
fix repair solve resolve mend
choose select pick decide
import upload load
automatic auto
big large huge massive
learn study
teach train educate
buy purchase
earn make pay
difficult hard tough challenging
easy simple
important essential crucial key vital
job work occupation position
boss manager supervisor
company business firm organisation employer
get obtain receive acquire
use utilize employ apply
help assist support
affect influence depend impact determine
explain describe clarify
understand comprehend grasp
talk speak communicate chat
improve enhance better optimize
check verify validate test inspect
watch monitor observe track
reduce decrease lower shrink
increase raise grow
money cash income
broken fail crash
error mistake bug fault
secure safe protect
private confidential
person user people
old previous former
new recent latest modern
name title
similar alike comparable
reason cause why
task duty chore
whole entire complete full
part piece portion component
end finish stop close
connect link integrate wire plug attach hook
move transfer migrate shift
clean tidy cleanse
collect gather accumulate
share publish
print output
sort order arrange
need require
write compose draft
read review
phone mobile cell
restrict limit
switch swap exchange
`

const synonyms = new Map<string, string[]>()
for (const group of synonymGroups.trim().split('\n')) {
  const stems = group.split(' ').map(stemOf)
  for (const stem of stems) {
    const others = stems.filter((other) => other !== stem && !synonyms.get(stem)?.includes(other))
    synonyms.set(stem, [...(synonyms.get(stem) ?? []), ...others])
  }
}

/** Stems of other words for a stem. */
export function synonymsOf(stem: string): readonly string[] {
  return synonyms.get(stem) ?? []
}
