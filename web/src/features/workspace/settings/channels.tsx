/** How I am told 提醒方式: by kind of message and channel. */
import { Alert, Button, Checkbox, Select } from 'antd'
import { Mail } from 'lucide-react'
import { Fragment } from 'react'
import { api } from '@/api/client'
import { queryClient, useApi } from '@/api/query'
import { useSession } from '@/api/session'
import { useT } from '@/i18n/i18n'
import { ErrorState } from '@/ui/error-state'
import { PageHeader } from '@/ui/page-header'
import { RowBones } from '@/ui/skeletons'
import { toast } from '@/ui/toast'
import css from './told.module.css'
import { Tried, useTried } from './tried'

const PATH = '/api/notices/channels'
const CHANNELS = ['app', 'mail', 'robot'] as const
type Channel = (typeof CHANNELS)[number]
const GROUPS: Record<string, string[]> = {
  tasks: ['task_opened', 'urged', 'transferred', 'signer_added', 'delegated', 'delegated_back', 'returned'],
  time: ['due_soon', 'overdue', 'auto_handled'],
  results: ['approved', 'rejected', 'ended', 'withdrawn'],
  others: ['copied', 'commented', 'mentioned', 'message', 'node_failed'],
}

/** For administrators: does sending mail work? */
function TestMail() {
  const t = useT()
  const tried = useTried()
  const send = async () => {
    const { address } = await api.post('/api/workspace/mail/test', {})
    return t('notices.testedMail', { address })
  }
  return (
    <div style={{ marginBottom: 12 }}>
      <Button
        icon={<Mail size={16} aria-hidden />}
        loading={tried.busy !== ''}
        onClick={() => void tried.run('mail', send)}
      >
        {t('notices.testMail')}
      </Button>
      <Tried result={tried.results.mail} />
    </div>
  )
}

/** A table of ticks; each is kept at once. */
export default function Channels() {
  const t = useT()
  const { data, error, refetch } = useApi(PATH)
  const { data: session } = useSession()
  const admin = session?.admin === true
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <RowBones />
  const keep = async (channels: Record<string, Channel[]>, language: typeof data.language) => {
    const before = data
    queryClient.setQueryData([PATH, {}], { ...data, channels: { ...data.channels, ...channels }, language })
    try {
      await api.put(PATH, { body: { channels, language: language as '' | 'zh-CN' | 'en' } })
    } catch (problem) {
      queryClient.setQueryData([PATH, {}], before)
      toast.error(problem)
    }
  }
  const tick = (kind: string, channel: Channel, on: boolean) => {
    const has = data.channels[kind] ?? []
    const next = on ? [...has, channel] : has.filter((each) => each !== channel)
    void keep({ [kind]: next }, data.language)
  }
  return (
    <>
      <PageHeader title={t('notices.channels')} note={t('notices.channelsHint')} />
      <div className={css.pad}>
        {data.mail ? null : (
          <Alert type="info" showIcon title={t('notices.noMail')} style={{ maxWidth: 620, marginBottom: 12 }} />
        )}
        {data.mail && admin ? <TestMail /> : null}
        <div className={css.grid}>
          <span />
          {CHANNELS.map((channel) => (
            <span key={channel} className={css.columnHead}>
              {t(`notices.channel.${channel}`)}
            </span>
          ))}
          {Object.entries(GROUPS).map(([group, kinds]) => (
            <Fragment key={group}>
              <span className={css.group}>{t(`notices.group.${group}`)}</span>
              {kinds.map((kind) => (
                <Fragment key={kind}>
                  <span>{t(`notices.kind.${kind}`)}</span>
                  {CHANNELS.map((channel) => (
                    <span key={channel} className={css.tick}>
                      <Checkbox
                        checked={data.channels[kind]?.includes(channel) === true}
                        disabled={channel === 'mail' && !data.mail}
                        aria-label={`${t(`notices.kind.${kind}`)} · ${t(`notices.channel.${channel}`)}`}
                        onChange={(event) => tick(kind, channel, event.target.checked)}
                      />
                    </span>
                  ))}
                </Fragment>
              ))}
            </Fragment>
          ))}
        </div>
        {data.mail ? (
          <div style={{ marginTop: 20 }}>
            <span className={css.hint}>{t('notices.language')} </span>
            <Select
              value={data.language}
              style={{ minWidth: 180 }}
              aria-label={t('notices.language')}
              options={['', 'zh-CN', 'en'].map((word) => ({
                value: word,
                label: t(`notices.languages.${word || 'workspace'}`),
              }))}
              onChange={(language: string) => void keep({}, language)}
            />
          </div>
        ) : null}
      </div>
    </>
  )
}
