/** Two people edited one draft 草稿冲突: whose is kept. */
import { Button, Modal } from 'antd'
import { useT } from '@/i18n/i18n'
import type { Editor } from './draft'

/** Asks once the server has refused a save because somebody was faster. */
export function ConflictDialog({ editor }: { editor: Editor<never> }) {
  const t = useT()
  const state = editor.use((edited) => edited.state)
  return (
    <Modal
      open={state === 'conflict'}
      title={t('design.conflictTitle')}
      closable={false}
      width={440}
      centered
      footer={[
        <Button key="theirs" onClick={() => void editor.settle('theirs')}>
          {t('design.takeTheirs')}
        </Button>,
        <Button key="mine" type="primary" onClick={() => void editor.settle('mine')}>
          {t('design.keepMine')}
        </Button>,
      ]}
    >
      {t('design.conflictText')}
    </Modal>
  )
}
