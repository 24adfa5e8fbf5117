/** The one way to the server 接口: typed by its OpenAPI document; a failed answer is thrown as an `ApiProblem`. */
import createClient, { type FetchResponse, type Middleware } from 'openapi-fetch'
import type { MediaType, PathsWithMethod } from 'openapi-typescript-helpers'
import { language, t } from '@/i18n/i18n'
import { ApiProblem, problemOf } from './problem'
import type { paths } from './schema'

type Verb = 'get' | 'post' | 'put' | 'patch' | 'delete'

/** What the window hears when the server no longer knows who asks. */
export const SIGNED_OUT = 'qiaoban:signed-out'

const manners: Middleware = {
  onRequest({ request }) {
    for (const [name, value] of Object.entries(headers())) request.headers.set(name, value)
    return request
  },
  async onResponse({ response }) {
    if (response.ok) return
    const problem = await problemOf(response)
    if (problem.code === 'not_signed_in') window.dispatchEvent(new Event(SIGNED_OUT))
    throw problem
  },
  onError({ error }) {
    return error instanceof ApiProblem ? error : offline()
  },
}

/** What every request says of itself; for uploads and streams that do not go through the client. */
export function headers(): Record<string, string> {
  return { 'Accept-Language': language(), 'X-Requested-With': 'qiaoban' }
}

function offline(): ApiProblem {
  return new ApiProblem(0, { code: 'offline', detail: t('ui.offline') })
}

export const client = createClient<paths>({ baseUrl: '', credentials: 'same-origin' })
client.use(manners)

type Init = {
  params?: { path?: Record<string, unknown>; query?: Record<string, unknown>; header?: Record<string, unknown> }
  body?: unknown
  signal?: AbortSignal
}

// biome-ignore lint/suspicious/noExplicitAny: openapi-fetch's own constraint for an operation
type Operation = Record<string | number, any>
type Answer<Path extends keyof paths, M extends Verb> =
  paths[Path] extends Record<M, infer Found extends Operation>
    ? NonNullable<FetchResponse<Found, object, MediaType>['data']>
    : unknown
/** Keys with defaults may be left out; the generated types cannot tell them from the others, the server can. */
type Body<Op> = Op extends { requestBody?: { content: { 'application/json': infer Sent } } } ? Partial<Sent> : never
type Asked<Path extends keyof paths, M extends Verb> = Omit<Init, 'body'> & {
  body?: paths[Path] extends Record<M, infer Op> ? Body<Op> : unknown
}

function verb<M extends Verb>(method: M) {
  return async <Path extends PathsWithMethod<paths, M> & keyof paths>(
    path: Path,
    init?: Asked<Path, M>,
  ): Promise<Answer<Path, M>> => {
    const asked = client as unknown as Record<string, (path: string, init: object) => Promise<{ data: unknown }>>
    const send = asked[method.toUpperCase()] as (path: string, init: object) => Promise<{ data: unknown }>
    const { data } = await send(path as string, init ?? {})
    return data as Answer<Path, M>
  }
}

/** `await api.get('/api/apps/{app}/menu', { params: { path: { app } } })` gives the answer's body, or throws an `ApiProblem`. */
export const api = {
  get: verb('get'),
  post: verb('post'),
  put: verb('put'),
  patch: verb('patch'),
  delete: verb('delete'),
}

export type GetPath = PathsWithMethod<paths, 'get'> & keyof paths
export type GetInit<Path extends GetPath> = Asked<Path, 'get'>
export type GetAnswer<Path extends GetPath> = Answer<Path, 'get'>
