/** The head of a box 待办列表头: which box, search, filters, choosing several. */
import { Badge, Button, Checkbox, DatePicker, Input, Popover, Segmented, Select } from 'antd'
import dayjs from 'dayjs'
import { ListChecks, ListFilter, Search } from 'lucide-react'
import { useState } from 'react'
import { useApi } from '@/api/query'
import { useFieldContext } from '@/fields/context'
import { useT } from '@/i18n/i18n'
import { useGo } from '@/lib/route'
import { useIsPhone } from '@/lib/use-is-phone'
import { IconButton } from '@/ui/icon-button'
import { statusWord } from '@/ui/record/system'
import { BOXES, type Box } from './cards'
import { conditionsIn, OPEN_WIDE, type Tally, type TaskSearch } from './narrowing'
import css from './tasks.module.css'

const STATUSES = ['running', 'approved', 'rejected', 'withdrawn', 'ended']
const DAY = 'YYYY-MM-DD'

interface HeadProps {
  app: string
  box: Box
  count: number
  search: Partial<TaskSearch>
  onSearch: (patch: Partial<TaskSearch>) => void
  choosing: boolean
  onChoosing?: (() => void) | undefined
  onBox: (box: Box) => void
}

type FilterProps = Pick<HeadProps, 'search' | 'onSearch' | 'box'> & { tally: Tally | undefined }

function Place({ search, onSearch, tally }: FilterProps) {
  const t = useT()
  const forms = tally?.forms ?? []
  const nodes = (tally?.nodes ?? []).filter((node) => !search.form || node.form === search.form)
  return (
    <>
      <Select
        allowClear
        value={search.form || undefined}
        placeholder={t('tasks.allForms')}
        aria-label={t('tasks.allForms')}
        options={forms.map(({ id, name, count }) => ({ value: id, label: `${name} (${count})` }))}
        onChange={(form?: string) => onSearch({ form, node: undefined } as Partial<TaskSearch>)}
      />
      <Select
        allowClear
        value={search.node || undefined}
        placeholder={t('tasks.allNodes')}
        aria-label={t('tasks.allNodes')}
        options={nodes.map(({ form, id, label, count }) => ({
          value: id,
          key: `${form}/${id}`,
          label: `${label} (${count})`,
        }))}
        onChange={(node?: string) => onSearch({ node } as Partial<TaskSearch>)}
      />
    </>
  )
}

function Filters(props: FilterProps) {
  const t = useT()
  const { search, onSearch, box, tally } = props
  const { members } = useFieldContext()
  const nameOf = (id: string) => members.find((each) => each.id === id)?.name ?? id
  return (
    <div className={css.filters}>
      {box === 'initiated' ? null : <Place {...props} />}
      {box === 'initiated' ? null : (
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          value={search.by || undefined}
          placeholder={t('tasks.allInitiators')}
          aria-label={t('tasks.allInitiators')}
          options={(tally?.initiators ?? []).map(({ id, count }) => ({ value: id, label: `${nameOf(id)} (${count})` }))}
          onChange={(by?: string) => onSearch({ by } as Partial<TaskSearch>)}
        />
      )}
      {box === 'todo' ? null : (
        <Select
          allowClear
          value={search.status || undefined}
          placeholder={t('tasks.allStatuses')}
          aria-label={t('tasks.allStatuses')}
          options={STATUSES.map((status) => ({ value: status, label: statusWord(status, t) }))}
          onChange={(status?: string) => onSearch({ status } as Partial<TaskSearch>)}
        />
      )}
      <DatePicker.RangePicker
        allowEmpty={[true, true]}
        value={[search.from ? dayjs(search.from) : null, search.until ? dayjs(search.until) : null]}
        aria-label={t('tasks.period')}
        onChange={(days) =>
          onSearch({ from: days?.[0]?.format(DAY), until: days?.[1]?.format(DAY) } as Partial<TaskSearch>)
        }
      />
      {box === 'todo' ? (
        <Checkbox
          checked={search.late === '1'}
          onChange={(event) => onSearch({ late: event.target.checked ? '1' : undefined } as Partial<TaskSearch>)}
        >
          {t('tasks.onlyOverdue')}
          {tally?.overdue ? ` (${tally.overdue})` : ''}
        </Checkbox>
      ) : null}
      {conditionsIn(search) > 0 ? (
        <Button type="link" size="small" onClick={() => onSearch(OPEN_WIDE)}>
          {t('tasks.clearFilters')}
        </Button>
      ) : null}
    </div>
  )
}

/** One app or all of them, and which box where there is no menu beside it. */
function Where({ app, box, count, onBox }: Pick<HeadProps, 'app' | 'box' | 'count' | 'onBox'>) {
  const t = useT()
  const go = useGo()
  const phone = useIsPhone()
  const boxes = BOXES.map((each) => ({ value: each, label: t(`tasks.${each}`) }))
  if (phone || app === '') {
    return <Segmented block value={box} options={boxes} onChange={(next) => onBox(next as Box)} />
  }
  return (
    <h1 className={css.heading}>
      {t(`app.${box}`)}
      {count > 0 ? <span className={css.count}>{count}</span> : null}
      <Button type="link" size="small" className={css.everywhere} onClick={() => go(`/tasks/${box}`)}>
        {t('tasks.otherApps')}
      </Button>
    </h1>
  )
}

/** Box, search, filters. */
export function ListHead(props: HeadProps) {
  const t = useT()
  const { app, box, search, onSearch, choosing, onChoosing } = props
  const [open, setOpen] = useState(false)
  const tally = useApi(
    '/api/tasks/boxes/{box}/tally',
    { params: { path: { box: box === 'initiated' ? 'todo' : box }, query: { app } } },
    { enabled: open && box !== 'initiated' },
  )
  return (
    <header className={css.listHead}>
      <Where {...props} />
      <div className={css.finders}>
        <Input
          value={search.q ?? ''}
          allowClear
          prefix={<Search size={14} aria-hidden />}
          placeholder={t('tasks.search')}
          aria-label={t('tasks.search')}
          onChange={(event) => onSearch({ q: event.target.value || undefined } as Partial<TaskSearch>)}
        />
        <Popover
          trigger="click"
          placement="bottomRight"
          open={open}
          onOpenChange={setOpen}
          content={<Filters {...{ search, onSearch, box }} tally={tally.data} />}
        >
          <Badge count={conditionsIn(search)} size="small" color="var(--accent)">
            <IconButton icon={ListFilter} label={t('tasks.filter')} />
          </Badge>
        </Popover>
        {onChoosing ? (
          <IconButton
            icon={ListChecks}
            label={t(choosing ? 'tasks.leaveChoosing' : 'tasks.choose')}
            type={choosing ? 'default' : 'text'}
            onClick={onChoosing}
          />
        ) : null}
      </div>
    </header>
  )
}
