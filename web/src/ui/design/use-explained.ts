/** What an expression means, asked of the server while it is typed 公式检查. */
import { useEffect, useState } from 'react'
import { api, type GetAnswer } from '@/api/client'
import { asking, queryClient } from '@/api/query'

/** Where an expression stands: the form as it is in the designer, and perhaps a subform of it. */
export interface ExpressionPlace {
  app: string
  form: string
  subform?: string
  definition?: object
  /** A question of one's own to the published form: only what one may read is named. */
  live?: boolean
  /** A condition that the database carries out: of a filter, or of a permission group's rows. */
  stored?: 'filter' | 'rows'
}

/** What it must come to. */
export type Wanted = '' | 'boolean' | 'number'

/** What is wrong, where, and what to write instead; places count characters. */
export interface Fault {
  sentence: string
  start: number | null
  end: number | null
  fix: string | null
}

export interface Explained {
  asked: string
  ok: boolean
  type: string
  text: string
  shown: string
  problems: string[]
  faults: Fault[]
  result: unknown
  /** The parsed expression, when it is sound. */
  tree?: unknown
}

const PAUSE = 350
const samples = new Map<string, Promise<Record<string, unknown> | undefined>>()

/** A record of the form, to show results for; undefined when there is none. */
function sampleOf(app: string, form: string): Promise<Record<string, unknown> | undefined> {
  const key = `${app}/${form}`
  const known = samples.get(key)
  if (known !== undefined) return known
  const asked = api
    .post('/api/apps/{app}/forms/{form}/records/query', {
      params: { path: { app, form } },
      body: { filter: null, search: '', sort: [], after: '', limit: 1, total: false, exact: false, deleted: false },
    })
    .then((page) => page.records[0]?.values as Record<string, unknown> | undefined)
    .catch(() => undefined)
  samples.set(key, asked)
  return asked
}

/** The sentence of a problem, whatever shape it came in. */
function sentence(problem: Record<string, unknown>): string {
  return String(problem.detail ?? problem.words ?? problem.sentence ?? problem.text ?? problem.code ?? '')
}

function faultOf(problem: Record<string, unknown>): Fault {
  const { start, end, fix } = problem
  const place = (found: unknown) => (typeof found === 'number' ? found : null)
  return {
    sentence: sentence(problem),
    start: place(start),
    end: place(end),
    fix: typeof fix === 'string' ? fix : null,
  }
}

async function explain(place: ExpressionPlace, text: string, wanted: Wanted): Promise<Explained> {
  const { app, form, subform = '', definition, live = false, stored = '' as const } = place
  const values = (await sampleOf(app, form)) ?? null
  const drawn = (definition ?? null) as Record<string, unknown> | null
  const body = { text, app, form, subform, definition: drawn, values, live, stored, wanted }
  const out = await api.post('/api/expressions', { body })
  const { ok, type, text: kept, shown, result, tree } = out
  const faults = out.problems.map(faultOf)
  return {
    asked: text,
    ok,
    type,
    text: kept,
    shown,
    problems: faults.map((each) => each.sentence),
    faults,
    result,
    tree,
  }
}

/** The answer for `text`, a moment after it was last changed; null until there is one. */
export function useExplained(place: ExpressionPlace, text: string, wanted: Wanted = ''): Explained | null {
  const [explained, setExplained] = useState<Explained | null>(null)
  const { app, form, subform, definition, live, stored } = place
  useEffect(() => {
    if (text.trim() === '') return
    let here = true
    const timer = setTimeout(() => {
      explain({ app, form, subform, definition, live, stored }, text, wanted)
        .catch(
          (): Explained => ({
            asked: text,
            ok: true,
            type: '',
            text,
            shown: text,
            problems: [],
            faults: [],
            result: null,
          }),
        )
        .then((answer) => {
          if (here) setExplained(answer)
        })
    }, PAUSE)
    return () => {
      here = false
      clearTimeout(timer)
    }
  }, [app, form, subform, definition, live, stored, wanted, text])
  return text.trim() === '' ? null : explained
}

/** A label as a formula spells it: in braces when it is not one plain word. */
export function spelled(label: string): string {
  return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(label) ? label : `{${label}}`
}

export type FunctionHelp = { name: string; group: string; signature: string; meaning: string; examples: string[] }

/** The function table of the server. */
export async function functionTable(): Promise<FunctionHelp[]> {
  const rows = (await queryClient.fetchQuery({
    ...asking('/api/functions'),
    staleTime: 3_600_000,
  })) as GetAnswer<'/api/functions'>
  return rows.map((row) => ({
    name: String(row.name),
    group: String(row.group ?? ''),
    signature: String(row.signature ?? row.name),
    meaning: String(row.meaning ?? row.description ?? row.doc ?? ''),
    examples: (Array.isArray(row.examples) ? row.examples : []).map((each) =>
      Array.isArray(each) ? each.map(String).join(' → ') : String(each),
    ),
  }))
}

/** A formula with labels instead of ids. */
export async function shownOf(place: ExpressionPlace, text: string): Promise<string> {
  const { app, form, live = false } = place
  const body = { text, app, form, live, subform: '', definition: null, values: null, stored: '', wanted: '' } as const
  return (await api.post('/api/expressions', { body })).shown
}

const understood = new Map<string, Explained>()

/** What the server says of an expression, asked once; undefined until it has answered. */
export function useUnderstood(place: ExpressionPlace, text: string): Explained | undefined {
  const key = `${place.app}/${place.form}/${place.live === true}/${text}`
  const known = understood.get(key)
  const explained = useExplained(place, known === undefined ? text : '')
  if (explained?.ok && explained.asked === text) understood.set(key, explained)
  return understood.get(key)
}

/** An expression with labels instead of ids; as it is until the server has answered. */
export function useShown(place: ExpressionPlace, text: string): string {
  return useUnderstood(place, text)?.shown ?? text
}
