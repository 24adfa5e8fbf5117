/** What the list page knows and does 列表行为: the state in the address, and every way to change it. */
import { useMemo, useState } from 'react'
import type { Field } from '@/fields/field'
import { useT } from '@/i18n/i18n'
import { useSearchState } from '@/lib/route'
import { type Filter, operatorsOf } from '@/ui/record/filter'
import type { FormShape, Sort } from '@/ui/record/shape'
import { filterFields, listFields } from '@/ui/record/system'
import { askOf, fieldsById, type ListSearch, readState, writeSort } from './list-state'
import { keepColumns, keptColumns } from './remembered'

const FRESH: Partial<ListSearch> = { filter: undefined, sort: undefined, cols: undefined, q: undefined, bin: undefined }

/** The state of the list and its verbs. */
export function useList(shape: FormShape) {
  const t = useT()
  const { app, form, definition } = shape
  const [search, setSearch] = useSearchState<ListSearch>()
  const [filterOpen, setFilterOpen] = useState(false)
  const [begun, setBegun] = useState<Filter | null>(null)
  const viewId = search.view ?? definition.views?.[0]?.id ?? ''
  const kept = useMemo(() => keptColumns(app, form, viewId), [app, form, viewId])
  const state = useMemo(() => readState(search, definition, kept, t), [search, definition, kept, t])
  const ask = useMemo(() => askOf(state), [state])
  const fields = useMemo(() => listFields(definition, t), [definition, t])
  const filterable = useMemo(() => filterFields(shape, t), [shape, t])
  const setColumns = (columns: string[] | null) => {
    keepColumns(app, form, viewId, columns)
    setSearch({ cols: columns?.join(',') }, { replace: true })
  }
  return {
    search,
    setSearch,
    state,
    ask,
    fields,
    filterable,
    columns: useMemo(() => fieldsById(state.columns, fields), [state.columns, fields]),
    setColumns,
    setSort: (sort: Sort[]) => setSearch({ sort: sort.length > 0 ? writeSort(sort) : undefined }, { replace: true }),
    setText: (q: string) => setSearch({ q: q || undefined }, { replace: true }),
    setFilter: (filter: Filter | null) => setSearch({ filter: filter ?? undefined }, { replace: true }),
    setView: (view: string) => setSearch({ ...FRESH, view }),
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
