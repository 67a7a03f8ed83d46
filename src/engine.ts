import type { Content } from './content/section.ts'
import { resolveFocus, type Talk, talkAfter } from './conversation/focus.ts'
import { type Decision, decide } from './answer/decide.ts'
import { createSpeller } from './query/spelling.ts'
import { cleanQuestion, createUnderstand, type Understanding } from './query/understand.ts'
import { createTagger } from './query/vocabulary.ts'
import { type Candidate, createRank, type Focus } from './search/rank.ts'
import { createSectionIndex } from './search/section-index.ts'

export async function createEngine(content: Content, onProgress?: (done: number, total: number) => void) {
  const { vocabulary } = content
  const tagger = createTagger(vocabulary)
  const index = await createSectionIndex(content.sections, tagger, onProgress)
  const understand = createUnderstand(vocabulary, tagger, createSpeller(tagger.words, index.words))
  const rank = createRank(index, vocabulary, understand)
  const knows = {
    covered: new Set(vocabulary.roles.filter((role) => role.covered).map((role) => role.id)),
    kindOf: new Map(vocabulary.roles.map((role) => [role.id, role.kindOf])),
    hasSubject: vocabulary.roles.length > 0,
  }
  return {
    answer(question: string, talk: Talk | undefined, limit = 5): { decision: Decision; candidates: Candidate[]; asked: Understanding; focus: Focus; talk: Talk } {
      const asked = understand(cleanQuestion(question))
      const focus = resolveFocus(asked, talk, knows.covered)
      const candidates = rank(asked, focus, limit)
      const decision = decide(asked, focus, candidates, knows)
      return { decision, candidates, asked, focus, talk: talkAfter(asked, focus, decision.kind === 'answer' ? decision.candidate.section : undefined) }
    },
  }
}
