/** Rows that are read 子表单阅读: a quiet table, summed at the foot. */
import { useFieldContext } from '@/fields/context'
import type { CellProps, Field } from '@/fields/field'
import { useT } from '@/i18n/i18n'
import { useIsPhone } from '@/lib/use-is-phone'
import css from './fields.module.css'
import { RowWords } from './row-cell'
import { type ColumnSum, type RowsSettings, type RowValues, rowsOf, shownColumns, sumsOf } from './rows'
import { Sideways } from './sideways'

/** More rows than these are a table on a phone too. */
const CARDS = 30
/** So few columns fit beside one another. */
const FIT = 2

interface ReadProps {
  columns: Field[]
  rows: RowValues[]
  titles: Record<string, string> | undefined
}

/** On a phone: the first column as the name of the row, under it the others with their labels. */
function ReadCards({ label, columns, rows, titles, sums }: ReadProps & { label: string; sums: ColumnSum[] }) {
  const t = useT()
  const [first, ...others] = columns
  return (
    <ul className={css.readCards} aria-label={label}>
      {rows.map((row, at) => (
        <li key={String(row.id ?? at)}>
          <div className={css.readHead}>
            <small>{at + 1}</small>
            {first ? <RowWords column={first} row={row} titles={titles} /> : null}
          </div>
          <dl>
            {others.map((column) => (
              <div key={column.id}>
                <dt>{column.label}</dt>
                <dd>
                  <RowWords column={column} row={row} titles={titles} />
                </dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
      {sums.length > 0 && rows.length > 1 ? (
        <li className={css.readSums}>
          <span>{t('fields.total')}</span>
          {sums.map(({ column, text }) => (
            <span key={column}>
              {columns.find(({ id }) => id === column)?.label} <b className="tabular">{text}</b>
            </span>
          ))}
        </li>
      ) : null}
    </ul>
  )
}

/** The rows of a record. */
export function RowsRead({ field, value, record }: CellProps<RowsSettings, RowValues[]>) {
  const t = useT()
  const phone = useIsPhone()
  const { typeNamed } = useFieldContext()
  const rows = rowsOf(value)
  const columns = shownColumns(field)
  const right = (column: Field) => (typeNamed(column.type)?.align === 'right' ? css.right : '')
  const sums = sumsOf(columns, rows, typeNamed, field.totals)
  const titles = record?.titles
  if (rows.length === 0) return null
  if (phone && columns.length > FIT && rows.length <= CARDS)
    return <ReadCards label={field.label ?? ''} {...{ columns, rows, titles, sums }} />
  return (
    <Sideways className={css.rowsScroll} label={field.label}>
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
                  <RowWords column={column} row={row} titles={titles} />
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
    </Sideways>
  )
}
