/** One record in a drawer 数据抽屉: read, edited in place, related, followed, remembered. */
import { Button, Dropdown, Tabs } from 'antd'
import { ChevronDown, ChevronUp, Copy, Ellipsis, Link2, PanelTop, Pencil, Printer, Trash2 } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { renew, useApi } from '@/api/query'
import { useFieldContext } from '@/fields/context'
import type { Values } from '@/fields/field'
import { useT } from '@/i18n/i18n'
import { formatTime } from '@/lib/format'
import { printPage } from '@/lib/print'
import { useIsPhone } from '@/lib/use-is-phone'
import { useShortcuts } from '@/lib/use-shortcut'
import { Drawer } from '@/ui/drawer'
import { EmptyState } from '@/ui/empty-state'
import { ErrorState } from '@/ui/error-state'
import { IconButton } from '@/ui/icon-button'
import { RecordView } from '@/ui/record/record-view'
import { copyOf, type FormShape, fieldsOf, isComputed } from '@/ui/record/shape'
import { STATUS_HUES, statusWord } from '@/ui/record/system'
import { FormBones } from '@/ui/skeletons'
import { Tag } from '@/ui/tag'
import { toast } from '@/ui/toast'
import { ActionSurroundings, Actions } from './actions'
import { carried, carry, sourceOf, uncarry } from './carried'
import { removeRecords } from './deeds'
import { readDraft } from './draft'
import { Editor } from './editor'
import { FlowTab, SubmitButton } from './flow-tab'
import { History } from './history'
import { NEW } from './place'
import { Recomputing } from './recomputing'
import css from './records.module.css'
import { Related } from './related'
import { Sent } from './sent'
import type { RecordOut } from './use-records'
import { isGone } from './use-save'

export interface PanelProps {
  shape: FormShape
  id: string
  tab?: string
  onTab: (tab: string | undefined) => void
  onClose: () => void
  onOpen: (form: string, id: string) => void
  /** Another record of the same form in the same place. */
  onGo: (id: string) => void
  neighbours?: { before?: string; after?: string }
  hear: (ids: string[]) => void
}

interface DetailProps extends Pick<PanelProps, 'shape' | 'onOpen' | 'hear'> {
  record: RecordOut
  onEdit: () => void
}

function Detail({ shape, record, onOpen, onEdit, hear }: DetailProps) {
  const t = useT()
  const { members, me } = useFieldContext()
  const nameOf = (id: string) => members.find((each) => each.id === id)?.name ?? t('fields.system')
  const draft = readDraft(shape.app, shape.form, record.id, me)
  const around = { id: record.id, values: record.values as Values, titles: record.titles ?? {} }
  return (
    <div className={css.tabBody}>
      <Recomputing app={shape.app} form={shape.form} />
      {draft && record.can?.includes('update') ? (
        <div className={css.notice}>
          <span className={css.noticeText}>{t('records.draftFound', { time: formatTime(draft.at) })}</span>
          <Button size="small" onClick={onEdit}>
            {t('records.draftGoOn')}
          </Button>
        </div>
      ) : null}
      <div className={`${css.actions} no-print`}>
        {record.can?.includes('submit') ? <SubmitButton {...{ shape, record, hear }} /> : null}
        <Actions {...{ shape, record, onOpen }} />
      </div>
      <ActionSurroundings {...{ shape, record, onOpen }}>
        <RecordView shape={shape} record={around} />
      </ActionSurroundings>
      <div className={css.meta}>
        <span>
          {t('records.createdMeta', { name: nameOf(record.created_by), time: formatTime(record.created_at) })}
        </span>
        <span>
          {t('records.updatedMeta', { name: nameOf(record.updated_by), time: formatTime(record.updated_at) })}
        </span>
      </div>
    </div>
  )
}

function useTools({
  shape,
  record,
  hear,
  onClose,
  onOpen,
}: Pick<PanelProps, 'shape' | 'hear' | 'onClose' | 'onOpen'> & { record?: RecordOut }) {
  const t = useT()
  if (!record) return []
  const { app, form } = shape
  const duplicate = () => {
    const copied = fieldsOf(shape).filter((field) => !isComputed(field) && !field.unique)
    carry(form, copyOf(copied, record.values as Values))
    onOpen(form, NEW)
  }
  const copyLink = async () => {
    await navigator.clipboard?.writeText(`${window.location.origin}/app/${app}/form/${form}?record=${record.id}`)
    toast.done(t('ui.copied'))
  }
  const remove = async () => {
    if (await removeRecords(app, form, [record.id], t, hear)) onClose()
  }
  const may = (operation: string) => record.can?.includes(operation)
  return [
    ...(shape.operations.includes('create')
      ? [{ key: 'copy', icon: <Copy size={14} />, label: t('records.duplicate'), onClick: duplicate }]
      : []),
    { key: 'link', icon: <Link2 size={14} />, label: t('records.copyLink'), onClick: copyLink },
    { key: 'print', icon: <Printer size={14} />, label: t('records.print'), onClick: () => void printPage() },
    ...(may('delete')
      ? [{ key: 'delete', danger: true, icon: <Trash2 size={14} />, label: t('ui.delete'), onClick: remove }]
      : []),
  ]
}

