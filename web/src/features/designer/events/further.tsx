/** The calls after the first 接着查询: each sees what was filled in before it, and the answer before it. */
import { Button } from 'antd'
import { Plus } from 'lucide-react'
import type { Field } from '@/fields/field'
import { useT } from '@/i18n/i18n'
import { FormulaInput } from '../formula-input'
import { Part, Row } from '../rows'
import type { DesignedFurther } from './event'
import css from './events.module.css'
import { Fillings } from './fillings'
import { RequestEditor } from './request'

const MOST = 4

interface FurtherProps {
  value: DesignedFurther[]
  /** The columns that are filled, of an event about rows. */
  fields?: Field[]
  rows?: string
  onChange: (value: DesignedFurther[] | undefined) => void
}

/** One part for each call, and a button for another. */
export function FurtherCalls({ value, fields, rows, onChange }: FurtherProps) {
  const t = useT()
  const put = (next: DesignedFurther[]) => onChange(next.length > 0 ? next : undefined)
  const patch = (at: number, more: Partial<DesignedFurther>) =>
    put(value.map((each, place) => (place === at ? { ...each, ...more } : each)))
  return (
    <>
      {value.map((call, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a call has no other name than its place
        <Part key={at} title={t('events.callNumber', { number: at + 2 })}>
          <p className={css.hint}>{t('events.furtherHint')}</p>
          <Row label={t('events.condition')}>
            <FormulaInput
              condition
              path={rows ? `${rows}.` : ''}
              label={t('events.conditionOf', { number: at + 2 })}
              value={call.when ?? ''}
              onChange={(when) => patch(at, { when: when || undefined })}
            />
          </Row>
          <RequestEditor
            later
            rows={rows}
            request={call.request ?? {}}
            onChange={(more) => patch(at, { request: { ...call.request, ...more } })}
          />
          <div className={css.block}>
            <h4>{t('events.fills')}</h4>
            <Fillings
              value={call.fills ?? []}
              fields={fields}
              hint="data.name"
              columnHint="title"
              onChange={(fills) => patch(at, { fills: fills.length > 0 ? fills : undefined })}
            />
          </div>
          <Button size="small" danger type="text" onClick={() => put(value.filter((_, place) => place !== at))}>
            {t('events.dropCall', { number: at + 2 })}
          </Button>
        </Part>
      ))}
      <Button
        type="dashed"
        icon={<Plus size={14} aria-hidden />}
        disabled={value.length >= MOST}
        onClick={() => put([...value, { request: { url: '' } }])}
      >
        {t('events.addCall')}
      </Button>
    </>
  )
}
