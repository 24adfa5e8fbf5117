/** A dialog around a few fields 编辑对话框: the same for members, departments, roles, invitations, tokens and passwords. */
import { Form, Modal } from 'antd'
import type { ReactNode } from 'react'
import { useT } from '@/i18n/i18n'
import { useSending } from './use-sending'

interface EditDialogProps<Values extends object> {
  title: string
  /** What the boxes hold at first; null while the dialog is closed. */
  start: Values | null
  action?: string
  hint?: string
  onSave: (values: Values) => Promise<void>
  onClose: () => void
  children: ReactNode
}

/** Opens while there is something to edit; closes after it was saved. */
export function EditDialog<Values extends object>(props: EditDialogProps<Values>) {
  const { title, start, action, hint, onSave, onClose, children } = props
  const t = useT()
  const { form, busy, send } = useSending<Values>(async (values) => {
    await onSave(values)
    onClose()
  })
  return (
    <Modal
      open={start !== null}
      title={title}
      okText={action ?? t('ui.save')}
      cancelText={t('ui.cancel')}
      confirmLoading={busy}
      onOk={form.submit}
      onCancel={onClose}
      width={440}
      destroyOnHidden
    >
      {hint ? <p style={{ marginBottom: 16, color: 'var(--text-quiet)' }}>{hint}</p> : null}
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        preserve={false}
        onFinish={send}
        initialValues={start ?? {}}
      >
        {children}
      </Form>
    </Modal>
  )
}

/** A rule for names. */
export function useNameRule() {
  const t = useT()
  return { required: true, whitespace: true, message: t('workspace.required') }
}
