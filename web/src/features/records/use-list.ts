/** What the list page knows and does 列表行为: the state in the address, and every way to change it. */
import { useMemo, useState } from 'react'
import type { Field } from '@/fields/field'
import { useT } from '@/i18n/i18n'
import { useSearchState } from '@/lib/route'
import { type Filter, operatorsOf } from '@/ui/record/filter'
import type { FormShape, Sort } from '@/ui/record/shape'
import { filterFields, listFields } from '@/ui/record/system'
import { askOf, fieldsById, type ListSearch, readState, writeSort } from './list-state'
import { within } from './use-widths'
import { isChanged, type Kept, useViewDeeds } from './views'

const FRESH: Partial<ListSearch> = { filter: undefined, sort: undefined, cols: undefined, q: undefined, bin: undefined }

/** The state of the list and its verbs. */
export function useList(shape: FormShape, kept: Kept) {
  const t = useT()
  const { app, form, definition } = shape
  const [search, setSearch] = useSearchState<ListSearch>()
  const [filterOpen, setFilterOpen] = useState(false)
  const [begun, setBegun] = useState<Filter | null>(null)
  const deeds = useViewDeeds(app, form)
  const state = useMemo(() => readState(search, definition, kept, t), [search, definition, kept, t])
  const plain = useMemo(
    () => readState({ view: state.id }, definition, { ...kept, looks: {} }, t),
    [state.id, definition, kept, t],
  )
  const ask = useMemo(() => askOf(state), [state])
  const fields = useMemo(() => listFields(definition, t), [definition, t])
  const filterable = useMemo(() => filterFields(shape, t), [shape, t])
  /** What is asked beyond the view stays with the view. */
  const stay = (patch: Partial<ListSearch>) => setSearch({ view: state.id, ...patch }, { replace: true })
  const setColumns = (columns: string[] | null) => {
    deeds.look(state.id, columns ? { columns, widths: state.widths } : null)
    stay({ cols: columns?.join(',') })
  }
  return {
    search,
    setSearch,
    kept,
    state,
    changed: !state.deleted && isChanged(state, plain),
    ask,
    fields,
    filterable,
    columns: useMemo(() => fieldsById(state.columns, fields), [state.columns, fields]),
    setColumns,
    setSort: (sort: Sort[]) => stay({ sort: sort.length > 0 ? writeSort(sort) : undefined }),
    setText: (q: string) => stay({ q: q || undefined }),
    setFilter: (filter: Filter | null) => stay({ filter: filter ?? (state.saved?.filter ? { all: [] } : undefined) }),
    resize: (field: string, width: number | null) => {
      const { [field]: _gone, ...rest } = state.widths
      const widths = width === null ? rest : { ...rest, [field]: within(width) }
      deeds.look(state.id, { columns: kept.looks[state.id]?.columns ?? [], widths })
    },
    /** Drops the columns and widths of one's own in this view. */
    forget: () => deeds.look(state.id, null),
    revert: () => {
      deeds.look(state.id, null)
      setSearch({ ...FRESH, view: state.id })
    },
    /** Neither conditions nor words. */
    askNothing: () => stay({ filter: state.saved?.filter ? { all: [] } : undefined, q: undefined }),
    setView: (view: string) => setSearch({ ...FRESH, view: view || undefined }),
    setBin: (bin: boolean) => setSearch({ ...FRESH, bin: bin || undefined }),
    filterOpen,
    begun,
    openFilter: (open: boolean) => {
      setBegun(null)
      setFilterOpen(open)
    },
    filterBy: (field: Field) => {
      const fresh = { field: field.id, op: operatorsOf(field)[0] ?? 'eq' }
      setBegun(state.filter ? { all: [state.filter, fresh] } : { all: [fresh] })
      setFilterOpen(true)
    },
  }
}
