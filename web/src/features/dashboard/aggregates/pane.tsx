/** What an aggregate counts 聚合表设置: form or rows, condition, groups, measures. */
import { Button, Input } from 'antd'
import { Plus, Trash2 } from 'lucide-react'
import { useT } from '@/i18n/i18n'
import type { AppDraft, Editor } from '@/ui/design/draft'
import { IconButton } from '@/ui/icon-button'
import type { Aggregate, Dimension, Reckoned } from '@/ui/record/aggregates'
import { type FormShape, nestedOf } from '@/ui/record/shape'
import { UNITS } from '../definition'
import css from '../design/design.module.css'
import { choicesOf, draftShape, formsOf, isTime } from '../design/fields'
import { FilterButton, OperationInput, Part, Pick, Property } from '../design/parts'
import own from './aggregates.module.css'
import { countOf, groupBy, groupsOf, over, remeasured, shapeWith } from './shape'

interface PaneProps {
  aggregate: Aggregate
  shape: FormShape
  set: (patch: Partial<Aggregate>, key?: string) => void
}

const swapped = <E,>(list: E[], at: number, next: E) => list.map((each, i) => (i === at ? next : each))
const without = <E,>(list: E[], at: number) => list.filter((_, i) => i !== at)

interface LabelProps {
  value: string | undefined
  onChange: (label: string | undefined) => void
  onRemove: (() => void) | null
}

function Named({ value, onChange, onRemove }: LabelProps) {
  const t = useT()
  return (
    <>
      <Input
        value={value ?? ''}
        maxLength={60}
        placeholder={t('dashboard.columnLabel')}
        aria-label={t('dashboard.columnLabel')}
        onChange={(event) => onChange(event.target.value || undefined)}
      />
      <IconButton
        size="small"
        iconSize={14}
        icon={Trash2}
        label={t('ui.delete')}
        disabled={onRemove === null}
        onClick={() => onRemove?.()}
      />
    </>
  )
}

function Groups({ aggregate, shape, set }: PaneProps) {
  const t = useT()
  const groups = aggregate.groups ?? []
  const fields = groupsOf(shape, t)
  const named = (id: string) => fields.find((field) => field.id === id)
  const put = (at: number, next: Dimension, key?: string) => set({ groups: swapped(groups, at, next) }, key)
  const free = fields.find(({ id }) => !groups.some((group) => group.field === id))
  const pick = (at: number, id: string) => {
    const field = named(id)
    if (field) put(at, { ...groupBy(field, aggregate), id: groups[at]?.id ?? field.id })
  }
  return (
    <Part title={t('dashboard.groups')}>
      {groups.map((group, at) => (
        <div key={group.id} className={own.column}>
          <div className={css.line}>
            <Pick
              value={group.field}
              label={t('dashboard.groupField')}
              options={choicesOf(fields)}
              onChange={(id) => pick(at, id)}
            />
            {isTime(named(group.field)) ? (
              <Pick
                value={group.unit || 'month'}
                label={t('dashboard.unit')}
                options={UNITS.map((unit) => ({ value: unit, label: t(`dashboard.unit_${unit}`) }))}
                onChange={(unit) => put(at, { ...group, unit: unit as Dimension['unit'] })}
              />
            ) : null}
          </div>
          <div className={css.line}>
            <Named
              value={group.label}
              onChange={(label) => put(at, { ...group, label }, `group-${group.id}`)}
              onRemove={groups.length > 1 ? () => set({ groups: without(groups, at) }) : null}
            />
          </div>
        </div>
      ))}
      <Button
        size="small"
        type="text"
        icon={<Plus size={14} aria-hidden />}
        disabled={free === undefined || groups.length >= 6}
        onClick={() => free && set({ groups: [...groups, groupBy(free, aggregate)] })}
      >
        {t('dashboard.addGroup')}
      </Button>
    </Part>
  )
}

function Measures({ aggregate, shape, set }: PaneProps) {
  const t = useT()
  const measures = aggregate.measures ?? []
  const put = (at: number, next: Reckoned, key?: string) => set({ measures: swapped(measures, at, next) }, key)
  return (
    <Part title={t('dashboard.measures')}>
      {measures.map((measure, at) => (
        <div key={measure.id} className={own.column}>
          <OperationInput
            plain={Boolean(aggregate.rows)}
            shape={shape}
            measure={measure}
            onChange={(next) => put(at, remeasured(measure, next, shape, t))}
          />
          <div className={css.line}>
            <Named
              value={measure.label}
              onChange={(label) => put(at, { ...measure, label }, `measure-${measure.id}`)}
              onRemove={measures.length > 1 ? () => set({ measures: without(measures, at) }) : null}
            />
          </div>
          <FilterButton
            small
            shape={shape}
            filter={measure.filter}
            onChange={(filter) => put(at, { ...measure, filter })}
          />
        </div>
      ))}
      <Button
        size="small"
        type="text"
        icon={<Plus size={14} aria-hidden />}
        disabled={measures.length >= 12}
        onClick={() => set({ measures: [...measures, countOf(aggregate, t)] })}
      >
        {t('dashboard.addMeasure')}
      </Button>
    </Part>
  )
}

interface Props {
  app: string
  draft: AppDraft
  aggregate: Aggregate
  editor: Editor<Aggregate>
}

/** One part beneath the other. */
export function AggregatePane({ app, draft, aggregate, editor }: Props) {
  const t = useT()
  const base = draftShape(app, draft, aggregate.form)
  const forms = formsOf(draft)
  const set = (patch: Partial<Aggregate>, key?: string) =>
    editor.change((edited) => void Object.assign(edited as Aggregate, patch), key)
  const anew = (next: Aggregate, shape: FormShape | undefined) => {
    if (shape) set({ rows: undefined, filter: undefined, ...over(next, shape, t) })
  }
  const nested = (base?.definition.fields ?? []).filter((field) => nestedOf(field).length > 0)
  const shape = base && shapeWith(base, aggregate.rows)
  return (
    <div className={css.pane}>
      <Property label={t('dashboard.aggregateName')}>
        <Input
          value={aggregate.name}
          maxLength={60}
          onChange={(event) => set({ name: event.target.value || ' ' }, 'name')}
        />
      </Property>
      <Property label={t('dashboard.form')}>
        <Pick
          value={aggregate.form}
          label={t('dashboard.form')}
          options={forms.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(form) => anew({ ...aggregate, form, rows: undefined }, draftShape(app, draft, form))}
        />
      </Property>
      {nested.length > 0 ? (
        <Property label={t('dashboard.counted')}>
          <Pick
            value={aggregate.rows || '-'}
            label={t('dashboard.counted')}
            options={[
              { value: '-', label: t('dashboard.countedRecords') },
              ...nested.map(({ id, label }) => ({ value: id, label: t('dashboard.countedRows', { label }) })),
            ]}
            onChange={(rows) => anew({ ...aggregate, rows: rows === '-' ? undefined : rows }, base)}
          />
        </Property>
      ) : null}
      {shape ? (
        <>
          <Property label={t('dashboard.aggregateFilter')}>
            <FilterButton shape={shape} filter={aggregate.filter} onChange={(filter) => set({ filter })} />
          </Property>
          <Groups aggregate={aggregate} shape={shape} set={set} />
          <Measures aggregate={aggregate} shape={shape} set={set} />
        </>
      ) : null}
    </div>
  )
}
