/** The message centre 消息中心: what I was told, newest first; a click opens what it is about. */
import { Button, Segmented } from 'antd'
import {
  AlarmClock,
  AtSign,
  Ban,
  BellRing,
  Check,
  CircleStop,
  CornerUpLeft,
  ListTodo,
  type LucideIcon,
  MessageSquare,
  Send,
  TriangleAlert,
  Users,
} from 'lucide-react'
import { useEffect, useState } from 'react'
import { api } from '@/api/client'
import { renew } from '@/api/query'
import type { components } from '@/api/schema'
import { useT } from '@/i18n/i18n'
import { formatAgo, formatTime } from '@/lib/format'
import { useGo } from '@/lib/route'
import type { Hue } from '@/theme/tokens'
import { EmptyState } from '@/ui/empty-state'
import { ErrorState } from '@/ui/error-state'
import { RowBones } from '@/ui/skeletons'
import { toast } from '@/ui/toast'
import css from './notices.module.css'
import { useNotices } from './use-notices'

type Notice = components['schemas']['NoticeOut']

const MARKS: Record<string, { icon: LucideIcon; hue: Hue }> = {
  urged: { icon: BellRing, hue: 'orange' },
  due_soon: { icon: AlarmClock, hue: 'orange' },
  overdue: { icon: AlarmClock, hue: 'red' },
  auto_handled: { icon: AlarmClock, hue: 'grey' },
  approved: { icon: Check, hue: 'green' },
  rejected: { icon: Ban, hue: 'red' },
  returned: { icon: CornerUpLeft, hue: 'orange' },
  withdrawn: { icon: CornerUpLeft, hue: 'grey' },
  ended: { icon: CircleStop, hue: 'grey' },
  copied: { icon: Send, hue: 'teal' },
  commented: { icon: MessageSquare, hue: 'grey' },
  mentioned: { icon: AtSign, hue: 'purple' },
  signer_added: { icon: Users, hue: 'blue' },
  node_failed: { icon: TriangleAlert, hue: 'red' },
  message: { icon: BellRing, hue: 'purple' },
}
const TASK = { icon: ListTodo, hue: 'blue' } as const

function Line({ notice, onOpen }: { notice: Notice; onOpen: (notice: Notice) => void }) {
  const { icon: Icon, hue } = MARKS[notice.kind] ?? TASK
  return (
    <li>
      <button type="button" className={css.line} data-unread={!notice.read} onClick={() => onOpen(notice)}>
        <span className={css.mark} style={{ color: `var(--hue-${hue}-ink)`, background: `var(--hue-${hue}-tint)` }}>
          <Icon size={15} aria-hidden />
        </span>
        <span className={css.words}>
          <span className={css.sentence}>{notice.sentence}</span>
          {notice.comment ? <span className={css.comment}>{notice.comment}</span> : null}
          <time className={css.time} dateTime={notice.at} title={formatTime(notice.at)}>
            {formatAgo(notice.at)}
          </time>
        </span>
        {notice.read ? null : <span className={css.dot} />}
      </button>
    </li>
  )
}

interface CentreProps {
  /** Where it stands may close when something is opened. */
  onLeave: () => void
}

/** Tabs, the list, and a way to older ones. */
export default function Centre({ onLeave }: CentreProps) {
  const t = useT()
  const go = useGo()
  const [unread, setUnread] = useState(false)
  const { notices, left, error, pending, more, refetch } = useNotices(unread)
  useEffect(() => void renew('/api/notices/count'), [])
  const read = async (ids: string[] | null) => {
    try {
      await api.post('/api/notices/read', { body: { ids } })
      await renew('/api/notices')
    } catch (problem) {
      toast.error(problem)
    }
  }
  const open = (notice: Notice) => {
    if (!notice.read) void read([notice.id])
    onLeave()
    if (notice.task) go(`/app/${notice.app}/tasks/todo`, { task: notice.task })
    else go(`/app/${notice.app}/form/${notice.form}`, { record: notice.record })
  }
  return (
    <div className={css.centre}>
      <div className={css.head}>
        <Segmented
          size="small"
          value={unread ? 'unread' : 'all'}
          options={(['all', 'unread'] as const).map((word) => ({ value: word, label: t(`notices.${word}`) }))}
          onChange={(word) => setUnread(word === 'unread')}
        />
        <span className={css.gap} />
        <Button type="link" size="small" disabled={!notices.some(({ read: seen }) => !seen)} onClick={() => read(null)}>
          {t('notices.readAll')}
        </Button>
      </div>
      <div className={css.scroll}>
        {error ? <ErrorState error={error} onRetry={refetch} /> : null}
        {pending ? <RowBones rows={4} /> : null}
        {!pending && !error && notices.length === 0 ? (
          <EmptyState
            figure="fish"
            small
            title={t(unread ? 'notices.noneUnread' : 'notices.none')}
            hint={t('notices.noneHint')}
          />
        ) : null}
        <ul className={css.list}>
          {notices.map((notice) => (
            <Line key={notice.id} notice={notice} onOpen={open} />
          ))}
        </ul>
        {left ? (
          <Button type="text" block onClick={more}>
            {t('notices.more')}
          </Button>
        ) : null}
      </div>
      <div className={css.foot}>
        <Button
          type="link"
          size="small"
          onClick={() => {
            onLeave()
            go('/settings/notices')
          }}
        >
          {t('notices.settings')}
        </Button>
      </div>
    </div>
  )
}
