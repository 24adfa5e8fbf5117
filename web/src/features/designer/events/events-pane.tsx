/** What a form asks of the outside while it is filled in 前端事件, and what it reads from pictures and texts. */
import { Button, Input, Select, Switch } from 'antd'
import { Pencil, Plus } from 'lucide-react'
import { useState } from 'react'
import { useSession } from '@/api/session'
import { useT } from '@/i18n/i18n'
import { type Form, fieldAt, patched } from '../definition'
import { Row } from '../rows'
import { Card } from '../rules-pane'
import { free } from '../slugs'
import { useDesigner } from '../use-designer'
import type { DesignedEvent, DesignedRecognition } from './event'
import { EventDrawer } from './event-drawer'
import css from './events.module.css'
import { Fillings } from './fillings'

/** When an event is set off and how much it fills, in a line. */
function useSummary() {
  const t = useT()
  const { form } = useDesigner()
  const called = (path: string) => fieldAt(form, path)?.label ?? path
  return ({ on = 'change', fields = [], fills = [], rows, further = [] }: DesignedEvent) =>
    t(`events.says_${on}`, {
      fields: fields.map((id) => called(rows ? `${rows}.${id}` : id)).join(t('record.eventAnd')) || '—',
      count: [...fills, ...further.flatMap((call) => call.fills ?? [])].length,
    })
}

/** A card for each event. */
export function EventsPane() {
  const t = useT()
  const { form, editor } = useDesigner()
  const said = useSummary()
  const [open, setOpen] = useState('')
  const events = form.events ?? []
  const edited = events.find(({ id }) => id === open)
  const patch = (id: string, change: Partial<DesignedEvent>) =>
    editor.change(
      (draft) => {
        const found = (draft as Form).events?.find((each) => each.id === id)
        if (found !== undefined) patched(found, change)
      },
      `event:${id}:${Object.keys(change).join()}`,
    )
  const add = () => {
    const id = free(
      'event_1',
      events.map((each) => each.id),
    )
    editor.change((draft) => {
      draft.events = [...(draft.events ?? []), { id, label: t('events.newLabel'), request: { url: '' } }]
    })
    setOpen(id)
  }
  const remove = (id: string) =>
    editor.change((draft) => {
      const rest = draft.events?.filter((each) => each.id !== id)
      draft.events = rest?.length ? rest : undefined
    })
  return (
    <div className={css.list}>
      <p className={css.hint}>{t('events.hint')}</p>
      {events.map((event, at) => (
        <Card key={event.id} place={`events.${at}`} onRemove={() => remove(event.id)}>
          <strong className={css.cardName}>{event.label}</strong>
          <span className={css.hint}>{said(event)}</span>
          <div className={css.cardFoot}>
            <Switch
              size="small"
              checked={event.enabled !== false}
              aria-label={t('events.enabled', { label: event.label })}
              onChange={(on) => patch(event.id, { enabled: on ? undefined : false })}
            />
            <Button size="small" icon={<Pencil size={14} aria-hidden />} onClick={() => setOpen(event.id)}>
              {t('events.edit')}
            </Button>
          </div>
        </Card>
      ))}
      <Button type="dashed" icon={<Plus size={14} aria-hidden />} disabled={events.length >= 20} onClick={add}>
        {t('events.add')}
      </Button>
      {edited ? (
        <EventDrawer event={edited} onChange={(change) => patch(edited.id, change)} onClose={() => setOpen('')} />
      ) : null}
    </div>
  )
}

/** What this server can read; empty where it reads nothing. */
export function useSources(): ('picture' | 'text')[] {
  const services = useSession().data?.services ?? []
  return (['picture', 'text'] as const).filter((source) => services.includes(source))
}

/** A card for each way of reading; shown where the operator has set up a service, or where one is kept already. */
export function RecognitionsPane() {
  const t = useT()
  const { form, editor } = useDesigner()
  const sources = useSources()
  const kept = form.recognitions ?? []
  const patch = (id: string, change: Partial<DesignedRecognition>) =>
    editor.change(
      (draft) => {
        const found = (draft as Form).recognitions?.find((each) => each.id === id)
        if (found !== undefined) patched(found, change)
      },
      `recognition:${id}:${Object.keys(change).join()}`,
    )
  const add = () => {
    const source = sources[0] ?? 'picture'
    const id = free(
      'read_1',
      kept.map((each) => each.id),
    )
    editor.change((draft) => {
      draft.recognitions = [...(draft.recognitions ?? []), { id, label: t(`events.newRead_${source}`), source }]
    })
  }
  const remove = (id: string) =>
    editor.change((draft) => {
      const rest = draft.recognitions?.filter((each) => each.id !== id)
      draft.recognitions = rest?.length ? rest : undefined
    })
  return (
    <div className={css.list}>
      <p className={css.hint}>{t(sources.length > 0 ? 'events.readHint' : 'events.readOff')}</p>
      {kept.map((each, at) => (
        <Card key={each.id} place={`recognitions.${at}`} onRemove={() => remove(each.id)}>
          <Row label={t('events.readLabel')}>
            <Input
              value={each.label}
              maxLength={200}
              onChange={({ target }) => patch(each.id, { label: target.value })}
            />
          </Row>
          <Row label={t('events.readSource')}>
            <Select
              value={each.source}
              options={[...new Set([...sources, each.source])].map((value) => ({
                value,
                label: t(`events.source_${value}`),
              }))}
              onChange={(source) => patch(each.id, { source })}
            />
          </Row>
          <div className={css.block}>
            <h4>{t('events.fills')}</h4>
            <Fillings
              value={each.fills ?? []}
              hint={t('events.readName')}
              columnHint={t('events.readName')}
              onChange={(fills) => patch(each.id, { fills: fills.length > 0 ? fills : undefined })}
            />
          </div>
        </Card>
      ))}
      <Button
        type="dashed"
        icon={<Plus size={14} aria-hidden />}
        disabled={sources.length === 0 || kept.length >= 10}
        onClick={add}
      >
        {t('events.addRead')}
      </Button>
    </div>
  )
}
