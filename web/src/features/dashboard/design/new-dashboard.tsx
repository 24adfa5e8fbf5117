/** A new dashboard 新建仪表盘: a name, and a place in the menu. */
import { Input, Modal } from 'antd'
import { useState } from 'react'
import { useT } from '@/i18n/i18n'
import { useGo } from '@/lib/route'
import { type AppDraft, savePart } from '@/ui/design/draft'
import { toast } from '@/ui/toast'
import type { Dashboard } from '../definition'
import css from './design.module.css'
import { freeId } from './edits'

interface MenuGroup {
  id: string
  label?: string
  items?: string[]
}

interface AppPart {
  menu?: MenuGroup[]
  [more: string]: unknown
}

/** The menu with the dashboard beside the others, or in a group of its own at the top. */
export function menuWith(menu: MenuGroup[], dashboard: string): MenuGroup[] {
  const item = `dashboard:${dashboard}`
  const at = menu.findIndex((group) => group.items?.some((each) => each.startsWith('dashboard:')))
  if (at < 0) return [{ id: 'dashboards', items: [item] }, ...menu]
  return menu.map((group, i) => (i === at ? { ...group, items: [...(group.items ?? []), item] } : group))
}

/** Asks for a name, makes it, opens it. */
export function NewDashboard({ app, draft }: { app: string; draft: AppDraft }) {
  const t = useT()
  const go = useGo()
  const [name, setName] = useState('')
  const [busy, setBusy] = useState(false)
  const make = async () => {
    if (name.trim() === '' || busy) return
    setBusy(true)
    const taken = Object.keys(draft.parts).flatMap((part) => (part.startsWith('dashboards/') ? [part.slice(11)] : []))
    const id = freeId('dashboard', taken)
    try {
      const board: Dashboard = { id, name: name.trim(), widgets: [] }
      await savePart(app, `dashboards/${id}`, board)
      const part = draft.parts.app as unknown as AppPart
      await savePart(app, 'app', { ...part, menu: menuWith(part.menu ?? [], id) }, draft.hashes.app)
      go(`/app/${app}/design/dashboard/${id}`)
    } catch (error) {
      toast.error(error)
      setBusy(false)
    }
  }
  return (
    <Modal
      open
      centered
      width={420}
      title={t('dashboard.newTitle')}
      okText={t('dashboard.create')}
      cancelText={t('ui.cancel')}
      okButtonProps={{ disabled: name.trim() === '', loading: busy }}
      onOk={make}
      onCancel={() => go(`/app/${app}`)}
    >
      <div className={css.newName}>
        <Input
          autoFocus
          value={name}
          maxLength={60}
          placeholder={t('dashboard.newHint')}
          aria-label={t('dashboard.name')}
          onChange={(event) => setName(event.target.value)}
          onPressEnter={make}
        />
      </div>
    </Modal>
  )
}
