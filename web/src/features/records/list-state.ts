/** What a list shows, as it stands in the address 列表状态: read without trust, written without defaults. */
import type { Field } from '@/fields/field'
import type { T } from '@/i18n/i18n'
import { both, cleaned, type Filter, parseFilter } from '@/ui/record/filter'
import { type FormDefinition, type Sort, type View, valued } from '@/ui/record/shape'
import { listFields } from '@/ui/record/system'
import { type Kept, NO_VIEW, type SavedView, type Widths } from './views'

/** The search parameters of the list page. */
export interface ListSearch {
  view?: string
  q?: string
  filter?: Filter
  sort?: string
  cols?: string
  bin?: boolean
  record?: string
  tab?: string
  peek?: string
}

export interface ListState {
  /** Of the view that was chosen, or stands for none. */
  id: string
  /** The form's own view, whose conditions hold beside the others. */
  view: View | undefined
  /** The saved view that was chosen. */
  saved: SavedView | undefined
  /** The conditions beside the view's: the saved view's, or what the person made of them. */
  filter: Filter | null
  search: string
  sort: Sort[]
  columns: string[]
  widths: Widths
  deleted: boolean
}

/** The question that the list asks of the server. */
export interface ListAsk {
  filter: Filter | null
  search: string
  sort: Sort[]
  deleted: boolean
}

const FIRST_COLUMNS = 8

/** `amount,-created_at` as sorts; names that the form does not know fall away. */
export function readSort(text: unknown, known: Set<string>): Sort[] | null {
  if (typeof text !== 'string' || text === '') return null
  const sorts = text
    .split(',')
    .map((part) => (part.startsWith('-') ? { field: part.slice(1), descending: true } : { field: part }))
    .filter(({ field }) => known.has(field))
  return sorts.length > 0 ? sorts.slice(0, 5) : null
}

/** Sorts as text. */
export function writeSort(sorts: Sort[]): string {
  return sorts.map(({ field, descending }) => (descending ? `-${field}` : field)).join(',')
}

function readColumns(text: unknown, known: Set<string>): string[] | null {
  if (typeof text !== 'string' || text === '') return null
  const columns = [...new Set(text.split(','))].filter((each) => known.has(each))
  return columns.length > 0 ? columns : null
}

/** Which view: that of the address, or the one to begin with, unless the address asks something by itself. */
function chosen(search: ListSearch, views: View[], kept: Kept): { id: string; view?: View; saved?: SavedView } {
  const asked = search.view ?? (search.filter === undefined && search.q === undefined ? kept.start : '')
  const saved = kept.views.find(({ id }) => id === asked)
  if (saved) return { id: saved.id, saved, view: views.find(({ id }) => id === saved.base) }
  const view = views.find(({ id }) => id === asked) ?? views[0]
  return { id: view?.id ?? NO_VIEW, view }
}

/** The state in an address over what the person, the view and the form prefer. */
export function readState(search: ListSearch, definition: FormDefinition, kept: Kept, t: T): ListState {
  const fields = listFields(definition, t)
  const known = new Set(fields.map(({ id }) => id))
  const { id, view, saved } = chosen(search, definition.views ?? [], kept)
  const look = kept.looks[id]
  const inForm = (ids: string[] | undefined) => (ids ?? []).filter((each) => known.has(each))
  const own = readColumns(search.cols, known) ?? inForm(look?.columns)
  const first = valued(definition.fields)
    .filter((each) => !each.hidden)
    .slice(0, FIRST_COLUMNS)
  const choices = [own, inForm(saved?.columns), inForm(view?.columns), inForm(definition.columns)]
  const savedSort = saved && saved.sort.length > 0 ? saved.sort : undefined
  return {
    id,
    view,
    saved,
    filter: search.filter === undefined ? (saved?.filter ?? null) : cleaned(parseFilter(search.filter)),
    search: typeof search.q === 'string' ? search.q.slice(0, 200) : '',
    sort: readSort(search.sort, known) ?? savedSort ?? view?.sort ?? definition.sort ?? [],
    columns: choices.find((each) => each.length > 0) ?? first.map((field) => field.id),
    widths: look?.widths ?? saved?.widths ?? {},
    deleted: search.bin === true,
  }
}

/** The question of a state: the view's conditions and the person's. */
export function askOf(state: ListState): ListAsk {
  const { view, filter, search, sort, deleted } = state
  return { filter: deleted ? filter : both(view?.filter, filter), search, sort, deleted }
}

/** The next order after a click on a column's head: up, down, none. */
export function nextSort(sort: Sort[], field: string): Sort[] {
  const now = sort.length === 1 && sort[0]?.field === field ? sort[0] : undefined
  if (!now) return [{ field }]
  return now.descending ? [] : [{ field, descending: true }]
}

/** Fields by id, in the order of `ids`. */
export function fieldsById(ids: string[], fields: Field[]): Field[] {
  return ids.flatMap((id) => fields.filter((each) => each.id === id))
}
