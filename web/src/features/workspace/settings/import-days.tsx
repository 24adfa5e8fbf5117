/** A list of days, pasted 批量导入假日. */
import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { useApi } from '@/api/query'
import { useT } from '@/i18n/i18n'
import { type Listed, readDays, writtenDays } from './days'
import css from './told.module.css'

interface ImportDaysProps {
  onImport: (days: Listed[]) => Promise<void>
  onClose: () => void
}

/** Lines in, days out; a line that cannot be read stops the import. */
export function ImportDays({ onImport, onClose }: ImportDaysProps) {
  const t = useT()
  const [text, setText] = useState('')
  const official = useApi('/api/workspace/holidays').data?.arrangements ?? []
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
      {official.map(({ id, name, source, days: found }) => (
        <p key={id} className={css.official}>
          <Button size="small" onClick={() => setText(writtenDays(found, [t('notices.off'), t('notices.work')]))}>
            {t('notices.official', { name })}
          </Button>
          <span className={css.hint}>{source}</span>
        </p>
      ))}
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
