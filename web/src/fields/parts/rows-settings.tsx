/** How rows behave 子表单设置: how many, what stands at the foot of a column, and rows that are always there. */
import { Button, Select } from 'antd'
import { Plus, Trash2 } from 'lucide-react'
import { useFieldContext } from '@/fields/context'
import type { Field, Json, SettingsProps, Values } from '@/fields/field'
import { useT } from '@/i18n/i18n'
import { IconButton } from '@/ui/icon-button'
import css from './fields.module.css'
import { columnsOf, type RowsSettings, TOTALS, type Total } from './rows'
import { Setting, Settings, Whole } from './setting'

function Totals({ field, onChange }: SettingsProps<RowsSettings>) {
  const t = useT()
  const { typeNamed } = useFieldContext()
  const numbers = columnsOf(field).filter((column) => typeNamed(column.type)?.kind === 'number')
  if (numbers.length === 0) return null
  const choose = (column: Field, how: string) => {
    const { [column.id]: _, ...rest } = field.totals ?? {}
    const next = how === 'auto' ? rest : { ...rest, [column.id]: how as Total }
    onChange({ totals: Object.keys(next).length > 0 ? next : undefined })
  }
  return (
    <div className={css.setting}>
      <span className={css.settingLabel}>{t('fill.columnTotals')}</span>
      {numbers.map((column) => (
        <div key={column.id} className={css.settingRow}>
          <span className={css.cut}>{column.label}</span>
          <Select
            size="small"
            style={{ width: 104 }}
            value={field.totals?.[column.id] ?? 'auto'}
            aria-label={`${t('fill.columnTotals')}: ${column.label}`}
            options={['auto', ...TOTALS].map((value) => ({ value, label: t(`fill.total_${value}`) }))}
            onChange={(how) => choose(column, how)}
          />
        </div>
      ))}
    </div>
  )
}

function Fixed({ field, onChange }: SettingsProps<RowsSettings>) {
  const t = useT()
  const { typeNamed } = useFieldContext()
  const rows = field.fixed ?? []
  const columns = columnsOf(field).filter((column) => !column.formula && typeNamed(column.type)?.given !== true)
  const set = (next: Values[]) => onChange({ fixed: next.length > 0 ? next : undefined })
  const put = (at: number, column: string, value: Json) => {
    const { [column]: _, ...rest } = rows[at] ?? {}
    set(rows.map((row, i) => (i === at ? (value === null ? rest : { ...rest, [column]: value }) : row)))
  }
  return (
    <div className={css.setting}>
      <span className={css.settingLabel}>{t('fill.fixedRows')}</span>
      {rows.length > 0 ? <span className={css.small}>{t('fill.fixedRowsHint')}</span> : null}
      {rows.map((row, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: fixed rows have nothing but their place
        <div key={at} className={css.fixedRow}>
          {columns.slice(0, 3).map((column) => {
            const Input = typeNamed(column.type)?.Input
            return Input ? (
              <Setting key={column.id} label={column.label}>
                <Input
                  field={{ ...column, required: false }}
                  value={(row[column.id] as never) ?? null}
                  onChange={(value: Json) => put(at, column.id, value)}
                />
              </Setting>
            ) : null
          })}
          <IconButton
            size="small"
            icon={Trash2}
            iconSize={14}
            label={t('fields.deleteRow')}
            onClick={() => set(rows.filter((_, i) => i !== at))}
          />
        </div>
      ))}
      <Button size="small" type="text" icon={<Plus size={14} />} onClick={() => set([...rows, {}])}>
        {t('fill.addFixedRow')}
      </Button>
    </div>
  )
}

/** The pane of a subform. */
export function RowsSettingsPane({ field, onChange }: SettingsProps<RowsSettings>) {
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
      <Totals field={field} onChange={onChange} />
      <Fixed field={field} onChange={onChange} />
    </Settings>
  )
}
