/** Rows within a record 子表单; each has fields of its own. */
import { Table2 } from 'lucide-react'
import { useT } from '@/i18n/i18n'
import { useIsPhone } from '@/lib/use-is-phone'
import { useFieldContext } from './context'
import { type CellProps, type Field, fieldType, type InputProps } from './field'
import css from './parts/fields.module.css'
import { later } from './parts/later'
import { RowCards } from './parts/row-cards'
import { columnsOf, fixedRows, mentionedIn, type RowsSettings, type RowValues, rowsOf, sumsOf } from './parts/rows'
import { RowsRead } from './parts/rows-read'
import { RowsSettingsPane } from './parts/rows-settings'

const RowsTable = later(() => import('./parts/rows-table').then((found) => found.RowsTable))

function Rows(props: InputProps<RowsSettings, RowValues[]>) {
  const phone = useIsPhone()
  return phone ? <RowCards {...props} /> : <RowsTable {...props} />
}

/** How many rows, and their first sum. */
function Count({ field, value }: CellProps<RowsSettings, RowValues[]>) {
  const t = useT()
  const { typeNamed } = useFieldContext()
  const rows = rowsOf(value)
  if (rows.length === 0) return null
  const sums = sumsOf(columnsOf(field), rows, typeNamed, field.totals)
  return (
    <span className={css.cut}>
      {t('fields.rowCount', { count: rows.length })}
      {sums.length > 0 ? <span className={css.small}> · {sums.at(-1)?.text}</span> : null}
    </span>
  )
}

export default fieldType<RowsSettings, RowValues[]>({
  label: { zh: '子表单', en: 'Subform' },
  icon: Table2,
  group: 'advanced',
  rank: 2,
  kind: 'rows',
  blank: { fields: [] as Field[], width: 'full' },
  columnWidth: 150,
  topLevelOnly: true,
  nested: columnsOf,
  Input: Rows,
  Cell: Count,
  Display: RowsRead,
  Settings: RowsSettingsPane,
  start: fixedRows,
  mentions: mentionedIn,
})
