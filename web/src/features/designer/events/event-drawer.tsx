/** One event, whole 前端事件编辑: when, what is sent, where the answer goes, and a try. */
import { Input, Segmented, Select, Switch } from 'antd'
import { typeNamed } from '@/fields/registry'
import { useT } from '@/i18n/i18n'
import { Drawer } from '@/ui/drawer'
import { columnsOf } from '../definition'
import { FormulaInput } from '../formula-input'
import { Part, Row } from '../rows'
import { useDesigner } from '../use-designer'
import type { DesignedEvent } from './event'
import css from './events.module.css'
import { Fillings } from './fillings'
import { FurtherCalls } from './further'
import { RequestEditor } from './request'
import { TryEvent } from './try-event'

interface DrawerProps {
  event: DesignedEvent
  onChange: (patch: Partial<DesignedEvent>) => void
  onClose: () => void
}

const WAYS = ['change', 'press', 'open'] as const
/** What means nothing any more when the event speaks of other fields. */
const ELSEWHERE = { rows: undefined, fills: undefined, further: undefined }

function When({ event, onChange }: Omit<DrawerProps, 'onClose'>) {
  const t = useT()
  const { form } = useDesigner()
  const on = event.on ?? 'change'
  const all = form.fields ?? []
  const valued = all.filter(({ type }) => typeNamed(type)?.valued !== false)
  const buttons = all.filter((field) => (field as { does?: string }).does === 'event')
  const subforms = valued.filter((field) => columnsOf(field) !== undefined)
  const about = subforms.find(({ id }) => id === event.rows)
  const offered = on === 'press' ? buttons : ((about && columnsOf(about)) ?? valued)
  return (
    <Part title={t('events.when')}>
      <Segmented
        block
        value={on}
        options={WAYS.map((value) => ({ value, label: t(`events.on_${value}`) }))}
        onChange={(next) =>
          onChange({ on: next === 'change' ? undefined : next, fields: undefined, ...(event.rows ? ELSEWHERE : {}) })
        }
      />
      {on === 'change' && subforms.length > 0 ? (
        <Row label={t('events.about')} hint={event.rows ? t('events.aboutHint') : undefined}>
          <Select
            value={event.rows ?? ''}
            aria-label={t('events.about')}
            options={[
              { value: '', label: t('events.aboutForm') },
              ...subforms.map(({ id, label }) => ({ value: id, label: t('events.aboutRows', { label }) })),
            ]}
            onChange={(rows) => onChange({ ...ELSEWHERE, rows: rows || undefined, fields: undefined })}
          />
        </Row>
      ) : null}
      {on === 'open' ? (
        <p className={css.hint}>{t('events.openHint')}</p>
      ) : (
        <Row label={t(on === 'press' ? 'events.buttons' : 'events.fields')}>
          <Select
            mode="multiple"
            maxCount={5}
            value={event.fields ?? []}
            status={event.fields?.length ? undefined : 'error'}
            options={offered.map(({ id, label }) => ({ value: id, label }))}
            optionFilterProp="label"
            notFoundContent={t('events.noButtons')}
            onChange={(fields) => onChange({ fields: fields.length > 0 ? fields : undefined })}
          />
        </Row>
      )}
      <Row label={t('events.condition')}>
        <FormulaInput
          condition
          path={event.rows ? `${event.rows}.` : ''}
          label={t('events.condition')}
          value={event.when ?? ''}
          onChange={(when) => onChange({ when: when || undefined })}
        />
      </Row>
    </Part>
  )
}

/** Opens beside the form; every change goes into the draft at once. */
export function EventDrawer({ event, onChange, onClose }: DrawerProps) {
  const t = useT()
  const { form } = useDesigner()
  const about = form.fields?.find(({ id }) => id === event.rows)
  const columns = about && columnsOf(about)
  return (
    <Drawer open onClose={onClose} title={event.label || t('events.new')} width={640} expandable={false}>
      <div className={css.body}>
        <Row label={t('events.label')} hint={t('events.labelHint')}>
          <Input value={event.label} maxLength={200} onChange={({ target }) => onChange({ label: target.value })} />
        </Row>
        <When event={event} onChange={onChange} />
        <Part title={t('events.request')}>
          <RequestEditor
            rows={event.rows}
            request={event.request ?? {}}
            onChange={(patch) => onChange({ request: { ...event.request, ...patch } })}
          />
        </Part>
        <Part title={t('events.fills')}>
          <p className={css.hint}>{t('events.fillsHint')}</p>
          <Fillings
            value={event.fills ?? []}
            fields={columns}
            hint="data.name"
            columnHint="title"
            onChange={(fills) => onChange({ fills: fills.length > 0 ? fills : undefined })}
          />
        </Part>
        <FurtherCalls
          value={event.further ?? []}
          fields={columns}
          rows={event.rows}
          onChange={(further) => onChange({ further })}
        />
        <div className={css.flag}>
          <span>
            {t('events.public')}
            <span className={css.hint}>{t('events.publicHint')}</span>
          </span>
          <Switch
            size="small"
            checked={event.public === true}
            aria-label={t('events.public')}
            onChange={(on) => onChange({ public: on || undefined })}
          />
        </div>
        <TryEvent event={event} />
      </div>
    </Drawer>
  )
}
