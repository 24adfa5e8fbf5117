/** A new form 新建表单: a name, one text, one permission group, a place in the menu. */
import { Button, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { renew } from '@/api/query'
import { useT } from '@/i18n/i18n'
import { useGo, usePath } from '@/lib/route'
import { type AppDraft, savePart, useAppDraft } from '@/ui/design/draft'
import { ErrorState } from '@/ui/error-state'
import { toast } from '@/ui/toast'
import { type Form, OPERATIONS } from '../definition'
import css from '../designer.module.css'
import { Row } from '../rows'
import { proposeId } from '../slugs'

interface MenuGroup {
  id: string
  label?: string
  items?: string[]
}

interface AppPart {
  menu?: MenuGroup[]
  [more: string]: unknown
}

function emptyForm(id: string, name: string, words: { field: string; group: string }): Form {
  return {
    id,
    name,
    title: 'name',
    fields: [{ id: 'name', type: 'text', label: words.field, required: true }],
    groups: [{ id: 'everyone', name: words.group, to: { everyone: true }, operations: [...OPERATIONS] }],
  }
}

async function create(app: string, draft: AppDraft, form: Form, group: string): Promise<void> {
  await savePart(app, `forms/${form.id}`, form)
  const part = draft.parts.app as unknown as AppPart
  const item = `form:${form.id}`
  const menu = part.menu ?? []
  const put = (each: MenuGroup) => (each.id === group ? { ...each, items: [...(each.items ?? []), item] } : each)
  const grown = menu.some((each) => each.id === group) ? menu.map(put) : [...menu, { id: 'forms', items: [item] }]
  await savePart(app, 'app', { ...part, menu: grown }, draft.hashes.app)
}

/** Asks for a name and opens the designer. */
export default function NewFormPage() {
  const t = useT()
  const go = useGo()
  const { app } = usePath()
  const { data: draft, error } = useAppDraft(app)
  const [name, setName] = useState('')
  const [group, setGroup] = useState<string>()
  const [busy, setBusy] = useState(false)
  if (error !== null && draft === undefined) return <ErrorState error={error} />
  const menu = ((draft?.parts.app as unknown as AppPart | undefined)?.menu ?? []) as MenuGroup[]
  const into = group ?? menu.at(-1)?.id ?? ''

  const make = async () => {
    if (draft === undefined || name.trim() === '') return
    setBusy(true)
    const taken = Object.keys(draft.parts).flatMap((part) => (part.startsWith('forms/') ? [part.slice(6)] : []))
    const id = proposeId('form', name, taken)
    const words = { field: t('designer.firstField'), group: t('designer.everyoneGroup') }
    try {
      await create(app, draft, emptyForm(id, name.trim(), words), into)
      void renew('/api/apps/{app}/draft')
      go(`/app/${app}/design/form/${id}`)
    } catch (problem) {
      toast.error(problem)
      setBusy(false)
    }
  }
  return (
    <Modal
      open
      centered
      width={420}
      title={t('designer.newTitle')}
      onCancel={() => go(`/app/${app}`)}
      footer={[
        <Button key="cancel" onClick={() => go(`/app/${app}`)}>
          {t('ui.cancel')}
        </Button>,
        <Button
          key="create"
          type="primary"
          loading={busy}
          disabled={draft === undefined || name.trim() === ''}
          onClick={make}
        >
          {t('designer.create')}
        </Button>,
      ]}
    >
      <div className={css.newForm}>
        <Row label={t('designer.newName')}>
          <Input
            autoFocus
            value={name}
            maxLength={60}
            placeholder={t('designer.newNameHint')}
            onChange={(event) => setName(event.target.value)}
            onPressEnter={make}
          />
        </Row>
        {menu.length > 1 ? (
          <Row label={t('designer.menuGroup')}>
            <Select
              value={into}
              options={menu.map(({ id, label }) => ({ value: id, label: label || id }))}
              onChange={setGroup}
            />
          </Row>
        ) : null}
      </div>
    </Modal>
  )
}
