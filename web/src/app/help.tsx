/** What the keys do, and where to read more 帮助与快捷键. */
import { Modal } from 'antd'
import { useT } from '@/i18n/i18n'
import { Keys } from '@/ui/keys'
import css from './shell.module.css'

const CHORDS = [
  ['mod+k', 'keyPalette'],
  ['?', 'keyHelp'],
  ['[', 'keyMenu'],
  ['mod+s', 'keySave'],
  ['esc', 'keyClose'],
] as const

/** A list of shortcuts. */
export function Help({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useT()
  return (
    <Modal open={open} onCancel={onClose} footer={null} title={t('app.shortcuts')} width={420}>
      <dl className={css.keys}>
        {CHORDS.map(([chord, word]) => (
          <div key={chord} style={{ display: 'contents' }}>
            <dt>
              <Keys chord={chord} />
            </dt>
            <dd>{t(`app.${word}`)}</dd>
          </div>
        ))}
      </dl>
      <p style={{ marginTop: 20 }}>
        <a href="/api/docs" target="_blank" rel="noreferrer">
          {t('app.apiDocs')}
        </a>
      </p>
    </Modal>
  )
}
