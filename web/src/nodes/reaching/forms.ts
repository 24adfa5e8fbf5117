/** The app's forms as the draft has them 草稿中的表单, for nodes that write into others. */
import { useMemo } from 'react'
import type { Field } from '@/fields/field'
import { useAppDraft } from '@/ui/design/draft'

export interface FormPart {
  id: string
  name: string
  workflow?: string | null
  fields: Field[]
}

/** Every form of the draft. */
export function useForms(app: string): FormPart[] {
  const { data } = useAppDraft(app)
  return useMemo(
    () =>
      Object.entries((data?.parts ?? {}) as Record<string, Partial<FormPart>>)
        .filter(([part]) => part.startsWith('forms/'))
        .map(([part, form]) => ({
          id: part.slice(6),
          name: form.name ?? '',
          workflow: form.workflow,
          fields: form.fields ?? [],
        })),
    [data],
  )
}
