import { expect } from 'vitest'
import { adapterContract } from '../../contracts/adapter.ts'
import { openStage } from './stage.ts'

/** The words of a page that somebody reads. */
function wordsOf(markup: string): string {
  const marks: Record<string, string> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' }
  return markup
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => marks[name] ?? '')
    .replace(/\s+/g, ' ')
}

/** The reply itself: what was asked stands above it, as it was asked. */
function replyIn(page: string): string {
  const start = page.indexOf('<div class="reply')
  expect(start).toBeGreaterThan(0)
  return page.slice(start, page.indexOf('</article>', start))
}

adapterContract('The JSON API', async () => {
  const stage = await openStage()
  const after = new Map<string, string>()
  return {
    hasMembers: true,
    async ask(question, { member = 'ann' } = {}) {
      const response = await stage.post('/api/ask', { question, html: true, after: after.get(member) })
      expect(response.status).toBe(200)
      const { html, reference } = (await response.json()) as { html: string; reference: string | null }
      if (reference !== null) after.set(member, reference)
      expect(replyIn(html)).not.toMatch(/<script/i)
      return wordsOf(replyIn(html))
    },
    close: () => stage.close(),
  }
})

adapterContract('The form of the page, without JavaScript', async () => {
  const stage = await openStage()
  const after = new Map<string, string>()
  return {
    hasMembers: true,
    async ask(q, { member = 'ann' } = {}) {
      const body = new URLSearchParams({ q, after: after.get(member) ?? '' })
      const response = await fetch(`${stage.origin}/`, { method: 'POST', body })
      expect(response.status).toBe(200)
      const page = await response.text()
      const [, reference] = /name="after" value="([^"]*)"/.exec(page) ?? []
      if (reference) after.set(member, reference)
      return wordsOf(replyIn(page))
    },
    close: () => stage.close(),
  }
})
