import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Api, ApiReply, ApiRequest } from './api.ts'

const read = async (request: IncomingMessage, path: string): Promise<ApiRequest> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return {
    path,
    contentType: request.headers['content-type'] ?? '',
    authorization: request.headers.authorization ?? '',
    body: Buffer.concat(chunks).toString(),
  }
}

const write = (response: ServerResponse, { status, headers, body }: ApiReply): void => {
  const plain = typeof body === 'string'
  response.writeHead(status, {
    'content-type': plain ? 'text/plain' : 'application/json; charset=utf-8',
    ...headers,
  })
  response.end(plain ? body : JSON.stringify(body))
}

const answer = async (api: Api, request: IncomingMessage): Promise<ApiReply> => {
  const { pathname } = new URL(request.url ?? '/', 'http://peer')
  const [, root = '', ...rest] = pathname.split('/')
  const received = await read(request, rest.join('/'))
  if (root === 'api') return api.method(received)
  if (root === 'response') return api.responseUrl(received)
  return { status: 404, headers: {}, body: 'not found' }
}

/** Serves the Web API under `/api/` and the response URLs. */
export const createRequestListener =
  (api: Api) =>
  (request: IncomingMessage, response: ServerResponse): void => {
    answer(api, request)
      .then((reply) => write(response, reply))
      .catch((error: unknown) => write(response, { status: 500, headers: {}, body: String(error) }))
  }
