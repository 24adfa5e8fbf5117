/** The key with which calls of workflows are signed 签名密钥. */
import { Button, Typography } from 'antd'
import { KeyRound } from 'lucide-react'
import { api } from '@/api/client'
import { renew, useApi } from '@/api/query'
import { useT } from '@/i18n/i18n'
import { confirm } from '@/ui/confirm'
import { toast } from '@/ui/toast'
import css from './told.module.css'

const PATH = '/api/workspace/signing-key'

/** Shown to administrators, who give it to the other side. */
export function SigningKey() {
  const t = useT()
  const { data } = useApi(PATH)
  const make = async () => {
    const sure =
      !data?.key ||
      (await confirm({
        title: t('notices.newKeyAsk'),
        detail: t('notices.newKeyDetail'),
        action: t('notices.newKey'),
      }))
    if (!sure) return
    try {
      await api.post(PATH, {})
      await renew(PATH)
    } catch (problem) {
      toast.error(problem)
    }
  }
  return (
    <section className={css.key}>
      <h2>
        <KeyRound size={16} aria-hidden /> {t('notices.key')}
      </h2>
      <p className={css.hint}>{t('notices.keyHint')}</p>
      {data?.key ? (
        <Typography.Text code copyable={{ text: data.key }}>
          {`${data.key.slice(0, 6)}…${data.key.slice(-4)}`}
        </Typography.Text>
      ) : (
        <span className={css.hint}>{t('notices.noKey')}</span>
      )}{' '}
      <Button size="small" onClick={() => void make()}>
        {t(data?.key ? 'notices.newKey' : 'notices.makeKey')}
      </Button>
    </section>
  )
}
