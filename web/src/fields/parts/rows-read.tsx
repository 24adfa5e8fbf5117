/** Rows that are read 子表单阅读: a quiet table, summed at the foot. */
import { useFieldContext } from '@/fields/context'
import type { CellProps, Field } from '@/fields/field'
import { useT } from '@/i18n/i18n'
import css from './fields.module.css'
import { RowWords } from './row-cell'
import { type RowsSettings, type RowValues, rowsOf, shownColumns, sumsOf } from './rows'

/** The rows of a record. */
export function RowsRead({ field, value, record }: CellProps<RowsSettings, RowValues[]>) {
  const t = useT()
  const { typeNamed } = useFieldContext()
  const rows = rowsOf(value)
  const columns = shownColumns(field)
  const right = (column: Field) => (typeNamed(column.type)?.align === 'right' ? css.right : '')
  const sums = sumsOf(columns, rows, typeNamed, field.totals)
  if (rows.length === 0) return null
  return (
    <div className={css.rowsScroll}>
      <table className={css.rowsTable} aria-label={field.label}>
        <thead>
          <tr>
            <th className={css.rowNumber}>#</th>
            {columns.map((column) => (
              <th key={column.id} className={right(column)}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={String(row.id ?? at)}>
              <td className={css.rowNumber}>{at + 1}</td>
              {columns.map((column) => (
                <td key={column.id} className={`${css.read} ${right(column)}`} style={{ maxWidth: 280 }}>
                  <RowWords column={column} row={row} titles={record?.titles} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        {sums.length > 0 && rows.length > 1 ? (
          <tfoot>
            <tr>
              <td className={css.small}>{t('fields.total')}</td>
              {columns.map((column) => (
                <td key={column.id} className={`tabular ${css.right}`}>
                  {sums.find((each) => each.column === column.id)?.text}
                </td>
              ))}
            </tr>
          </tfoot>
        ) : null}
      </table>
    </div>
  )
}
