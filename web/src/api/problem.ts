/** What the server says when it says no 问题: `application/problem+json` as an error with a stable code. */

export interface Trouble {
  code: string
  path: (string | number)[]
  params: Record<string, unknown>
  detail: string
}

export interface ProblemBody {
  status?: number
  code?: string
  title?: string
  detail?: string
  path?: (string | number)[]
  params?: Record<string, unknown>
  problems?: Partial<Trouble>[]
  extra?: Record<string, unknown>
}

/** An answer that is not a success; `detail` is a sentence in the asker's language. */
export class ApiProblem extends Error {
  readonly status: number
  readonly code: string
  readonly title: string
  readonly detail: string
  readonly path: (string | number)[]
  readonly params: Record<string, unknown>
  readonly problems: Trouble[]
  /** What else the answer carried, such as the other one's values of a conflict. */
  readonly extra: Record<string, unknown>

  constructor(status: number, body: ProblemBody) {
    const detail = body.detail ?? body.title ?? `HTTP ${status}`
    super(detail)
    this.name = 'ApiProblem'
    this.status = status
    this.code = body.code ?? (status === 0 ? 'offline' : `http_${status}`)
    this.title = body.title ?? ''
    this.detail = detail
    this.path = body.path ?? []
    this.params = body.params ?? {}
    this.problems = (body.problems ?? []).map((each) => ({
      code: each.code ?? '',
      path: each.path ?? [],
      params: each.params ?? {},
      detail: each.detail ?? '',
    }))
    this.extra = body.extra ?? {}
  }
}

/** The problem in a failed answer. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const text = await response.text()
  try {
    const body = JSON.parse(text) as ProblemBody
    return new ApiProblem(response.status, typeof body === 'object' && body !== null ? body : {})
  } catch {
    return new ApiProblem(response.status, { title: response.statusText })
  }
}

/** The sentence to show a person for any error. */
export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
