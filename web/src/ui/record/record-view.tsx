/** A record that is read 数据详情: the form's page with texts instead of boxes. */
import { useMemo } from 'react'
import type { AroundValue, Field } from '@/fields/field'
import { typeNamed } from '@/fields/registry'
import { Computer } from './compute'
import { FieldValue } from './field-value'
import { PartList } from './form-parts'
import css from './record.module.css'
import { spanOf } from './record-form'
import { type FormShape, isBlank, type Part, partsOf } from './shape'

const ALONE = { me: null, related: () => undefined }

interface RecordViewProps {
  shape: FormShape
  record: AroundValue
  /** Fields that are not shown, e.g. at a node of a workflow. */
  hidden?: ReadonlySet<string>
}

/** What holds no value and is shown to a reader too. */
const stands = (field: Field) => {
  const type = typeNamed(field.type)
  return type?.valued === false && type.Display !== undefined
}

/** Sections and columns as in the form; fields that the rules hide are not there unless they hold something. */
export function RecordView({ shape, record, hidden }: RecordViewProps) {
  const ruled = useMemo(() => new Computer(shape, ALONE).rules(record.values).hidden, [shape, record.values])
  const shown = new Set(shape.readable)
  const parts = partsOf(shape.definition).map((part) => ({
    ...part,
    fields: part.fields.filter(
      (field) =>
        (shown.has(field.id) || stands(field)) &&
        !field.hidden &&
        !hidden?.has(field.id) &&
        !(ruled.has(field.id) && isBlank(record.values[field.id])),
    ),
  }))
  return (
    <div className={`${css.form} ${css.reading}`}>
      <PartList
        whole
        parts={parts.filter((part) => part.fields.some((field) => !stands(field)))}
        draw={(part: Part) =>
          part.fields.map((field) => {
            const Stand = stands(field) ? typeNamed(field.type)?.Display : undefined
            return (
              <div key={field.id} className={spanOf(field, shape.definition.grid)} data-field={field.id}>
                {Stand ? (
                  <Stand field={field} value={null} record={record} />
                ) : (
                  <>
                    <div className={css.readLabel}>{field.label}</div>
                    <div className={css.read}>
                      <FieldValue field={field} value={record.values[field.id]} record={record} mode="display" />
                    </div>
                  </>
                )}
              </div>
            )
          })
        }
      />
    </div>
  )
}
