/** Where a field is used 字段用在哪里, asked at any time. */
import { Button, Modal } from 'antd'
import { useState } from 'react'
import { useApi } from '@/api/query'
import { useT } from '@/i18n/i18n'
import { usePath } from '@/lib/route'
import { FormBones } from '@/ui/skeletons'
import css from '../designer.module.css'

interface UsesProps {
  form: string
  path: string
  label: string
}

function Uses({ form, path, label }: UsesProps) {
  const t = useT()
  const { app } = usePath()
  const asked = { params: { path: { app, form, field: path } } }
  const { data } = useApi('/api/apps/{app}/forms/{form}/fields/{field}/usage', asked, { staleTime: 0 })
  if (data === undefined) return <FormBones fields={2} />
  const uses = [...new Set(data.uses.map(({ text }) => text))]
  return (
    <div className={css.list}>
      <strong>{t(uses.length > 0 ? 'more.used' : 'more.unused', { label, count: uses.length })}</strong>
      {uses.length > 0 ? (
        <ul className={css.uses}>
          {uses.map((use) => (
            <li key={use}>{use}</li>
          ))}
        </ul>
      ) : null}
      <span className={css.hint}>{t('more.holding', { count: data.records })}</span>
    </div>
  )
}

/** A button that tells. */
export function FieldUses(props: UsesProps) {
  const t = useT()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {t('more.usedIn')}
      </Button>
      <Modal open={open} footer={null} title={t('more.usedIn')} destroyOnHidden onCancel={() => setOpen(false)}>
        <Uses {...props} />
      </Modal>
    </>
  )
}
