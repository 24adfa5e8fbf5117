/** The bar under chosen cards 批量办理栏: one answer for all, and what became of each. */
import { Button, Checkbox, Input, Modal, Progress, Select } from 'antd'
import { Check, CircleAlert } from 'lucide-react'
import { useState } from 'react'
import { renew } from '@/api/query'
import { useFieldContext } from '@/fields/context'
import { useT } from '@/i18n/i18n'
import { toast } from '@/ui/toast'
import { actOnMany, type Many, type Row } from './batch'
import type { TaskCard } from './cards'
import css from './tasks.module.css'

const WORDS: Record<Many, string> = {
  approve: 'tasks.batchApprove',
  reject: 'tasks.batchReject',
  transfer: 'tasks.batchTransfer',
}

interface AskProps {
  action: Many
  tasks: TaskCard[]
  onClose: () => void
  onDone: (rows: Row[]) => void
}

/** The word for all, and to whom; then the progress. */
function Ask({ action, tasks, onClose, onDone }: AskProps) {
  const t = useT()
  const { members, me } = useFieldContext()
  const [comment, setComment] = useState('')
  const [to, setTo] = useState('')
  const [done, setDone] = useState<number | null>(null)
  const send = async () => {
    setDone(0)
    try {
      const ids = tasks.map(({ task }) => task ?? '')
      onDone(await actOnMany(ids, action, comment.trim(), to, setDone))
    } catch (error) {
      toast.error(error)
      setDone(null)
    }
  }
  return (
    <Modal
      open
      centered
      width={440}
      title={t('tasks.batchAsk', { count: tasks.length, deed: t(WORDS[action]) })}
      okText={t(WORDS[action])}
      cancelText={t('ui.cancel')}
      okButtonProps={{ danger: action === 'reject', loading: done !== null, disabled: action === 'transfer' && !to }}
      onOk={send}
      onCancel={() => done === null && onClose()}
    >
      <div className={css.ask}>
        {action === 'transfer' ? (
          <Select
            value={to || undefined}
            placeholder={t('tasks.pickMember')}
            aria-label={t('tasks.pickMember')}
            showSearch={{ optionFilterProp: 'label' }}
            options={members
              .filter((each) => each.id !== me && each.enabled !== false)
              .map(({ id, name }) => ({ value: id, label: name }))}
            onChange={setTo}
          />
        ) : null}
        <Input.TextArea
          value={comment}
          maxLength={5000}
          autoSize={{ minRows: 2, maxRows: 5 }}
          placeholder={t('tasks.batchWord')}
          aria-label={t('tasks.batchWord')}
          onChange={(event) => setComment(event.target.value)}
        />
        {done === null ? null : <Progress percent={Math.round((done / tasks.length) * 100)} />}
      </div>
    </Modal>
  )
}

/** Every row: done, or why not. */
function Results({ rows, tasks, onClose }: { rows: Row[]; tasks: TaskCard[]; onClose: () => void }) {
  const t = useT()
  const failed = rows.filter((row) => !row.ok).length
  const titleOf = (id: string) => {
    const card = tasks.find(({ task }) => task === id)
    return card?.title || card?.form_name || id
  }
  return (
    <Modal open centered width={520} title={t('tasks.batchResult')} footer={null} onCancel={onClose}>
      <p>{t('tasks.batchDone', { done: rows.length - failed, failed })}</p>
      <ul className={css.results}>
        {[...rows]
          .sort((one, other) => Number(one.ok) - Number(other.ok))
          .map((row) => (
            <li key={row.task} data-ok={row.ok}>
              {row.ok ? <Check size={15} aria-hidden /> : <CircleAlert size={15} aria-hidden />}
              <span>{titleOf(row.task)}</span>
              <small>{row.ok ? t('tasks.batchOk') : row.message}</small>
            </li>
          ))}
      </ul>
    </Modal>
  )
}

interface BarProps {
  cards: TaskCard[]
  chosen: ReadonlySet<string>
  onChosen: (ids: ReadonlySet<string>) => void
}

/** How many are chosen, and what to do with them. */
export function BatchBar({ cards, chosen, onChosen }: BarProps) {
  const t = useT()
  const [asking, setAsking] = useState<Many | ''>('')
  const [results, setResults] = useState<{ rows: Row[]; tasks: TaskCard[] } | null>(null)
  const tasks = cards.filter(({ id }) => chosen.has(id))
  const all = cards.length > 0 && tasks.length === cards.length
  const done = (rows: Row[]) => {
    setAsking('')
    setResults({ rows, tasks })
    onChosen(new Set(rows.filter((row) => !row.ok).map((row) => row.task)))
    void renew('/api/tasks', '/api/apps/{app}/forms/{form}/records')
  }
  return (
    <section className={css.batch} aria-label={t('tasks.choose')}>
      <Checkbox
        checked={all}
        indeterminate={tasks.length > 0 && !all}
        onChange={() => onChosen(all ? new Set() : new Set(cards.map(({ id }) => id)))}
      >
        {t('tasks.chosenCount', { count: tasks.length })}
      </Checkbox>
      <span className={css.buttons}>
        {(['transfer', 'reject', 'approve'] as const).map((action) => (
          <Button
            key={action}
            size="small"
            type={action === 'approve' ? 'primary' : 'default'}
            danger={action === 'reject'}
            disabled={tasks.length === 0}
            onClick={() => setAsking(action)}
          >
            {t(WORDS[action])}
          </Button>
        ))}
      </span>
      {asking === '' ? null : <Ask action={asking} tasks={tasks} onClose={() => setAsking('')} onDone={done} />}
      {results === null ? null : <Results {...results} onClose={() => setResults(null)} />}
    </section>
  )
}
