/** A walk becomes a saved case 保存为用例: under a name, with what it expects. */
import { Input, Modal, Switch } from 'antd'
import { useState } from 'react'
import { useT } from '@/i18n/i18n'
import type { AppDraft } from '@/ui/design/draft'
import { toast } from '@/ui/toast'
import { caseOf, casesOf, freeId, keepCases } from '../cases/saved'
import { useNames } from '../proofs/names'
import css from '../proofs/proofs.module.css'
import type { Plan, Walk } from './use-walk'

interface KeepProps {
  open: boolean
  draft: AppDraft
  plan: Plan
  walk: Walk
  onClose: () => void
}

/** A small dialog. */
export function KeepCase({ open, draft, plan, walk, onClose }: KeepProps) {
  const t = useT()
  const names = useNames()
  const [name, setName] = useState('')
  const [blocking, setBlocking] = useState(true)
  const [busy, setBusy] = useState(false)
  const cases = casesOf(draft, plan.of)
  const last = walk.frames.at(-1)
  const keep = async () => {
    setBusy(true)
    try {
      await keepCases(draft, plan.of, [...cases, caseOf(freeId(cases), name.trim(), blocking, plan, walk)])
      toast.done(t('proofs.keepDone'))
      setName('')
      onClose()
    } catch (error) {
      toast.error(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal
      open={open}
      title={t('proofs.keepTitle')}
      okText={t('proofs.save')}
      cancelText={t('ui.cancel')}
      okButtonProps={{ disabled: name.trim() === '', loading: busy }}
      onOk={keep}
      onCancel={onClose}
      width={440}
    >
      <p className={css.quiet}>{t('proofs.keepHint')}</p>
      <div className={css.field}>
        <label htmlFor="case-name">{t('proofs.caseName')}</label>
        <Input
          id="case-name"
          autoFocus
          maxLength={200}
          value={name}
          placeholder={t('proofs.caseNameHint')}
          onChange={(event) => setName(event.target.value)}
          onPressEnter={() => (name.trim() === '' ? undefined : void keep())}
        />
      </div>
      <p className={css.expects}>
        {t('proofs.expects')}: <b>{names.status(last?.status ?? '')}</b>
        <small>{(last?.visited ?? []).map(names.node).join(' → ')}</small>
      </p>
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the control is the child */}
      <label className={css.toggle}>
        <Switch size="small" checked={blocking} onChange={setBlocking} />
        {t('proofs.blocks')}
      </label>
    </Modal>
  )
}
