/** A leaver's work goes to another 工作交接: how much there is, to whom, and what could not be handed over. */
import { Alert, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { api } from '@/api/client'
import { type Member, useDirectory } from '@/api/directory'
import { renew } from '@/api/query'
import { useT } from '@/i18n/i18n'
import { toast } from '@/ui/toast'
import css from './running.module.css'

interface HandOverProps {
  member: Pick<Member, 'id' | 'name'>
  /** How many open tasks there are. */
  count: number
  /** What is done when the work is in other hands, or when nobody wants it to be. */
  onDone: () => Promise<void>
  onClose: () => void
}

/** How many open tasks a member has. */
export async function openTasksOf(member: string): Promise<number> {
  return (await api.get('/api/members/{member}/tasks', { params: { path: { member } } })).count
}

/** To whom; then the member may go. */
export function HandOver({ member, count, onDone, onClose }: HandOverProps) {
  const t = useT()
  const { data: directory } = useDirectory()
  const [to, setTo] = useState('')
  const [comment, setComment] = useState('')
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<string[]>([])
  const hand = async () => {
    setBusy(true)
    try {
      const params = { path: { member: member.id } }
      const body = { to, comment: comment.trim(), limit: 5000 }
      const { rows } = await api.post('/api/members/{member}/hand-over', { params, body })
      const failed = rows.filter((row) => !row.ok)
      setRefused(failed.map((row) => row.message ?? ''))
      toast.done(t('running.handedOver', { count: rows.length - failed.length }))
      await renew('/api/tasks')
      if (failed.length > 0) return
      await onDone()
      onClose()
    } catch (error) {
      toast.error(error)
    } finally {
      setBusy(false)
    }
  }
  const leave = async () => {
    await onDone()
    onClose()
  }
  return (
    <Modal
      open
      centered
      width={480}
      title={t('running.handOverAsk', { name: member.name, count })}
      okText={t('running.handOver')}
      okButtonProps={{ disabled: to === '', loading: busy }}
      cancelText={t('running.onlyDisable')}
      cancelButtonProps={{ onClick: () => void leave() }}
      onOk={hand}
      onCancel={onClose}
    >
      <div className={css.stack}>
        <p className={css.quiet}>{t('running.handOverHint')}</p>
        <Select
          value={to || undefined}
          placeholder={t('running.member')}
          aria-label={t('running.member')}
          showSearch={{ optionFilterProp: 'label' }}
          options={(directory?.members ?? [])
            .filter((each) => each.id !== member.id && each.enabled)
            .map(({ id, name }) => ({ value: id, label: name }))}
          onChange={setTo}
        />
        <Input.TextArea
          value={comment}
          maxLength={5000}
          autoSize={{ minRows: 1, maxRows: 4 }}
          placeholder={t('running.reason')}
          aria-label={t('running.reason')}
          onChange={(event) => setComment(event.target.value)}
        />
        {refused.length > 0 ? (
          <Alert
            type="warning"
            title={t('running.notHandedOver', { count: refused.length })}
            description={refused[0]}
          />
        ) : null}
      </div>
    </Modal>
  )
}
