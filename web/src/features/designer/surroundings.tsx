/** What fields on the canvas may ask 设计器的字段环境: people, and the draft's own forms with their fields. */
import { type ReactNode, useMemo } from 'react'
import { useSession } from '@/api/session'
import { FieldContext, type FieldSurroundings, useFieldContext } from '@/fields/context'
import type { Field, Json } from '@/fields/field'
import type { AppDraft } from '@/ui/design/draft'
import { sourcedOf } from '@/ui/record/aggregates'
import type { Filter } from '@/ui/record/filter'
import { FilterBuilder } from '@/ui/record/filter-builder'
import type { Form } from './definition'

interface FilteringProps {
  fields: Field[]
  filter: Json | undefined
  own?: boolean
  onChange: (filter: Json) => void
}

function Filtering({ fields, filter, own = false, onChange }: FilteringProps) {
  const { forms, form, typeNamed, beside = [] } = useFieldContext()
  const mine = [...beside, ...(forms.find(({ id }) => id === form)?.fields ?? [])]
  return (
    <FilterBuilder
      fields={fields.filter(({ type }) => typeNamed(type)?.valued !== false)}
      filter={filter as unknown as Filter | undefined}
      mine={own ? mine.filter(({ type }) => typeNamed(type)?.valued !== false) : undefined}
      onChange={(next) => onChange(next as unknown as Json)}
    />
  )
}

/** The app's frame, with the draft's forms instead of the live ones. */
export function DraftSurroundings({ draft, form, children }: { draft: AppDraft; form: string; children: ReactNode }) {
  const around = useFieldContext()
  const services = useSession().data?.services
  const value = useMemo<FieldSurroundings>(() => {
    const parts = Object.entries(draft.parts).filter(([name]) => name.startsWith('forms/'))
    const forms = parts.map(([, part]) => {
      const { id, name, fields = [] } = part as unknown as Form
      return { id, name, fields }
    })
    const own = draft.parts[`forms/${form}`] as unknown as Form | undefined
    return {
      ...around,
      form,
      services,
      forms,
      aggregates: sourcedOf(draft),
      Filter: Filtering,
      actions: own?.actions ?? [],
    }
  }, [around, services, draft, form])
  return <FieldContext value={value}>{children}</FieldContext>
}
