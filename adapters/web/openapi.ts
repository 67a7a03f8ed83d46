import { z } from 'zod'
import { type Html, html } from './html.ts'
import { answer, askRequest, failure, feedbackRequest, openRequest, thanks } from './schemas.ts'

interface Schema {
  description?: string
  type?: string | string[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  anyOf?: Schema[]
  enum?: string[]
}

const schemas = {
  AskRequest: askRequest,
  OpenRequest: openRequest,
  FeedbackRequest: feedbackRequest,
  Answer: answer,
  Thanks: thanks,
  Failure: failure,
} satisfies Record<string, z.ZodType>
type Name = keyof typeof schemas

interface Operation {
  path: string
  summary: string
  takes: Name
  gives: Name
}

const operations: readonly Operation[] = [
  { path: '/api/ask', summary: 'Ask a question', takes: 'AskRequest', gives: 'Answer' },
  { path: '/api/open', summary: 'Show what an answer refers to', takes: 'OpenRequest', gives: 'Answer' },
  {
    path: '/api/feedback',
    summary: 'Say whether an answer helped',
    takes: 'FeedbackRequest',
    gives: 'Thanks',
  },
]

const failures: Record<string, string> = {
  400: 'the request is not as described',
  403: 'the page that asks is on a site that is not listed in WEB_ORIGINS',
  413: 'the request is too large',
  415: 'the request is not JSON',
  429: 'too many requests; the header Retry-After has the seconds to wait',
}

/** The description of the JSON API, OpenAPI 3.1, made from the schemas that check the requests. */
export function describeApi(title: string) {
  const components = Object.fromEntries(
    Object.entries(schemas).map(([name, schema]): [string, Schema] => {
      const { $schema: _, ...rest } = z.toJSONSchema(schema)
      return [name, rest as Schema]
    }),
  )
  const json = (name: Name) => ({ 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } })
  const paths = operations.map(({ path, summary, takes, gives }) => [
    path,
    {
      post: {
        summary,
        operationId: path.split('/').at(-1),
        requestBody: { required: true, content: json(takes) },
        responses: {
          200: { description: schemas[gives].description ?? '', content: json(gives) },
          ...Object.fromEntries(
            Object.entries(failures).map(([status, description]) => [
              status,
              { description, content: json(status === '429' && gives === 'Answer' ? 'Answer' : 'Failure') },
            ]),
          ),
        },
      },
    },
  ])
  return {
    openapi: '3.1.0',
    info: { title, version: '1', description: 'Answers questions from documents that people wrote' },
    paths: Object.fromEntries(paths),
    components: { schemas: components },
  }
}

/** The same for people. */
export function apiPage(description: ReturnType<typeof describeApi>): Html {
  const { schemas: described } = description.components
  return html`<h1>JSON API</h1>
<p>Everything is a <code>POST</code> of JSON. <a href="/api/openapi.json">openapi.json</a> describes it for programs.</p>
<pre tabindex="0"><code>curl -s http://localhost:3000/api/ask -H 'content-type: application/json' \\
  -d '{"question": "ML engineer vs data engineer"}'</code></pre>
${operations.map(
  ({
    path,
    summary,
    takes,
    gives,
  }) => html`<section class="operation"><h2><code>${path}</code> ${summary}</h2>
<h3>takes</h3>${fields(described[takes] ?? {})}<h3>gives</h3>${fields(described[gives] ?? {})}</section>`,
)}
<section class="operation"><h2>When something is wrong</h2><dl>${Object.entries(failures).map(
    ([status, text]) => html`<dt><code>${status}</code></dt><dd>${text}</dd>`,
  )}</dl></section>`
}

function fields({ properties = {}, required = [] }: Schema): Html {
  return html`<dl>${Object.entries(properties).map(
    ([
      name,
      schema,
    ]) => html`<dt><code>${name}</code> <span class="type">${typeOf(schema)}${!required.includes(name) && ', optional'}</span></dt>
<dd>${schema.description ?? schema.enum?.join(', ') ?? ''}</dd>`,
  )}</dl>`
}

function typeOf({ type, items, anyOf }: Schema): string {
  if (anyOf !== undefined) return anyOf.map(typeOf).join(' or ')
  if (type === 'array') return `list of ${items?.type === 'object' ? 'objects' : `${typeOf(items ?? {})}s`}`
  return String(type ?? 'any')
}
