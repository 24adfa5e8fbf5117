/** Takes a copy of the form to this app or another 复制与移动表单. */
import { Alert, Button, Checkbox, Input, Modal, Select } from 'antd'
import { Copy } from 'lucide-react'
import { useState } from 'react'
import { api } from '@/api/client'
import { renew, useApi } from '@/api/query'
import type { components } from '@/api/schema'
import { useT } from '@/i18n/i18n'
import { useGo } from '@/lib/route'
import { IconButton } from '@/ui/icon-button'
import { toast } from '@/ui/toast'
import css from '../designer.module.css'
import { Row } from '../rows'
import { useDesigner } from '../use-designer'

type Copied = components['schemas']['CopyOut']

function Done({ copied, onOpen }: { copied: Copied; onOpen: () => void }) {
  const t = useT()
  const { problems } = copied
  const told = problems.length > 0
  return (
    <div className={css.newForm}>
      <Alert
        showIcon
        type={told ? 'warning' : 'success'}
        message={told ? t('more.problems', { count: problems.length }) : t('more.copied')}
        description={
          told ? (
            <ul className={css.uses}>
              {problems.slice(0, 8).map(({ path, detail }) => (
                <li key={path.join('.')}>{detail}</li>
              ))}
            </ul>
          ) : undefined
        }
      />
      <Button type="primary" onClick={onOpen}>
        {t('more.open')}
      </Button>
    </div>
  )
}

function Dialog({ app, onClose }: { app: string; onClose: () => void }) {
  const t = useT()
  const go = useGo()
  const { form } = useDesigner()
  const { data: apps = [] } = useApi('/api/apps')
  const [into, setInto] = useState(app)
  const [name, setName] = useState(t('more.nameOf', { name: form.name }))
  const [move, setMove] = useState(false)
  const [busy, setBusy] = useState(false)
  const [copied, setCopied] = useState<Copied>()
  const make = async () => {
    setBusy(true)
    try {
      const params = { path: { app, form: form.id } }
      const body = { into, name: name.trim(), move: move && into !== app }
      setCopied(await api.post('/api/apps/{app}/forms/{form}/copy', { params, body }))
      void renew('/api/apps/{app}/draft')
    } catch (problem) {
      toast.error(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal
      open
      centered
      width={480}
      title={t('more.copy')}
      okText={t('designer.create')}
      okButtonProps={{ loading: busy, disabled: name.trim() === '' }}
      onOk={make}
      onCancel={onClose}
      footer={copied ? null : undefined}
    >
      {copied ? (
        <Done copied={copied} onOpen={() => go(`/app/${copied.app}/design/form/${copied.form}`)} />
      ) : (
        <div className={css.newForm}>
          <p className={css.hint}>{t('more.copyHint')}</p>
          <Row label={t('more.into')}>
            <Select
              value={into}
              options={apps.map(({ id, name: label }) => ({ value: id, label }))}
              onChange={setInto}
            />
          </Row>
          <Row label={t('more.name')}>
            <Input value={name} maxLength={200} onChange={({ target }) => setName(target.value)} />
          </Row>
          {into === app ? null : (
            <Checkbox checked={move} onChange={({ target }) => setMove(target.checked)}>
              {t('more.move')}
            </Checkbox>
          )}
        </div>
      )}
    </Modal>
  )
}

/** The button among those of the designer. */
export function CopyForm({ app, before }: { app: string; before: () => Promise<boolean> }) {
  const t = useT()
  const [open, setOpen] = useState(false)
  const start = async () => {
    if (await before()) setOpen(true)
  }
  return (
    <>
      <IconButton icon={Copy} label={t('more.copy')} onClick={() => void start()} />
      {open ? <Dialog app={app} onClose={() => setOpen(false)} /> : null}
    </>
  )
}
