/** A record that is read 数据详情: the form's page with texts instead of boxes. */
import { useMemo } from 'react'
import type { AroundValue } from '@/fields/field'
import { Computer } from './compute'
import { FieldValue } from './field-value'
import css from './record.module.css'
import { FormPart, spanOf } from './record-form'
import { type FormShape, isBlank, partsOf } from './shape'

const ALONE = { me: null, related: () => undefined }

interface RecordViewProps {
  shape: FormShape
  record: AroundValue
  /** Fields that are not shown, e.g. at a node of a workflow. */
  hidden?: ReadonlySet<string>
}

/** Sections and columns as in the form; fields that the rules hide are not there unless they hold something. */
export function RecordView({ shape, record, hidden }: RecordViewProps) {
  const ruled = useMemo(() => new Computer(shape, ALONE).rules(record.values).hidden, [shape, record.values])
  const shown = new Set(shape.readable)
  const parts = partsOf(shape.definition).map((part) => ({
    ...part,
    fields: part.fields.filter(
      (field) =>
        shown.has(field.id) &&
        !field.hidden &&
        !hidden?.has(field.id) &&
        !(ruled.has(field.id) && isBlank(record.values[field.id])),
    ),
  }))
  return (
    <div className={`${css.form} ${css.reading}`}>
      {parts
        .filter((part) => part.fields.length > 0)
        .map((part) => (
          <FormPart key={part.id} part={part}>
            {part.fields.map((field) => (
              <div key={field.id} className={spanOf(field)} data-field={field.id}>
                <div className={css.readLabel}>{field.label}</div>
                <div className={css.read}>
                  <FieldValue field={field} value={record.values[field.id]} record={record} mode="display" />
                </div>
              </div>
            ))}
          </FormPart>
        ))}
    </div>
  )
}
