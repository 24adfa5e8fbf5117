/** Signing an answer 手写签名: the picture is stored, then the answer goes out with it. */
import { Modal } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { upload } from '@/api/upload'
import { useT } from '@/i18n/i18n'
import { FormBones } from '@/ui/skeletons'
import { toast } from '@/ui/toast'
import type { ActingState } from './use-acting'

const SignatureBox = lazy(async () => ({ default: (await import('@/ui/signature-pad')).SignatureBox }))

/** Opens when an answer lacks its signature. */
export function Sign({ acting, word }: { acting: ActingState; word: string }) {
  const t = useT()
  const [busy, setBusy] = useState(false)
  const done = async (picture: File) => {
    setBusy(true)
    try {
      const { id } = await upload<{ id: string }>('/api/files', picture)
      await acting.sign(id)
    } catch (error) {
      toast.error(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal
      open={acting.unsigned !== null}
      centered
      destroyOnHidden
      width={560}
      footer={null}
      title={t('tasks.signTo', { deed: word })}
      onCancel={acting.leaveUnsigned}
    >
      <Suspense fallback={<FormBones fields={2} />}>
        <SignatureBox busy={busy} onDone={(picture) => void done(picture)} onCancel={acting.leaveUnsigned} />
      </Suspense>
    </Modal>
  )
}
