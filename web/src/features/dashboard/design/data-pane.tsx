/** What a widget counts 组件数据: form, kind, groups, measures, filters, order. */
import { Button, Checkbox, Input, InputNumber, Select } from 'antd'
import { Plus, X } from 'lucide-react'
import { useT } from '@/i18n/i18n'
import { IconButton } from '@/ui/icon-button'
import type { FormShape } from '@/ui/record/shape'
import { type GroupBy, KINDS, type Measure, UNITS, type Widget, type WidgetKind } from '../definition'
import css from './design.module.css'
import { askedOf, drawnAs } from './edits'
import { choicesOf, datesIn, fieldsWithin, formsOf, groupable, isTime, peopleIn } from './fields'
import { GoalPart } from './goal-part'
import { KIND_SAYS } from './kinds'
import { FilterButton, OperationInput, Part, Pick, Property } from './parts'
import type { Board } from './use-board'

interface PaneProps {
  board: Board
  widget: Widget
  shape: FormShape
}

function GroupsPart({ board, widget, shape }: PaneProps) {
  const t = useT()
  const groups = widget.groups ?? []
  const fields = groupable(fieldsWithin(shape, t))
  const most = KIND_SAYS[widget.shown_as].groups
  const set = (next: GroupBy[]) => board.patch(widget.id, { groups: next })
  const named = (id: string) => fields.find((field) => field.id === id)
  const pick = (at: number, id: string) =>
    set(
      groups.map((group, i) => (i === at ? (isTime(named(id)) ? { field: id, unit: 'month' } : { field: id }) : group)),
    )
  const free = fields.find(({ id }) => !groups.some((group) => group.field === id))
  const add = () => free && set([...groups, isTime(free) ? { field: free.id, unit: 'month' } : { field: free.id }])
  return (
    <Part
      title={t('dashboard.groups')}
      end={
        groups.length < most ? (
          <IconButton size="small" iconSize={14} icon={Plus} label={t('dashboard.addGroup')} onClick={add} />
        ) : null
      }
    >
      {groups.map((group, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: at most two, in their order
        <div key={at} className={css.line}>
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
              onChange={(unit) =>
                set(groups.map((each, i) => (i === at ? { ...each, unit: unit as GroupBy['unit'] } : each)))
              }
            />
          ) : null}
          {groups.length > 1 ? (
            <IconButton
              size="small"
              iconSize={14}
              icon={X}
              label={t('ui.delete')}
              onClick={() => set(groups.filter((_, i) => i !== at))}
            />
          ) : null}
        </div>
      ))}
    </Part>
  )
}

function MeasuresPart({ board, widget, shape }: PaneProps) {
  const t = useT()
  const measures = widget.measures ?? []
  const most = (widget.groups?.length ?? 0) > 1 ? 1 : KIND_SAYS[widget.shown_as].measures
  const set = (next: Measure[], key?: string) => board.patch(widget.id, { measures: next }, key)
  const put = (at: number, next: Measure, key?: string) =>
    set(
      measures.map((each, i) => (i === at ? next : each)),
      key,
    )
  const fixed = widget.shown_as === 'ratio'
  return (
    <Part
      title={t('dashboard.measures')}
      end={
        measures.length < most ? (
          <IconButton
            size="small"
            iconSize={14}
            icon={Plus}
            label={t('dashboard.addMeasure')}
            onClick={() => set([...measures, { operation: 'count' }])}
          />
        ) : null
      }
    >
      {measures.map((measure, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: measures are told apart by their place
        <div key={at} className={css.measure}>
          {fixed ? <span className={css.quiet}>{t(at === 0 ? 'dashboard.upper' : 'dashboard.lower')}</span> : null}
          <OperationInput shape={shape} measure={measure} onChange={(next) => put(at, next)} />
          <div className={css.line}>
            <Input
              value={measure.label ?? ''}
              maxLength={60}
              placeholder={t('dashboard.measureLabel')}
              aria-label={t('dashboard.measureLabel')}
              onChange={(event) =>
                put(at, { ...measure, label: event.target.value || undefined }, `label-${widget.id}-${at}`)
              }
            />
            <FilterButton
              small
              shape={shape}
              filter={measure.filter}
              onChange={(filter) => put(at, { ...measure, filter })}
            />
            {measures.length > 1 && !fixed ? (
              <IconButton
                size="small"
                iconSize={14}
                icon={X}
                label={t('ui.delete')}
                onClick={() => set(measures.filter((_, i) => i !== at))}
              />
            ) : null}
          </div>
        </div>
      ))}
    </Part>
  )
}

