/** A list of days, pasted 批量导入假日. */
import { Input, Modal } from 'antd'
import { useState } from 'react'
import { useT } from '@/i18n/i18n'
import { type Listed, readDays } from './days'
import css from './told.module.css'

interface ImportDaysProps {
  onImport: (days: Listed[]) => Promise<void>
  onClose: () => void
}

/** Lines in, days out; a line that cannot be read stops the import. */
export function ImportDays({ onImport, onClose }: ImportDaysProps) {
  const t = useT()
  const [text, setText] = useState('')
  const { days, bad } = readDays(text)
  const first = bad[0]
  const done = async () => {
    await onImport(days)
    onClose()
  }
  return (
    <Modal
      open
      title={t('notices.importDays')}
      okText={t('notices.importDo')}
      cancelText={t('ui.cancel')}
      okButtonProps={{ disabled: days.length === 0 || first !== undefined }}
      onOk={() => void done()}
      onCancel={onClose}
    >
      <p className={css.hint}>{t('notices.importHint')}</p>
      <Input.TextArea
        autoFocus
        rows={10}
        value={text}
        aria-label={t('notices.importDays')}
        status={first ? 'error' : undefined}
        onChange={(event) => setText(event.target.value)}
      />
      <p role="status">
        {first
          ? t('notices.importBad', { line: first.line, text: first.text })
          : t('notices.importCount', { count: days.length })}
      </p>
    </Modal>
  )
}
