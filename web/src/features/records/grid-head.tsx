/** The heads of a list's columns 列头: sort by a click, more in a menu. */
// biome-ignore-all lint/a11y/useFocusableInteractive: the buttons inside take the focus
// biome-ignore-all lint/a11y/useSemanticElements: rows that are drawn only when seen cannot be a <table>
import { Checkbox, Dropdown } from 'antd'
import { ArrowDown, ArrowUp, ChevronDown, EyeOff, Filter as FilterIcon } from 'lucide-react'
import type { Field } from '@/fields/field'
import { typeNamed } from '@/fields/registry'
import { useT } from '@/i18n/i18n'
import { isSortable } from '@/ui/record/system'
import { ColumnEdge } from './column-edge'
import type { GridProps } from './grid'
import { nextSort } from './list-state'
import css from './records.module.css'

function Head({ field, props }: { field: Field; props: GridProps }) {
  const t = useT()
  const { sort, title, onSort, onHide, onFilter, onResize } = props
  const now = sort.find((each) => each.field === field.id)
  const sortable = isSortable(field)
  const right = typeNamed(field.type)?.align === 'right'
  const items = [
    ...(sortable
      ? [
          {
            key: 'up',
            icon: <ArrowUp size={14} />,
            label: t('records.sortUp'),
            onClick: () => onSort([{ field: field.id }]),
          },
          {
            key: 'down',
            icon: <ArrowDown size={14} />,
            label: t('records.sortDown'),
            onClick: () => onSort([{ field: field.id, descending: true }]),
          },
        ]
      : []),
    { key: 'filter', icon: <FilterIcon size={14} />, label: t('records.filterBy'), onClick: () => onFilter(field) },
    { key: 'hide', icon: <EyeOff size={14} />, label: t('records.hideColumn'), onClick: () => onHide(field.id) },
  ]
  return (
    <div
      role="columnheader"
      aria-sort={now ? (now.descending ? 'descending' : 'ascending') : 'none'}
      className={`${css.head} ${right ? css.right : ''} ${field.id === title ? css.titleHead : ''}`}
    >
      <button
        type="button"
        className={css.headName}
        title={field.label}
        disabled={!sortable}
        onClick={() => onSort(nextSort(sort, field.id))}
      >
        <span className={css.headText}>{field.label}</span>
        {now ? now.descending ? <ArrowDown size={13} aria-hidden /> : <ArrowUp size={13} aria-hidden /> : null}
      </button>
      <Dropdown trigger={['click']} menu={{ items }}>
        <button type="button" className={css.headMore} aria-label={t('records.columnMenu', { name: field.label })}>
          <ChevronDown size={14} />
        </button>
      </Dropdown>
      <ColumnEdge name={field.label} onResize={(width) => onResize(field.id, width)} />
    </div>
  )
}

/** Stays at the top while the rows scroll. */
export function GridHead(props: GridProps) {
  const t = useT()
  const { columns, records, chosen, onChoose } = props
  const all = records.length > 0 && records.every(({ id }) => chosen.has(id))
  return (
    <div role="row" className={css.gridHead} aria-rowindex={1}>
      <div role="columnheader" className={css.tick}>
        <Checkbox
          checked={all}
          indeterminate={!all && chosen.size > 0}
          aria-label={t('records.chooseAll')}
          onChange={() => onChoose(all ? new Set() : new Set(records.map(({ id }) => id)))}
        />
      </div>
      {columns.map((field) => (
        <Head key={field.id} {...{ field, props }} />
      ))}
    </div>
  )
}
