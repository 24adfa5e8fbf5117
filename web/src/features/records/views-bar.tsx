/** The views of a list 视图栏: the form's, everybody's and one's own; with a mark while the list shows more than is kept. */
import { Button, Checkbox, Dropdown, Input, type MenuProps, Modal } from 'antd'
import { ChevronDown, Star, UserRound } from 'lucide-react'
import { useState } from 'react'
import { useSession } from '@/api/session'
import { useT } from '@/i18n/i18n'
import { confirm } from '@/ui/confirm'
import type { FormShape } from '@/ui/record/shape'
import { toast } from '@/ui/toast'
import css from './records.module.css'
import type { useList } from './use-list'
import { stateIn, useViewDeeds } from './views'

type List = ReturnType<typeof useList>

interface Naming {
  /** '' for a new view. */
  view: string
  name: string
  shared: boolean
}

function NameDialog({ naming, onSave, onClose }: NameProps) {
  const t = useT()
  const { data: session } = useSession()
  const [now, setNow] = useState<Naming>(naming)
  const ready = now.name.trim() !== ''
  return (
    <Modal
      open
      title={t(now.view ? 'records.renameView' : 'records.saveAsView')}
      okText={t('ui.save')}
      cancelText={t('ui.cancel')}
      okButtonProps={{ disabled: !ready }}
      onOk={() => onSave(now)}
      onCancel={onClose}
      width={400}
    >
      <Input
        autoFocus
        maxLength={60}
        value={now.name}
        placeholder={t('records.viewName')}
        aria-label={t('records.viewName')}
        onChange={(event) => setNow({ ...now, name: event.target.value })}
        onPressEnter={() => ready && onSave(now)}
      />
      {session?.admin && now.view === '' ? (
        <Checkbox
          style={{ marginTop: 12 }}
          checked={now.shared}
          onChange={(event) => setNow({ ...now, shared: event.target.checked })}
        >
          {t('records.shareView')}
        </Checkbox>
      ) : null}
    </Modal>
  )
}

interface NameProps {
  naming: Naming
  onSave: (naming: Naming) => void
  onClose: () => void
}

async function trying(act: () => Promise<unknown>, said: string): Promise<void> {
  try {
    await act()
    toast.done(said)
  } catch (problem) {
    toast.error(problem)
  }
}

function useViewMenu(shape: FormShape, list: List, ask: (naming: Naming) => void): MenuProps['items'] {
  const t = useT()
  const deeds = useViewDeeds(shape.app, shape.form)
  const { state, changed, kept } = list
  const { saved, id } = state
  const mine = saved?.mine === true
  const remove = async () => {
    if (!saved) return
    const question = {
      title: t('records.removeView', { name: saved.name }),
      detail: t(saved.shared ? 'records.removeSharedView' : 'records.removeOwnView'),
      action: t('ui.delete'),
    }
    if (!(await confirm(question))) return
    await trying(() => deeds.remove(saved.id), t('records.viewRemoved'))
    list.setView('')
  }
  const save = () =>
    trying(() => deeds.edit(id, { state: stateIn(state) }), t('records.viewSaved')).then(() => list.setView(id))
  const isStart = id === (kept.start || (shape.definition.views?.[0]?.id ?? ''))
  return [
    ...(mine && changed ? [{ key: 'save', label: t('records.saveView'), onClick: save }] : []),
    {
      key: 'as',
      label: t('records.saveAsView'),
      onClick: () => ask({ view: '', name: '', shared: false }),
    },
    ...(changed ? [{ key: 'revert', label: t('records.revertView'), onClick: list.revert }] : []),
    { type: 'divider' as const },
    {
      key: 'start',
      disabled: isStart,
      label: t('records.startView'),
      onClick: () => trying(() => deeds.startWith(id), t('records.startViewSet')),
    },
    ...(mine && saved
      ? [
          {
            key: 'name',
            label: t('records.renameView'),
            onClick: () => ask({ view: saved.id, name: saved.name, shared: saved.shared }),
          },
          { key: 'remove', danger: true, label: t('records.deleteView'), onClick: remove },
        ]
      : []),
  ]
}

function ViewMenu({ shape, list }: { shape: FormShape; list: List }) {
  const t = useT()
  const deeds = useViewDeeds(shape.app, shape.form)
  const [naming, setNaming] = useState<Naming | null>(null)
  const items = useViewMenu(shape, list, setNaming)
  const keep = async ({ view, name, shared }: Naming) => {
    setNaming(null)
    if (view) return trying(() => deeds.edit(view, { name: name.trim() }), t('records.viewSaved'))
    await trying(async () => {
      const made = await deeds.add(name.trim(), shared, stateIn(list.state))
      list.forget()
      list.setView(made)
    }, t('records.viewSaved'))
  }
  return (
    <>
      {list.changed ? (
        <span className={css.unsaved} role="status">
          {t('records.viewUnsaved')}
        </span>
      ) : null}
      <Dropdown trigger={['click']} menu={{ items }}>
        <Button type="text" size="small" aria-label={t('records.viewMenu')}>
          <ChevronDown size={15} aria-hidden />
        </Button>
      </Dropdown>
      {naming ? <NameDialog naming={naming} onSave={keep} onClose={() => setNaming(null)} /> : null}
    </>
  )
}

/** The form's name, and its views as tabs. */
export function ViewsBar({ shape, list }: { shape: FormShape; list: List }) {
  const t = useT()
  const { state, kept } = list
  const own = (shape.definition.views ?? []).map(({ id, name }) => ({ id, name, personal: false, sound: true }))
  const saved = kept.views.map(({ id, name, shared, sound }) => ({ id, name, personal: !shared, sound }))
  return (
    <div className={css.top}>
      <h1 className={css.name}>
        {shape.definition.name}
        {state.deleted ? ` · ${t('records.bin')}` : ''}
      </h1>
      {state.deleted ? (
        <div className={css.views} />
      ) : (
        <>
          <div className={css.views} role="tablist" aria-label={t('records.views')}>
            {[...own, ...saved].map(({ id, name, personal, sound }) => (
              <button
                key={id}
                type="button"
                role="tab"
                className={css.view}
                aria-selected={id === state.id}
                title={sound ? undefined : t('records.viewBroken')}
                onClick={() => list.setView(id)}
              >
                {personal ? <UserRound size={13} aria-label={t('records.ownView')} /> : null}
                {name}
                {id === kept.start ? <Star size={12} aria-label={t('records.isStartView')} /> : null}
              </button>
            ))}
          </div>
          <ViewMenu shape={shape} list={list} />
        </>
      )}
    </div>
  )
}
