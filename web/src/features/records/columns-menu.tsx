/** Which columns a list shows, and in which order 显示字段. */
import { Button, Checkbox, Popover } from 'antd'
import { ArrowDown, ArrowUp, Columns3 } from 'lucide-react'
import type { Field } from '@/fields/field'
import { useT } from '@/i18n/i18n'
import { IconButton } from '@/ui/icon-button'
import { fieldsById } from './list-state'
import css from './records.module.css'

interface ColumnsProps {
  fields: Field[]
  columns: string[]
  onChange: (columns: string[]) => void
  onReset: () => void
}

function moved(columns: string[], at: number, by: number): string[] {
  const next = [...columns]
  const [one] = next.splice(at, 1)
  if (one) next.splice(at + by, 0, one)
  return next
}

function Panel({ fields, columns, onChange, onReset }: ColumnsProps) {
  const t = useT()
  const shown = fieldsById(columns, fields)
  const rest = fields.filter(({ id }) => !columns.includes(id))
  const row = (field: Field, at: number) => (
    <div key={field.id} className={css.columnRow}>
      <Checkbox
        checked={at >= 0}
        disabled={at >= 0 && columns.length === 1}
        onChange={() => onChange(at >= 0 ? columns.filter((id) => id !== field.id) : [...columns, field.id])}
      >
        {field.label}
      </Checkbox>
      <span className={css.columnName} />
      {at >= 0 ? (
        <>
          <IconButton
            size="small"
            icon={ArrowUp}
            iconSize={14}
            label={t('records.earlier')}
            disabled={at === 0}
            onClick={() => onChange(moved(columns, at, -1))}
          />
          <IconButton
            size="small"
            icon={ArrowDown}
            iconSize={14}
            label={t('records.later')}
            disabled={at === shown.length - 1}
            onClick={() => onChange(moved(columns, at, 1))}
          />
        </>
      ) : null}
    </div>
  )
  return (
    <div className={css.popup} style={{ width: 280 }}>
      {shown.map((field, at) => row(field, at))}
      {rest.map((field) => row(field, -1))}
      <Button size="small" type="text" onClick={onReset}>
        {t('records.resetColumns')}
      </Button>
    </div>
  )
}

/** The button and its list. */
export function ColumnsMenu(props: ColumnsProps) {
  const t = useT()
  return (
    <Popover trigger="click" placement="bottomRight" content={<Panel {...props} />}>
      <span>
        <IconButton icon={Columns3} label={t('records.columns')} />
      </span>
    </Popover>
  )
}