function RecordsPart({ board, widget, shape }: PaneProps) {
  const t = useT()
  const fields = fieldsWithin(shape, t).filter(({ id }) => !id.includes('.'))
  const sort = widget.sort?.[0]
  return (
    <Part title={t('dashboard.recordsPart')}>
      <Property label={t('dashboard.columns')}>
        <Select
          mode="multiple"
          value={widget.columns ?? []}
          options={choicesOf(fields)}
          showSearch={{ optionFilterProp: 'label' }}
          onChange={(columns: string[]) => board.patch(widget.id, { columns })}
        />
      </Property>
      <Property label={t('dashboard.sort')}>
        <span className={css.line}>
          <Pick
            clears
            value={sort?.field}
            label={t('dashboard.sort')}
            options={choicesOf(fields)}
            onChange={(field) => board.patch(widget.id, { sort: field ? [{ ...sort, field }] : [] })}
          />
          <Checkbox
            checked={sort?.descending === true}
            disabled={!sort}
            onChange={(event) =>
              sort && board.patch(widget.id, { sort: [{ ...sort, descending: event.target.checked }] })
            }
          >
            {t('dashboard.descending')}
          </Checkbox>
        </span>
      </Property>
    </Part>
  )
}

function Followed({ board, widget, shape }: PaneProps) {
  const t = useT()
  return (
    <Part title={t('dashboard.followed')}>
      <Property label={t('dashboard.dateField')}>
        <Pick
          clears
          value={widget.date_field}
          placeholder={t('dashboard.notFollowed')}
          label={t('dashboard.dateField')}
          options={choicesOf(datesIn(shape, t))}
          onChange={(field) => board.patch(widget.id, { date_field: field })}
        />
      </Property>
      <Property label={t('dashboard.personField')}>
        <Pick
          clears
          value={widget.person_field}
          placeholder={t('dashboard.notFollowed')}
          label={t('dashboard.personField')}
          options={choicesOf(peopleIn(shape, t))}
          onChange={(field) => board.patch(widget.id, { person_field: field })}
        />
      </Property>
    </Part>
  )
}

/** The tab. */
export function DataPane({ board, widget, shape }: PaneProps) {
  const t = useT()
  const says = KIND_SAYS[widget.shown_as]
  const setForm = (form: string) => {
    const next = board.shapeOf(form)
    if (next) board.patch(widget.id, askedOf(widget.shown_as, next, t))
  }
  return (
    <div className={css.pane}>
      <Property label={t('dashboard.form')}>
        <Pick
          value={widget.form}
          label={t('dashboard.form')}
          options={formsOf(board.draft).map(({ id, name }) => ({ value: id, label: name }))}
          onChange={setForm}
        />
      </Property>
      <Property label={t('dashboard.kind')}>
        <Pick
          value={widget.shown_as}
          label={t('dashboard.kind')}
          options={KINDS.map((kind) => ({ value: kind, label: t(`dashboard.kind_${kind}`) }))}
          onChange={(kind) => board.patch(widget.id, drawnAs(widget, kind as WidgetKind, shape, t))}
        />
      </Property>
      <div className={css.line}>
        <FilterButton shape={shape} filter={widget.filter} onChange={(filter) => board.patch(widget.id, { filter })} />
      </div>
      {says.groups > 0 ? <GroupsPart {...{ board, widget, shape }} /> : null}
      {says.measures > 0 ? <MeasuresPart {...{ board, widget, shape }} /> : null}
      {widget.shown_as === 'target' ? <GoalPart board={board} widget={widget} /> : null}
      {widget.shown_as === 'records' ? <RecordsPart {...{ board, widget, shape }} /> : null}
      {says.groups > 0 || widget.shown_as === 'records' ? (
        <Property label={t('dashboard.limit')}>
          <InputNumber
            min={1}
            max={200}
            precision={0}
            value={widget.limit ?? 20}
            onChange={(limit) => board.patch(widget.id, { limit: limit ?? undefined }, `limit-${widget.id}`)}
          />
        </Property>
      ) : null}
      <Followed {...{ board, widget, shape }} />
    </div>
  )
}

/** Where nothing can be said because the form is gone. */
export function LostForm({ board, widget }: Omit<PaneProps, 'shape'>) {
  const t = useT()
  return (
    <div className={css.pane}>
      <p className={css.quiet}>{t('dashboard.lostForm')}</p>
      <Button onClick={() => board.remove(widget.id)}>{t('ui.delete')}</Button>
    </div>
  )
}
