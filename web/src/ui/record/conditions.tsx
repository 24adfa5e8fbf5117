/** Lets fields ask whether a condition over the record being filled holds 条件环境. */
import { type ReactNode, useMemo } from 'react'
import { FieldContext, useFieldContext } from '@/fields/context'
import type { RecordFormState } from './use-record-form'

/** Around the inputs of a form. */
export function Conditions({ holds, children }: { holds: RecordFormState['holds']; children: ReactNode }) {
  const around = useFieldContext()
  const inside = useMemo(() => ({ ...around, holds }), [around, holds])
  return <FieldContext.Provider value={inside}>{children}</FieldContext.Provider>
}
