/** A moment to wait for 时刻设置: so long after the node is reached, or before or after a date of the record. */
import { Checkbox, Segmented, Select } from 'antd'
import { typeNamed } from '@/fields/registry'
import { type T, useT } from '@/i18n/i18n'
import type { NodeSurroundings } from '../node'
import { Setting } from '../parts/setting'
import { readSpan, spanText, writeSpan } from '../parts/span'
import { SpanBox } from '../parts/span-box'

export interface Moment {
  after?: string
  /** A date of the record; absent: from when the node was reached. */
  field?: string
  working?: boolean
}

/** "Waits 2 days", "Waits until 1 day before “Due”". */
export function momentInWords(moment: Moment, context: NodeSurroundings, t: T): string {
  const time = spanText(moment.after, t)
  if (!moment.field) return t('reaching.waitAfter', { time })
  const field = context.fields.find(({ id }) => id === moment.field)?.label ?? moment.field
  const span = readSpan(moment.after)
  if (span === null || span.count === 0) return t('reaching.waitField', { field })
  return t(span.before ? 'reaching.waitBefore' : 'reaching.waitPast', { field, time })
}

interface MomentProps {
  value: Moment
  onChange: (patch: Moment) => void
  context: NodeSurroundings
}

/** From when, how long, in which time. */
export function MomentSettings({ value, onChange, context }: MomentProps) {
  const t = useT()
  const dates = context.fields.filter(({ type }) => typeNamed(type)?.kind === 'time')
  const span = readSpan(value.after)
  const count = (patch: { before?: boolean }) => writeSpan({ count: 1, unit: 'days', before: false, ...span, ...patch })
  return (
    <>
      <Setting label={t('reaching.from')} hint={value.field ? t('reaching.blankHint') : undefined}>
        <Select
          value={value.field ?? ''}
          aria-label={t('reaching.from')}
          options={[
            { value: '', label: t('reaching.fromEntry') },
            ...dates.map(({ id, label }) => ({ value: id, label: t('reaching.fromField', { label }) })),
          ]}
          onChange={(field: string) =>
            onChange(field === '' ? { field: undefined, after: count({ before: false }) } : { field })
          }
        />
        {value.field ? (
          <Segmented
            block
            value={span?.before ? 'before' : 'after'}
            options={(['before', 'after'] as const).map((side) => ({ value: side, label: t(`reaching.${side}`) }))}
            onChange={(side) => onChange({ after: count({ before: side === 'before' }) })}
          />
        ) : null}
      </Setting>
      <Setting label={t('reaching.time')}>
        <SpanBox value={value.after} label={t('reaching.time')} onChange={(after) => onChange({ after })} />
      </Setting>
      <Checkbox
        checked={value.working === true}
        onChange={(event) => onChange({ working: event.target.checked || undefined })}
      >
        {t('reaching.working')}
      </Checkbox>
    </>
  )
}
