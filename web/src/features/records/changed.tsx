/** What changed in a value that is more than one line 变化明细: rows one by one, files by their names. */
import type { AroundValue, Field, Json, Values } from '@/fields/field'
import { typeNamed } from '@/fields/registry'
import { useT } from '@/i18n/i18n'
import { FieldValue } from '@/ui/record/field-value'
import { isSame } from '@/ui/record/shape'
import { columnsOf, nameOfRow, type RowChange, rowsChanged } from './changes'
import css from './records.module.css'

/** More lines than these are counted instead of shown. */
const MOST = 30

interface CellsProps {
  column: Field
  before: Values
  after: Values
  titles: Record<string, string>
}

/** A cell of a row: what it held, what it holds. */
function Cells({ column, before, after, titles }: CellsProps) {
  const value = (row: Values) => {
    const around: AroundValue = { id: String(row.id ?? ''), values: row, titles }
    return <FieldValue field={column} value={row[column.id]} record={around} mode="display" />
  }
  return (
    <div className={css.cellChange}>
      <span className={css.quiet}>{column.label}</span>
      <span className={css.before}>{value(before)}</span>
      <span aria-hidden>→</span>
      <span>{value(after)}</span>
    </div>
  )
}

function Row({ change, columns, titles }: { change: RowChange; columns: Field[]; titles: Record<string, string> }) {
  const t = useT()
  const { kind, number, before, after } = change
  const name = nameOfRow(after ?? before ?? {}, columns[0])
  const touched = columns.filter(({ id }) => !isSame(before?.[id], after?.[id]))
  return (
    <li>
      <div className={css.rowChange} data-kind={kind}>
        <b>{t(`fields.row_${kind}`)}</b>
        <span>{t('fields.rowNumber', { number })}</span>
        <span className={kind === 'gone' ? css.before : undefined}>{name}</span>
      </div>
      {kind === 'changed' && before && after
        ? touched.map((column) => <Cells key={column.id} {...{ column, before, after, titles }} />)
        : null}
    </li>
  )
}

interface ChangedProps {
  field: Field
  before: Json
  after: Json
  titles: Record<string, string>
}

/** Rows: those that came, those that went, and the cells that changed in those that stayed. */
export function RowsChanged({ field, before, after, titles }: ChangedProps) {
  const t = useT()
  const columns = columnsOf(field, before, after)
  const changes = rowsChanged(before, after, columns)
  return (
    <ul className={css.rowChanges} aria-label={field.label}>
      {changes.slice(0, MOST).map((change) => (
        <Row key={`${change.kind}${change.number}`} {...{ change, columns, titles }} />
      ))}
      {changes.length > MOST ? (
        <li className={css.quiet}>{t('fields.rowsMore', { count: changes.length - MOST })}</li>
      ) : null}
      {changes.length === 0 ? <li className={css.quiet}>{t('fields.rowsMoved')}</li> : null}
    </ul>
  )
}

interface FilesProps {
  field: Field
  value: Json
  record: AroundValue
  /** The ids that the record still holds: only those can be looked at. */
  held: ReadonlySet<string>
}

/** Files: as the type draws those that are still there, by their names those that were taken away. */
export function FilesThen({ field, value, record, held }: FilesProps) {
  const files = filesIn(value)
  const here = files.filter(({ id }) => held.has(id))
  const gone = files.filter(({ id }) => !held.has(id))
  return (
    <span className={css.filesThen}>
      {here.length > 0 ? <FieldValue field={field} value={here as unknown as Json} record={record} /> : null}
      {gone.map(({ id, name }) => (
        <span key={id}>{name}</span>
      ))}
    </span>
  )
}

/** The files in a value; none when it is anything else. */
export function filesIn(value: Json | undefined): { id: string; name: string }[] {
  if (!Array.isArray(value)) return []
  return value.filter(
    (one): one is { id: string; name: string } =>
      typeof one === 'object' && one !== null && !Array.isArray(one) && 'id' in one && 'name' in one && 'size' in one,
  )
}

/** Whether a field's value is rows. */
export const isRows = (field: Field) => typeNamed(field.type)?.kind === 'rows'