function Pages({ props, record, onEdit }: { props: PanelProps; record: RecordOut; onEdit: () => void }) {
  const t = useT()
  const { shape, tab, onTab, onOpen, hear } = props
  const pages: Record<string, ReactNode> = {
    detail: <Detail {...{ shape, record, onOpen, onEdit, hear }} />,
    ...(shape.definition.workflow ? { flow: <FlowTab {...{ shape, record, hear }} /> } : {}),
    related: <Related {...{ app: shape.app, form: shape.form, record, onOpen }} />,
    history: <History {...{ shape, record }} />,
  }
  const now = tab && tab in pages ? tab : 'detail'
  return (
    <>
      <Tabs
        className={`${css.tabs} no-print`}
        activeKey={now}
        items={Object.keys(pages).map((key) => ({ key, label: t(`records.tab_${key}`) }))}
        onChange={(next) => onTab(next === 'detail' ? undefined : next)}
      />
      {pages[now]}
    </>
  )
}

/** A drawer for a record, or for a new one. */
export function RecordPanel(props: PanelProps) {
  const t = useT()
  const { shape, id, onClose, onGo, neighbours = {}, hear } = props
  const { app, form, definition } = shape
  const fresh = id === NEW
  const phone = useIsPhone()
  const [editing, setEditing] = useState(false)
  const [turn, setTurn] = useState(0)
  const [sent, setSent] = useState<RecordOut | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another record is read first
  useEffect(() => {
    setEditing(false)
    setSent(null)
  }, [id])
  const params = { path: { app, form, record: id } }
  const answer = useApi('/api/apps/{app}/forms/{form}/records/{record}', { params }, { enabled: !fresh })
  const record = fresh ? undefined : answer.data
  const mayEdit = record?.can?.includes('update') === true
  const tools = useTools({ ...props, record })
  useShortcuts(
    {
      'mod+up': () => neighbours.before && onGo(neighbours.before),
      'mod+down': () => neighbours.after && onGo(neighbours.after),
      e: () => mayEdit && setEditing(true),
    },
    !fresh && !editing,
  )
  const saved = async (now: RecordOut, more = false) => {
    uncarry(form)
    hear([now.id])
    setEditing(false)
    await renew('/api/apps/{app}/forms/{form}/records')
    if (more) setTurn((before) => before + 1)
    else if (fresh && definition.after && now.status !== 'draft') setSent(now)
    else if (fresh) onGo(now.id)
  }
  const again = () => {
    setSent(null)
    setTurn((before) => before + 1)
  }
  const close = () => {
    if (fresh) uncarry(form)
    onClose()
  }
  const body = () => {
    if (fresh && sent)
      return <Sent {...{ shape, record: sent, on: { record: () => onGo(sent.id), another: again, list: close } }} />
    if (fresh)
      return (
        <Editor
          key={`new-${turn}`}
          {...{ shape, prefill: turn === 0 ? carried(form) : {}, onSaved: saved, onCancel: close }}
          source={turn === 0 ? sourceOf(form) : undefined}
        />
      )
    if (answer.isError && isGone(answer.error))
      return <EmptyState figure="fish" title={t('records.goneTitle')} hint={t('records.goneHint')} />
    if (answer.isError && !record) return <ErrorState error={answer.error} onRetry={() => answer.refetch()} />
    if (!record) return <FormBones />
    if (editing) return <Editor {...{ shape, record, onSaved: saved, onCancel: () => setEditing(false) }} />
    return <Pages props={props} record={record} onEdit={() => setEditing(true)} />
  }
  const status = record?.status
  const title = fresh ? t('record.createTitle', { name: definition.name }) : record?.title || definition.name
  return (
    <Drawer
      open
      onClose={close}
      title={
        <>
          {title} {status ? <Tag hue={STATUS_HUES[status]}>{statusWord(status, t)}</Tag> : null}
        </>
      }
      actions={
        fresh ? (
          <IconButton icon={PanelTop} label={t('records.fillPage')} href={`/fill/${app}/${form}`} />
        ) : editing ? null : (
          <>
            {!phone && (neighbours.before || neighbours.after) ? (
              <>
                <IconButton
                  icon={ChevronUp}
                  label={t('records.previous')}
                  disabled={!neighbours.before}
                  onClick={() => neighbours.before && onGo(neighbours.before)}
                />
                <IconButton
                  icon={ChevronDown}
                  label={t('records.next')}
                  disabled={!neighbours.after}
                  onClick={() => neighbours.after && onGo(neighbours.after)}
                />
              </>
            ) : null}
            {mayEdit ? (
              <Button icon={<Pencil size={14} />} onClick={() => setEditing(true)}>
                {t('ui.edit')}
              </Button>
            ) : null}
            {tools.length > 0 ? (
              <Dropdown trigger={['click']} menu={{ items: tools }}>
                <Button type="text" icon={<Ellipsis size={16} />} aria-label={t('ui.more')} />
              </Dropdown>
            ) : null}
          </>
        )
      }
    >
      {body()}
    </Drawer>
  )
}
