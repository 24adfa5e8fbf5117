/** Numbers and records in rows 表格与明细: every row leads to its records, also by keyboard. */
import type { Field } from '@/fields/field'
import { typeNamed } from '@/fields/registry'
import { useT } from '@/i18n/i18n'
import { FieldValue } from '@/ui/record/field-value'
import type { FormShape } from '@/ui/record/shape'
import { listFields, type RecordLike, seenValues } from '@/ui/record/system'
import type { Row, WidgetData } from './answer'
import css from './dashboard.module.css'
import type { Widget } from './definition'
import { exactOf, fieldAt, type Unit } from './numbers'

interface NumberTableProps {
  widget: Widget
  data: WidgetData
  units: Unit[]
  shape: FormShape | undefined
  onPick?: (row: Row) => void
}

/** Groups at the left, measures at the right, exact. */
export function NumberTable({ widget, data, units, shape, onPick }: NumberTableProps) {
  const t = useT()
  const heads = (widget.groups ?? []).map((group) => fieldAt(shape, group.field)?.label ?? group.field)
  return (
    <div className={css.scroll}>
      <table className={css.table}>
        <thead>
          <tr>
            {heads.map((label) => (
              <th key={label} scope="col">
                {label}
              </th>
            ))}
            {data.measures.map((label) => (
              <th key={label} scope="col" className={css.right}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.rows.map((row) => (
            <tr
              key={row.keys.join('\u0000')}
              onClick={onPick && (() => onPick(row))}
              data-clickable={onPick !== undefined}
            >
              {row.labels.map((label, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns keep their places
                <td key={at}>
                  {at === 0 && onPick ? (
                    <button type="button" className={css.rowLink}>
                      {label || t('dashboard.nothing')}
                    </button>
                  ) : (
                    label || t('dashboard.nothing')
                  )}
                </td>
              ))}
              {row.values.map((value, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns keep their places
                <td key={at} className={css.right}>
                  {exactOf(value, units[at] ?? 'plain')}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface RecordTableProps {
  widget: Widget
  data: WidgetData
  shape: FormShape
  onOpen?: (id: string) => void
}

function columnsOf(widget: Widget, shape: FormShape, fields: Field[]): Field[] {
  const wanted = widget.columns?.length
    ? widget.columns
    : (shape.definition.columns ?? fields.slice(0, 5).map((f) => f.id))
  return wanted.flatMap((id) => fields.filter((field) => field.id === id))
}

/** Records with the chosen columns. */
export function RecordTable({ widget, data, shape, onOpen }: RecordTableProps) {
  const t = useT()
  const columns = columnsOf(widget, shape, listFields(shape.definition, t))
  const align = (field: Field) => (typeNamed(field.type)?.align === 'right' ? css.right : undefined)
  return (
    <div className={css.scroll}>
      <table className={css.table}>
        <thead>
          <tr>
            {columns.map((field) => (
              <th key={field.id} scope="col" className={align(field)}>
                {field.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.records.map((record) => {
            const values = seenValues(record as RecordLike)
            return (
              <tr key={record.id} onClick={onOpen && (() => onOpen(record.id))} data-clickable={onOpen !== undefined}>
                {columns.map((field, at) => {
                  const cell = (
                    <FieldValue
                      field={field}
                      value={values[field.id]}
                      record={{ id: record.id, values, titles: data.titles }}
                    />
                  )
                  return (
                    <td key={field.id} className={align(field)}>
                      {at === 0 && onOpen ? (
                        <button type="button" className={css.rowLink}>
                          {cell}
                        </button>
                      ) : (
                        cell
                      )}
                    </td>
                  )
                })}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
