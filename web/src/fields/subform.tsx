/** Rows within a record 子表单; each has fields of its own. */
import { Table2 } from 'lucide-react'
import { useT } from '@/i18n/i18n'
import { useIsPhone } from '@/lib/use-is-phone'
import { useFieldContext } from './context'
import { type CellProps, type Field, fieldType, type InputProps, type SettingsProps } from './field'
import css from './parts/fields.module.css'
import { RowCards } from './parts/row-cards'
import { columnsOf, type RowsSettings, type RowValues, rowsOf, sumsOf } from './parts/rows'
import { RowsRead } from './parts/rows-read'
import { RowsTable } from './parts/rows-table'
import { Settings, Whole } from './parts/setting'

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
  const sums = sumsOf(columnsOf(field), rows, typeNamed)
  return (
    <span className={css.cut}>
      {t('fields.rowCount', { count: rows.length })}
      {sums.length > 0 ? <span className={css.small}> · {sums.at(-1)?.text}</span> : null}
    </span>
  )
}

function Pane({ field, onChange }: SettingsProps<RowsSettings>) {
  const t = useT()
  return (
    <Settings>
      <div className={css.pair}>
        <Whole
          label={t('fields.minRows')}
          value={field.min_rows}
          fallback={0}
          max={1000}
          onChange={(min_rows) => onChange({ min_rows })}
        />
        <Whole
          label={t('fields.maxRows')}
          value={field.max_rows}
          fallback={500}
          min={1}
          max={1000}
          onChange={(max_rows) => onChange({ max_rows })}
        />
      </div>
    </Settings>
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
  Settings: Pane,
})
