/** Who may do what 权限组: listed here, edited in a drawer. */
import { Button, Checkbox, Input, Switch } from 'antd'
import { Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useDirectory } from '@/api/directory'
import { useT } from '@/i18n/i18n'
import { Drawer } from '@/ui/drawer'
import { IconButton } from '@/ui/icon-button'
import { Tag } from '@/ui/tag'
import { AudienceInput, useAudienceWords } from './audience-input'
import { type Form, OPERATIONS, type Operation, type PermissionGroup, patched } from './definition'
import css from './designer.module.css'
import { FieldAccess } from './field-access'
import { Part, Row } from './rows'
import { RowsInput } from './rows-input'
import { free } from './slugs'
import { useDesigner } from './use-designer'

function GroupEditor({ group }: { group: PermissionGroup }) {
  const t = useT()
  const { editor, form } = useDesigner()
  const change = (patch: Partial<PermissionGroup>) =>
    editor.change(
      (draft) => {
        const found = (draft as Form).groups?.find((each) => each.id === group.id)
        if (found !== undefined) patched(found, patch)
      },
      `group:${group.id}:${Object.keys(patch).join()}`,
    )
  return (
    <div className={css.groupEditor}>
      <div className={css.flag}>
        <span>{t('designer.enabled')}</span>
        <Switch
          size="small"
          checked={group.enabled !== false}
          aria-label={t('designer.enabled')}
          onChange={(on) => change({ enabled: on ? undefined : false })}
        />
      </div>
      <Row label={t('designer.groupName')}>
        <Input value={group.name} maxLength={200} onChange={(event) => change({ name: event.target.value })} />
      </Row>
      <Part title={t('designer.audience')}>
        <AudienceInput value={group.to} onChange={(to) => change({ to })} />
      </Part>
      <Part title={t('designer.operations')}>
        <Checkbox.Group
          className={css.operations}
          value={group.operations}
          options={OPERATIONS.map((value) => ({ value, label: t(`designer.operation.${value}`) }))}
          onChange={(chosen) =>
            change({ operations: OPERATIONS.filter((each) => chosen.includes(each)) as Operation[] })
          }
        />
      </Part>
      <Part title={t('designer.rows')}>
        <RowsInput value={group.rows} fields={form.fields ?? []} onChange={(rows) => change({ rows })} />
      </Part>
      <Part title={t('designer.fieldAccess')}>
        <FieldAccess group={group} onChange={change} />
      </Part>
    </div>
  )
}

/** Each group with whom it is for. */
export function GroupsPane() {
  const t = useT()
  const { form, editor } = useDesigner()
  const { data: directory } = useDirectory()
  const speak = useAudienceWords(directory)
  const [opened, setOpened] = useState('')
  const groups = form.groups ?? []
  const group = groups.find((each) => each.id === opened)
  const add = () => {
    const id = free(
      'group_1',
      groups.map((each) => each.id),
    )
    editor.change((draft) => {
      const fresh = { id, name: t('designer.newGroup'), to: {}, operations: ['read'] as Operation[] }
      draft.groups = [...(draft.groups ?? []), fresh]
    })
    setOpened(id)
  }
  const remove = (id: string) =>
    editor.change((draft) => {
      draft.groups = draft.groups?.filter((each) => each.id !== id)
    })
  return (
    <div className={css.list}>
      <p className={css.hint}>{t('designer.permissionHint')}</p>
      {groups.map((each, at) => (
        <div key={each.id} className={css.groupRow} data-place={`groups.${at}`}>
          <button type="button" onClick={() => setOpened(each.id)}>
            <span className={css.groupName}>
              {each.name}
              {each.enabled === false ? <Tag>{t('designer.disabledMark')}</Tag> : null}
            </span>
            <span className={css.hint}>{speak(each.to)}</span>
            <span className={css.hint}>
              {each.operations.map((operation) => t(`designer.operation.${operation}`)).join(' · ')}
            </span>
          </button>
          <IconButton icon={Trash2} iconSize={14} label={t('designer.remove')} onClick={() => remove(each.id)} />
        </div>
      ))}
      <Button type="dashed" icon={<Plus size={14} aria-hidden />} onClick={add}>
        {t('designer.addGroup')}
      </Button>
      <Drawer
        open={group !== undefined}
        onClose={() => setOpened('')}
        title={group?.name}
        width={560}
        expandable={false}
        footer={
          <Button type="primary" onClick={() => setOpened('')}>
            {t('designer.close')}
          </Button>
        }
      >
        {group === undefined ? null : <GroupEditor group={group} />}
      </Drawer>
    </div>
  )
}
