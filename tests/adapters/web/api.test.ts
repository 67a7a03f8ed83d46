import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { answer, askRequest } from '../../../adapters/web/schemas.ts'
import { run } from '../console/command.ts'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage({ environment: { WEB_ORIGINS: 'https://club.example, https://other.example/' } })
})
afterAll(() => stage.close())

const question = 'How much does a junior AI engineer make?'

describe('POST /api/ask', () => {
  it.each([
    question,
    'ML engineer vs data engineer',
    'do I need a visa to work in AI?',
    'thanks!',
    'what do ML engineers earn in Berlin?',
  ])('gives what the command line prints: %s', async (text) => {
    const response = await stage.post('/api/ask', { question: text })
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toMatch(/^application\/json/)
    const { reference, elapsedMs, ...given } = answer.parse(await response.json())
    const { stdout } = await run(['ask', '--json', text])
    const { elapsedMs: _, ...printed } = JSON.parse(stdout)
    expect(given).toEqual(printed)
    expect(elapsedMs).toBeGreaterThanOrEqual(0)
    expect(reference === null).toBe(!given.answered)
  })

  it('a question leans on the answer it names, and on nothing else', async () => {
    const first = answer.parse(
      await (await stage.post('/api/ask', { question: 'What is a computer vision engineer?' })).json(),
    )
    const leaning = await stage.post('/api/ask', { question: 'and which skills?', after: first.reference })
    expect(answer.parse(await leaning.json()).text).toMatch(/computer vision/i)
    const alone = await stage.post('/api/ask', { question: 'and which skills?', after: null })
    expect(answer.parse(await alone.json()).text).not.toMatch(/computer vision/i)
  })

  it('takes a job and a level that were picked', async () => {
    const response = await stage.post('/api/ask', { question: 'Which skills?', role: 'Data engineer' })
    expect(answer.parse(await response.json()).sections[0]?.role).toBe('data-engineer')
    const pay = await stage.post('/api/ask', { question: 'What is the pay?', level: 'junior' })
    expect(answer.parse(await pay.json()).text).toMatch(/\$70,000/)
  })

  it('holds an answer against the job that was picked, as if the question had named it', async () => {
    const unknown = await stage.post('/api/ask', { question: 'What is the pay?', role: 'data engineer' })
    const { answered, text } = answer.parse(await unknown.json())
    expect(answered).toBe(false)
    expect(text).toMatch(/data engineer/)
    const other = await stage.post('/api/ask', { question: 'What is MLOps?', role: 'data engineer' })
    expect(answer.parse(await other.json()).text).toMatch(/MLOps/)
    const named = await stage.post('/api/ask', {
      question: 'What does a data engineer do?',
      role: 'NLP engineer',
    })
    expect(answer.parse(await named.json()).sections[0]?.role).toBe('data-engineer')
    const nowhere = await stage.post('/api/ask', { question: 'Which skills?', role: 'baker' })
    expect(answer.parse(await nowhere.json()).answered).toBe(false)
  })

  it('opens what an answer refers to', async () => {
    const first = answer.parse(await (await stage.post('/api/ask', { question })).json())
    const again = await stage.post('/api/open', { reference: first.reference })
    expect(answer.parse(await again.json()).text).toBe(first.text)
  })
})

