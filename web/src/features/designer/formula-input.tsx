/** A formula or condition of this form 公式输入, with the form as it is in the designer. */
import { useMemo } from 'react'
import { ExpressionInput } from '@/ui/design/expression-input'
import { fieldAt, named } from './definition'
import { useDesigner } from './use-designer'

interface FormulaInputProps {
  /** The field it belongs to; a column may name its neighbours. */
  path?: string
  label: string
  value: string
  onChange: (text: string) => void
  condition?: boolean
  /** A condition that the database carries out. */
  stored?: 'filter' | 'rows'
}

/** Knows the form's fields, and for a column the columns beside it. */
export function FormulaInput({ path = '', label, value, onChange, condition, stored }: FormulaInputProps) {
  const { app, form } = useDesigner()
  const subform = path.includes('.') ? path.split('.')[0] : undefined
  const fields = useMemo(() => {
    const all = named(form)
    const columns = subform === undefined ? [] : (fieldAt(form, subform) as { fields?: typeof all } | undefined)?.fields
    return [...(columns ?? []), ...all].filter(({ id }) => id !== path)
  }, [form, subform, path])
  return (
    <ExpressionInput
      place={{ app, form: form.id, subform, definition: form, stored }}
      fields={fields}
      label={label}
      value={value}
      onChange={onChange}
      condition={condition}
    />
  )
}
