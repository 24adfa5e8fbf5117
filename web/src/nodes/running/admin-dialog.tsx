/** An administrator's hand on a running workflow 管理员操作: move it, ask another person, start it again. */
import { Form, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { useApi } from '@/api/query'
import { useFieldContext } from '@/fields/context'
import { useT } from '@/i18n/i18n'
import type { Deed, Deeds, Flow, Place } from './deeds'

export type AdminDeed = 'jump' | 'reassign' | 'reactivate' | 'urge'

interface DialogProps {
  name: AdminDeed
  place: Place
  flow: Flow
  deeds: Deeds
  onClose: () => void
}

interface Asked {
  task: string
  member: string
  node: string
}

/** The open tasks of the record, for an administrator. */
function useAsked(place: Place, flow: Flow, wanted: boolean): Asked[] {
  const { data } = useApi(
    '/api/instances/{instance}/tasks',
    { params: { path: { instance: flow.instance } } },
    { enabled: wanted, staleTime: 0 },
  )
  void place
  return (data?.tasks ?? []).map(({ id, assignee, node }) => ({ task: id, member: assignee, node }))
}

/** Where, whom, and a word. */
export function AdminDialog({ name, place, flow, deeds, onClose }: DialogProps) {
  const t = useT()
  const { members } = useFieldContext()
  const [to, setTo] = useState('')
  const [node, setNode] = useState('')
  const [task, setTask] = useState('')
  const [comment, setComment] = useState('')
  const asked = useAsked(place, flow, name === 'reassign')
  const places = (name === 'reactivate' ? flow.admin?.reactivate : flow.admin?.jump) ?? []
  const labelOf = (id: string) => String((flow.nodes[id] as { label?: string } | undefined)?.label || id)
  const nameOf = (id: string) => members.find((each) => each.id === id)?.name ?? id
  const whom = task || (asked.length === 1 ? (asked[0]?.task ?? '') : '')
  const needed = name === 'urge' ? true : name === 'reassign' ? to !== '' && whom !== '' : to !== ''
  const send = async () => {
    const deed: Deed = { name, to, node, comment: comment.trim(), task: whom }
    if (await deeds.act(deed)) onClose()
  }
  return (
    <Modal
      open
      centered
      width={460}
      title={t(name === 'urge' ? 'running.urgeAsk' : `running.${name}`)}
      okText={t(`running.${name}`)}
      cancelText={t('ui.cancel')}
      okButtonProps={{ disabled: !needed, loading: deeds.busy === name }}
      onOk={send}
      onCancel={onClose}
    >
      {name === 'urge' ? null : <p style={{ color: 'var(--text-quiet)' }}>{t(`running.${name}Hint`)}</p>}
      <Form layout="vertical">
        {name === 'reassign' ? (
          <>
            <Form.Item label={t('running.reassignWhom')}>
              <Select
                value={whom || undefined}
                aria-label={t('running.reassignWhom')}
                options={asked.map((each) => ({
                  value: each.task,
                  label: `${nameOf(each.member)} · ${labelOf(each.node)}`,
                }))}
                onChange={setTask}
              />
            </Form.Item>
            <Form.Item label={t('running.reassignTo')}>
              <Select
                value={to || undefined}
                aria-label={t('running.reassignTo')}
                placeholder={t('running.member')}
                showSearch={{ optionFilterProp: 'label' }}
                options={members
                  .filter((each) => each.enabled !== false && !asked.some(({ member }) => member === each.id))
                  .map((each) => ({ value: each.id, label: each.name }))}
                onChange={setTo}
              />
            </Form.Item>
          </>
        ) : null}
        {name === 'jump' && flow.active.length > 1 ? (
          <Form.Item label={t('running.jumpFrom')}>
            <Select
              value={node}
              aria-label={t('running.jumpFrom')}
              options={[
                { value: '', label: t('running.everywhere') },
                ...flow.active.map((id) => ({ value: id, label: labelOf(id) })),
              ]}
              onChange={setNode}
            />
          </Form.Item>
        ) : null}
        {name === 'jump' || name === 'reactivate' ? (
          <Form.Item label={t(name === 'jump' ? 'running.jumpTo' : 'running.reactivateAt')}>
            <Select
              value={to || undefined}
              aria-label={t(name === 'jump' ? 'running.jumpTo' : 'running.reactivateAt')}
              placeholder={t('running.node')}
              options={places.map(({ id, label }) => ({ value: id, label }))}
              onChange={setTo}
            />
          </Form.Item>
        ) : null}
        <Input.TextArea
          value={comment}
          maxLength={5000}
          autoSize={{ minRows: 1, maxRows: 4 }}
          placeholder={t(name === 'urge' ? 'running.urgeWord' : 'running.reason')}
          aria-label={t(name === 'urge' ? 'running.urgeWord' : 'running.reason')}
          onChange={(event) => setComment(event.target.value)}
        />
      </Form>
    </Modal>
  )
}
