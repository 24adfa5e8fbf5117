/** By what a list is sorted 排序: up to three fields. */
import { Button, Popover, Segmented, Select } from 'antd'
import { ArrowUpDown, Plus, X } from 'lucide-react'
import type { Field } from '@/fields/field'
import { useT } from '@/i18n/i18n'
import { IconButton } from '@/ui/icon-button'
import type { Sort } from '@/ui/record/shape'
import { isSortable } from '@/ui/record/system'
import css from './records.module.css'

interface SortProps {
  fields: Field[]
  sort: Sort[]
  onChange: (sort: Sort[]) => void
}

const MOST = 3

function Panel({ fields, sort, onChange }: SortProps) {
  const t = useT()
  const sortable = fields.filter(isSortable)
  const free = sortable.find(({ id }) => !sort.some(({ field }) => field === id))
  const patch = (at: number, change: Partial<Sort>) =>
    onChange(sort.map((each, i) => (i === at ? { ...each, ...change } : each)))
  return (
    <div style={{ width: 340 }}>
      {sort.map(({ field, descending = false }, at) => (
        <div key={field} className={css.columnRow}>
          <Select
            size="small"
            style={{ flex: 1, minWidth: 0 }}
            value={field}
            options={sortable.map(({ id, label }) => ({ value: id, label }))}
            showSearch={{ optionFilterProp: 'label' }}
            aria-label={t('record.field')}
            onChange={(next) => patch(at, { field: next })}
          />
          <Segmented
            size="small"
            value={descending ? 'down' : 'up'}
            options={[
              { value: 'up', label: t('records.ascending') },
              { value: 'down', label: t('records.descending') },
            ]}
            onChange={(way) => patch(at, { descending: way === 'down' })}
          />
          <IconButton
            size="small"
            icon={X}
            iconSize={14}
            label={t('ui.delete')}
            onClick={() => onChange(sort.filter((_, i) => i !== at))}
          />
        </div>
      ))}
      {sort.length < MOST && free ? (
        <Button
          size="small"
          type="text"
          icon={<Plus size={14} />}
          onClick={() => onChange([...sort, { field: free.id }])}
        >
          {t('records.addSort')}
        </Button>
      ) : null}
    </div>
  )
}

/** The button and its list. */
export function SortMenu(props: SortProps) {
  const t = useT()
  return (
    <Popover trigger="click" placement="bottomRight" content={<Panel {...props} />}>
      <span>
        <IconButton icon={ArrowUpDown} label={t('records.sort')} />
      </span>
    </Popover>
  )
}
