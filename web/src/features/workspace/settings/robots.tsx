/** Robots of chat groups, and the key that signs calls 群机器人与外部. */
import { Alert, Button, Form, Input, Modal, Select, Switch, Tag } from 'antd'
import { Pencil, Plus, Send, Trash2 } from 'lucide-react'
import { Fragment, useState } from 'react'
import { api } from '@/api/client'
import { renew, useApi } from '@/api/query'
import type { components } from '@/api/schema'
import { useSession } from '@/api/session'
import { useT } from '@/i18n/i18n'
import { confirm } from '@/ui/confirm'
import { EmptyState } from '@/ui/empty-state'
import { ErrorState } from '@/ui/error-state'
import { IconButton } from '@/ui/icon-button'
import { PageHeader } from '@/ui/page-header'
import { RowBones } from '@/ui/skeletons'
import { toast } from '@/ui/toast'
import { SigningKey } from './signing-key'
import css from './told.module.css'
import { Tried, useTried } from './tried'

type Robot = components['schemas']['RobotOut']
type Draft = components['schemas']['RobotIn']

const PATH = '/api/workspace/robots'
const KINDS = ['wecom', 'dingtalk', 'feishu'] as const
const NEW: Draft = { id: '', name: '', kind: 'wecom', url: '', secret: '', events: [], enabled: true }

function asDraft({ signed: _signed, ...robot }: Robot): Draft {
  return { ...robot, kind: robot.kind as Draft['kind'], secret: '' }
}

interface EditProps {
  draft: Draft
  kinds: string[]
  onKeep: (draft: Draft) => Promise<void>
  onClose: () => void
}

function Edit({ draft, kinds, onKeep, onClose }: EditProps) {
  const t = useT()
  const [form] = Form.useForm<Draft>()
  const [busy, setBusy] = useState(false)
  const kind = Form.useWatch('kind', form) ?? draft.kind
  const done = async (values: Draft) => {
    setBusy(true)
    try {
      await onKeep({ ...draft, ...values })
      onClose()
    } catch (problem) {
      toast.error(problem)
    } finally {
      setBusy(false)
    }
  }
  const must = { required: true, whitespace: true, message: t('notices.required') }
  return (
    <Modal
      open
      title={t(draft.id ? 'notices.editRobot' : 'notices.addRobot')}
      okText={t('ui.save')}
      cancelText={t('ui.cancel')}
      confirmLoading={busy}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" requiredMark={false} initialValues={draft} onFinish={done}>
        <Form.Item name="kind" label={t('notices.robotKind')}>
          <Select options={KINDS.map((word) => ({ value: word, label: t(`notices.kinds.${word}`) }))} />
        </Form.Item>
        <Form.Item name="name" label={t('notices.robotName')} rules={[must]}>
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item name="url" label={t('notices.robotUrl')} extra={t('notices.robotUrlHint')} rules={[must]}>
          <Input maxLength={1000} placeholder="https://" />
        </Form.Item>
        {kind === 'wecom' ? null : (
          <Form.Item name="secret" label={t('notices.robotSecret')} extra={t('notices.robotSecretHint')}>
            <Input.Password maxLength={200} autoComplete="off" />
          </Form.Item>
        )}
        <Form.Item name="events" label={t('notices.robotEvents')}>
          <Select
            mode="multiple"
            showSearch={{ optionFilterProp: 'label' }}
            allowClear
            placeholder={t('notices.everything')}
            options={kinds.map((word) => ({ value: word, label: t(`notices.kind.${word}`) }))}
          />
        </Form.Item>
        <Form.Item name="enabled" label={t('notices.enabled')} valuePropName="checked">
          <Switch />
        </Form.Item>
      </Form>
    </Modal>
  )
}

/** The list; every change is kept at once. */
export default function Robots() {
  const t = useT()
  const { data: session } = useSession()
  const { data, error, refetch } = useApi(PATH)
  const [draft, setDraft] = useState<Draft | null>(null)
  const tried = useTried()
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <RowBones />
  const keep = async (robots: Draft[]) => {
    await api.put(PATH, { body: { robots } })
    await renew(PATH)
  }
  const all = data.robots.map(asDraft)
  const put = (next: Draft) =>
    keep(next.id ? all.map((robot) => (robot.id === next.id ? next : robot)) : [...all, next])
  const remove = async (robot: Robot) => {
    const sure = await confirm({
      title: t('notices.removeRobot', { name: robot.name }),
      action: t('notices.remove'),
      danger: true,
    })
    if (sure) await keep(all.filter(({ id }) => id !== robot.id)).catch((problem) => toast.error(problem))
  }
  const test = (robot: Robot) =>
    tried.run(robot.id, async () => {
      await api.post('/api/workspace/robots/{robot}/test', { params: { path: { robot: robot.id } } })
      return t('notices.testedRobot', { name: robot.name })
    })
  const add = (
    <Button type="primary" icon={<Plus size={16} aria-hidden />} onClick={() => setDraft(NEW)}>
      {t('notices.addRobot')}
    </Button>
  )
  return (
    <>
      <PageHeader title={t('notices.robots')} note={t('notices.robotsHint')}>
        {data.robots.length > 0 ? add : null}
      </PageHeader>
      <div className={css.pad}>
        {session?.workspace?.trial_until ? (
          <Alert type="info" showIcon title={t('notices.trialNote')} style={{ maxWidth: 620, marginBottom: 12 }} />
        ) : null}
        {data.robots.length === 0 ? <EmptyState figure="fish" title={t('notices.noRobots')} action={add} /> : null}
        {data.robots.map((robot) => (
          <Fragment key={robot.id}>
            <div className={css.robot}>
              <div className={css.words}>
                <strong>{robot.name}</strong>
                <span className={css.hint}>
                  {t(`notices.kinds.${robot.kind}`)}
                  {robot.signed ? ` · ${t('notices.signed')}` : ''} ·{' '}
                  {robot.events.length === 0
                    ? t('notices.everything')
                    : robot.events.map((kind) => t(`notices.kind.${kind}`)).join(t('notices.comma'))}
                </span>
              </div>
              {robot.enabled ? null : <Tag>{t('notices.disabled')}</Tag>}
              <IconButton
                icon={Send}
                label={t('notices.test')}
                loading={tried.busy === robot.id}
                onClick={() => void test(robot)}
              />
              <IconButton icon={Pencil} label={t('notices.editRobot')} onClick={() => setDraft(asDraft(robot))} />
              <IconButton icon={Trash2} label={t('notices.remove')} onClick={() => void remove(robot)} />
            </div>
            <Tried result={tried.results[robot.id]} />
          </Fragment>
        ))}
        <SigningKey />
      </div>
      {draft ? <Edit draft={draft} kinds={data.kinds} onKeep={put} onClose={() => setDraft(null)} /> : null}
    </>
  )
}
