/** Rows as cards 子表单卡片, for a phone. */
import { Button } from 'antd'
import { ArrowDown, ArrowUp, Copy, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useFieldContext } from '@/fields/context'
import type { InputProps } from '@/fields/field'
import { useT } from '@/i18n/i18n'
import { IconButton } from '@/ui/icon-button'
import css from './fields.module.css'
import { RowInput, Within } from './row-cell'
import { type RowsSettings, type RowValues, shownColumns, sumsOf } from './rows'
import { useRows } from './use-rows'

/** As many cards are drawn at first, and as many more when asked. */
const FEW = 20

/** One card for each row, the sums, and a button. */
export function RowCards(props: InputProps<RowsSettings, RowValues[]>) {
  const t = useT()
  const { field, onPick } = props
  const { typeNamed } = useFieldContext()
  const { rows, locked, fixed, full, add, copy, remove, move, patch, problemAt, isFixed } = useRows(props)
  const columns = shownColumns(field)
  const [asked, setSeen] = useState(FEW)
  // a row that is wrong, or has just been added, is seen whatever its place
  const wrong = Math.max(-1, ...(props.problems ?? []).map(({ path: [at] }) => Number(at)))
  const seen = Math.max(asked, wrong + 1)
  const addSeen = () => {
    setSeen(Math.max(asked, rows.length + 1))
    add()
  }
  return (
    <Within subform={field.id}>
      <div className={css.rowCards}>
        {rows.slice(0, seen).map((row, at) => (
          <div key={String(row.id ?? at)} className={css.rowCard}>
            <div className={css.rowCardHead}>
              <span>{t('fields.rowNumber', { number: at + 1 })}</span>
              {locked || fixed ? null : (
                <span>
                  <IconButton
                    icon={ArrowUp}
                    label={t('fill.rowUp')}
                    disabled={at === 0}
                    onClick={() => move(at, at - 1)}
                  />
                  <IconButton
                    icon={ArrowDown}
                    label={t('fill.rowDown')}
                    disabled={at === rows.length - 1}
                    onClick={() => move(at, at + 1)}
                  />
                  <IconButton icon={Copy} label={t('fields.copyRow')} disabled={full} onClick={() => copy(at)} />
                  <IconButton icon={Trash2} label={t('fields.deleteRow')} onClick={() => remove(at)} />
                </span>
              )}
            </div>
            {columns.map((column) => (
              <div key={column.id} data-problem-path={`${at}.${column.id}`}>
                <div className={css.cellLabel}>
                  {column.required ? <span className={css.star}>*</span> : null}
                  {column.label}
                </div>
                <RowInput
                  {...{ column, row, around: props.values, onPick, problem: problemAt(at, column.id) }}
                  disabled={locked || isFixed(at, column.id)}
                  onChange={(values) => patch(at, values)}
                />
              </div>
            ))}
          </div>
        ))}
        {rows.length > seen ? (
          <Button type="text" onClick={() => setSeen(seen + FEW)}>
            {t('fill.moreRows', { count: Math.min(FEW, rows.length - seen) })}
          </Button>
        ) : null}
        {rows.length > 1 ? (
          <div className={css.totals}>
            {sumsOf(columns, rows, typeNamed, field.totals).map((sum) => (
              <span key={sum.column} className="tabular">
                <span className={css.small}>{sum.label}</span> {sum.text}
              </span>
            ))}
          </div>
        ) : null}
        {locked || fixed ? null : (
          <Button block icon={<Plus size={16} />} disabled={full} onClick={addSeen}>
            {t('fields.addRow')}
          </Button>
        )}
      </div>
    </Within>
  )
}
