/** What the server says of a widget 组件数据. */
import type { Json, Values } from '@/fields/field'
import type { Filter } from '@/ui/record/filter'

/** One group: its keys, their words, its numbers, and the filter that leads to its records. */
export interface Row {
  keys: Json[]
  labels: string[]
  values: (string | null)[]
  filter?: Filter
}

export interface Figure {
  value?: string | null
  second?: string | null
  ratio?: string | null
  goal?: string | null
}

export interface ListedRecord {
  id: string
  values: Values
  title?: string
}

export interface WidgetData {
  rows: Row[]
  records: ListedRecord[]
  titles: Record<string, string>
  measures: string[]
  figure: Figure
  filter: Filter
  error: string
}

/** The server's answer, read as what it is; absent parts are empty. */
export function readAnswer(raw: unknown): WidgetData {
  const found = (raw ?? {}) as Partial<WidgetData>
  return {
    rows: found.rows ?? [],
    records: found.records ?? [],
    titles: found.titles ?? {},
    measures: found.measures ?? [],
    figure: found.figure ?? {},
    filter: found.filter ?? { all: [] },
    error: found.error ?? '',
  }
}