describe('what is not right is said in one sentence', () => {
  it.each<[string, unknown, Record<string, string>, number, RegExp]>([
    ['no JSON', 'hello', {}, 400, /no JSON/],
    ['nothing', '', {}, 400, /no JSON/],
    ['a list', [], {}, 400, /request: /],
    ['no question', {}, {}, 400, /question: /],
    ['a number for a question', { question: 7 }, {}, 400, /question: /],
    ['an empty question', { question: '' }, {}, 400, /question: /],
    ['a question that is too long', { question: 'x'.repeat(4_001) }, {}, 400, /question: .*4000/],
    ['an unknown field', { question, admin: true }, {}, 400, /admin/],
    [
      'another type',
      JSON.stringify({ question }),
      { 'content-type': 'text/plain' },
      415,
      /application\/json/,
    ],
    [
      'a form',
      'question=hi',
      { 'content-type': 'application/x-www-form-urlencoded' },
      415,
      /application\/json/,
    ],
  ])('%s', async (_, body, headers, status, message) => {
    const response = await stage.post('/api/ask', body, headers)
    expect(response.status).toBe(status)
    expect(Object.keys((await response.json()) as object)).toEqual(['error'])
    const again = await stage.post('/api/ask', body, headers)
    expect(((await again.json()) as { error: string }).error).toMatch(message)
  })

  it.each(['GET', 'PUT', 'DELETE', 'PATCH'])('%s', async (method) => {
    expect((await fetch(`${stage.origin}/api/ask`, { method })).status).toBe(405)
  })
})

describe('the description', () => {
  it('is OpenAPI 3.1, made from the schemas that check the requests', async () => {
    const description = (await (await fetch(`${stage.origin}/api/openapi.json`)).json()) as {
      openapi: string
      paths: Record<string, { post: { responses: object } }>
      components: { schemas: Record<string, { properties: object; required: string[] }> }
    }
    expect(description.openapi).toBe('3.1.0')
    expect(Object.keys(description.paths)).toEqual(['/api/ask', '/api/open', '/api/feedback'])
    const { AskRequest, Answer } = description.components.schemas
    expect(AskRequest?.properties).toEqual(z.toJSONSchema(askRequest).properties)
    const given = await (await stage.post('/api/ask', { question })).json()
    expect(Object.keys(Answer?.properties ?? {})).toEqual(
      expect.arrayContaining(Object.keys(given as object)),
    )
    for (const name of Answer?.required ?? []) expect(given).toHaveProperty(name)
    const named = [...JSON.stringify(description.paths).matchAll(/#\/components\/schemas\/(\w+)/g)]
    for (const [, name = ''] of named) expect(description.components.schemas).toHaveProperty(name)
  })

  it('is a page too, with every field', async () => {
    const page = await (await fetch(`${stage.origin}/api`)).text()
    for (const field of ['/api/ask', '/api/feedback', 'suggestions', 'helpful', 'elapsedMs', '429'])
      expect(page).toContain(field)
  })
})

describe('other sites', () => {
  const ask = (headers: Record<string, string>) => stage.post('/api/ask', { question }, headers)

  it.each(['https://club.example', 'https://other.example'])(
    '%s is listed and may read answers',
    async (origin) => {
      const response = await ask({ origin, 'sec-fetch-site': 'cross-site' })
      expect(response.status).toBe(200)
      expect(response.headers.get('access-control-allow-origin')).toBe(origin)
      expect(response.headers.get('vary')).toMatch(/origin/i)
      expect(response.headers.get('access-control-allow-credentials')).toBeNull()
    },
  )

  it.each([
    'https://evil.example',
    'http://club.example',
    'https://club.example.evil.example',
    'https://evil-club.example',
    'https://club.example:444',
    'https://sub.club.example',
    'HTTPS://CLUB.EXAMPLE@evil.example',
    'null',
    'file://',
    '*',
  ])('%s is refused', async (origin) => {
    const response = await ask({ origin })
    expect(response.status).toBe(403)
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
    const preflight = await fetch(`${stage.origin}/api/ask`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    })
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull()
  })

  it('a preflight of a listed one is answered', async () => {
    const preflight = await fetch(`${stage.origin}/api/ask`, {
      method: 'OPTIONS',
      headers: { origin: 'https://club.example', 'access-control-request-method': 'POST' },
    })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-origin')).toBe('https://club.example')
  })

  it.each(['/', '/feedback'])('a form of another site is refused at %s', async (path) => {
    const body = new URLSearchParams({ q: 'hi', reference: 'q.hi', helpful: 'no' })
    for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }]) {
      const response = await fetch(stage.origin + path, {
        method: 'POST',
        body,
        headers: new Headers(headers as Record<string, string>),
      })
      expect(response.status).toBe(403)
    }
  })
})
