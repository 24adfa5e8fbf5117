/** Where the answer goes 结果填入: a path for each field, for rows a path for each column. */
import { Button, Checkbox, Input, Select } from 'antd'
import { Plus, Trash2 } from 'lucide-react'
import { useMemo } from 'react'
import type { Field } from '@/fields/field'
import { typeNamed } from '@/fields/registry'
import { useT } from '@/i18n/i18n'
import { IconButton } from '@/ui/icon-button'
import { isComputed } from '@/ui/record/shape'
import { columnsOf } from '../definition'
import { useDesigner } from '../use-designer'
import { type Filling, without } from './event'
import css from './events.module.css'

/** The fields that an answer may fill: neither computed nor files, and holding something. */
export function fillable(fields: Field[]): Field[] {
  const able = ({ type }: Field) => typeNamed(type)?.valued !== false && !typeNamed(type)?.given
  return fields.filter((field) => able(field) && !isComputed(field))
}

interface ColumnsProps {
  columns: Field[]
  value: Record<string, string>
  hint: string
  onChange: (columns: Record<string, string> | undefined) => void
}

function Columns({ columns, value, hint, onChange }: ColumnsProps) {
  const t = useT()
  const open = fillable(columns).filter(({ id }) => !(id in value))
  return (
    <div className={css.columns}>
      {Object.entries(value).map(([id, path]) => (
        <div key={id} className={css.fill}>
          <Input
            value={path}
            placeholder={hint}
            aria-label={t('events.path')}
            onChange={({ target }) => onChange({ ...value, [id]: target.value })}
          />
          <span aria-hidden>→</span>
          <span className={css.column}>{columns.find((each) => each.id === id)?.label ?? id}</span>
          <IconButton
            size="small"
            icon={Trash2}
            iconSize={14}
            label={t('events.remove')}
            onClick={() => onChange(without(value, id))}
          />
        </div>
      ))}
      <Select
        size="small"
        value={null}
        placeholder={t('events.addColumn')}
        aria-label={t('events.addColumn')}
        disabled={open.length === 0}
        options={open.map(({ id, label }) => ({ value: id, label }))}
        onChange={(id: string | null) => id && onChange({ ...value, [id]: '' })}
      />
    </div>
  )
}

interface FillingsProps {
  value: Filling[]
  /** What may be filled, if not the form's own fields. */
  fields?: Field[]
  /** What stands in an empty path. */
  hint: string
  columnHint: string
  onChange: (fills: Filling[]) => void
}

/** One line for each field. */
export function Fillings({ value, fields, hint, columnHint, onChange }: FillingsProps) {
  const t = useT()
  const { form } = useDesigner()
  const all = fields ?? form.fields ?? []
  const able = useMemo(() => fillable(all), [all])
  const free = able.filter(({ id }) => !value.some(({ into }) => into === id))
  const put = (at: number, patch: Partial<Filling>) =>
    onChange(value.map((fill, place) => (place === at ? { ...fill, ...patch } : fill)))
  const anew = (id: string): Filling => {
    const field = all.find((each) => each.id === id)
    return field && columnsOf(field) ? { into: id, path: '', columns: {} } : { into: id, path: '' }
  }
  return (
    <div className={css.fills}>
      {value.map((fill, at) => {
        const field = all.find(({ id }) => id === fill.into)
        const columns = field ? columnsOf(field) : undefined
        return (
          <div key={fill.into} className={css.filling}>
            <div className={css.fill}>
              <Input
                value={fill.path ?? ''}
                placeholder={columns ? t('events.rowsPath') : hint}
                aria-label={t('events.path')}
                onChange={({ target }) => put(at, { path: target.value })}
              />
              <span aria-hidden>→</span>
              <Select
                showSearch={{ optionFilterProp: 'label' }}
                value={fill.into}
                status={field ? undefined : 'error'}
                aria-label={t('events.into')}
                options={able
                  .filter(({ id }) => id === fill.into || free.some((each) => each.id === id))
                  .map(({ id, label }) => ({ value: id, label }))}
                onChange={(id) =>
                  onChange(value.map((each, place) => (place === at ? { ...anew(id), path: each.path ?? '' } : each)))
                }
              />
              <IconButton
                size="small"
                icon={Trash2}
                iconSize={14}
                label={t('events.remove')}
                onClick={() => onChange(value.filter((_, place) => place !== at))}
              />
            </div>
            {columns ? (
              <Columns
                columns={columns}
                value={fill.columns ?? {}}
                hint={columnHint}
                onChange={(next) => put(at, { columns: next })}
              />
            ) : null}
            <div className={css.ways}>
              <Checkbox
                checked={fill.only_blank === true}
                onChange={({ target }) => put(at, { only_blank: target.checked || undefined })}
              >
                {t('events.onlyBlank')}
              </Checkbox>
              {columns ? (
                <Checkbox
                  checked={fill.append === true}
                  onChange={({ target }) => put(at, { append: target.checked || undefined })}
                >
                  {t('events.append')}
                </Checkbox>
              ) : null}
            </div>
          </div>
        )
      })}
      <Button
        size="small"
        type="dashed"
        icon={<Plus size={14} aria-hidden />}
        disabled={free.length === 0}
        onClick={() => free[0] && onChange([...value, anew(free[0].id)])}
      >
        {t('events.addFill')}
      </Button>
    </div>
  )
}
