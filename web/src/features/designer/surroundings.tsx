/** What fields on the canvas may ask 设计器的字段环境: people, and the draft's own forms with their fields. */
import { type ReactNode, useMemo } from 'react'
import { FieldContext, type FieldSurroundings, useFieldContext } from '@/fields/context'
import type { AppDraft } from '@/ui/design/draft'
import type { Form } from './definition'

/** The app's frame, with the draft's forms instead of the live ones. */
export function DraftSurroundings({ draft, form, children }: { draft: AppDraft; form: string; children: ReactNode }) {
  const around = useFieldContext()
  const value = useMemo<FieldSurroundings>(() => {
    const parts = Object.entries(draft.parts).filter(([name]) => name.startsWith('forms/'))
    const forms = parts.map(([, part]) => {
      const { id, name, fields = [] } = part as unknown as Form
      return { id, name, fields }
    })
    return { ...around, form, forms }
  }, [around, draft.parts, form])
  return <FieldContext value={value}>{children}</FieldContext>
}
