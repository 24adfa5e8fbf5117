/** Something shown once 一次性密文: an invitation's link, a token. */
import { Button, Modal } from 'antd'
import { Copy } from 'lucide-react'
import { useT } from '@/i18n/i18n'
import { toast } from '@/ui/toast'
import css from '../workspace.module.css'

interface SecretProps {
  title: string
  note: string
  /** '' while there is nothing to show. */
  text: string
  onClose: () => void
}

/** Shows the text with a button to copy it. */
export function Secret({ title, note, text, onClose }: SecretProps) {
  const t = useT()
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      toast.done(t('ui.copied'))
    } catch (problem) {
      toast.error(problem)
    }
  }
  return (
    <Modal open={text !== ''} title={title} footer={null} onCancel={onClose} width={520} mask={{ closable: false }}>
      <p className={css.secretNote}>{note}</p>
      <div className={css.secret}>
        <code>{text}</code>
        <Button type="primary" icon={<Copy size={16} />} onClick={copy}>
          {t('ui.copy')}
        </Button>
      </div>
    </Modal>
  )
}
