/** What the ids in a filter are called 筛选中的名称: members, departments, and records by their titles. */
import { useEffect, useState } from 'react'
import { useFieldContext } from '@/fields/context'
import type { Field } from '@/fields/field'
import { idsOf } from '@/fields/parts/choosing'
import { typeNamed } from '@/fields/registry'
import { type Filter, isGroup, partsIn } from './filter'

/** The records that each reference field is asked for. */
export function pointedAt(filter: Filter | null, fields: Field[]): Map<string, string[]> {
  const found = new Map<string, string[]>()
  const walk = (part: Filter): void => {
    if (isGroup(part)) {
      for (const each of partsIn(part)) walk(each)
      return
    }
    const field = fields.find(({ id }) => id === part.field)
    const ids = idsOf(part.value).filter((id) => !id.startsWith('@'))
    if (!field || ids.length === 0 || !typeNamed(field.type)?.points?.(field).form) return
    found.set(field.id, [...(found.get(field.id) ?? []), ...ids])
  }
  if (filter) walk(filter)
  return found
}

/** A name for each id; what nobody may tell is a dash of dots. */
export function useFilterNames(filter: Filter | null, fields: Field[]): (id: string) => string {
  const { members, departments, options } = useFieldContext()
  const [titles, setTitles] = useState<Record<string, string>>({})
  const asked = JSON.stringify([...pointedAt(filter, fields)])
  useEffect(() => {
    for (const [field, ids] of JSON.parse(asked) as [string, string[]][]) {
      options(field, { ids })
        .then((known) =>
          setTitles((before) => ({ ...before, ...Object.fromEntries(known.map(({ id, title }) => [id, title])) })),
        )
        .catch(() => undefined)
    }
  }, [asked, options])
  return (id) => titles[id] ?? [...members, ...departments].find((each) => each.id === id)?.name ?? '…'
}
