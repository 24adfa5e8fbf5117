/** A subflow 子流程: records of another form are added and their workflows run. */
import { Checkbox, Select } from 'antd'
import { Workflow } from 'lucide-react'
import { typeNamed } from '@/fields/registry'
import { useT } from '@/i18n/i18n'
import { type NodeOf, type NodeSettingsProps, type NodeSummaryProps, nodeType } from './node'
import { Setting, Settings } from './parts/setting'
import { Filling } from './reaching/filling'
import { useForms } from './reaching/forms'

interface ChildSettings {
  form?: string
  fill?: Record<string, string>
  rows?: string
  wait?: boolean
  together?: boolean
}

function Pane({ node, onChange, context }: NodeSettingsProps<ChildSettings>) {
  const t = useT()
  const forms = useForms(context.app).filter((form) => form.id !== context.form && form.workflow)
  const target = forms.find(({ id }) => id === node.form)
  const subforms = context.fields.filter((field) => typeNamed(field.type)?.kind === 'rows')
  return (
    <Settings>
      <Setting label={t('reaching.childForm')}>
        <Select
          value={node.form || undefined}
          aria-label={t('reaching.childForm')}
          placeholder={t('reaching.noForm')}
          status={target === undefined ? 'error' : undefined}
          options={forms.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(form: string) => onChange({ form, fill: {} })}
        />
      </Setting>
      <Setting label={t('reaching.rows')}>
        <Select
          value={node.rows ?? ''}
          aria-label={t('reaching.rows')}
          options={[
            { value: '', label: t('reaching.once') },
            ...subforms.map(({ id, label }) => ({ value: id, label: t('reaching.rowsOf', { label }) })),
          ]}
          onChange={(rows: string) => onChange({ rows: rows || undefined })}
        />
      </Setting>
      <Setting label={t('reaching.fill')} hint={t('reaching.fillHint')}>
        <Filling
          fields={target?.fields ?? []}
          value={node.fill ?? {}}
          onChange={(fill) => onChange({ fill })}
          context={context}
          rows={node.rows}
          add={t('reaching.addField')}
        />
      </Setting>
      <Checkbox
        checked={node.wait !== false}
        onChange={(event) => onChange({ wait: event.target.checked ? undefined : false, together: undefined })}
      >
        {t('reaching.waitChildren')}
      </Checkbox>
      {node.wait === false ? (
        <Checkbox
          checked={node.together === true}
          onChange={(event) => onChange({ together: event.target.checked || undefined })}
        >
          {t('reaching.endTogether')}
        </Checkbox>
      ) : null}
    </Settings>
  )
}

function Summary({ node, context }: NodeSummaryProps<ChildSettings>) {
  const t = useT()
  const form = useForms(context.app).find(({ id }) => id === node.form)?.name
  return <div>{form === undefined ? t('reaching.noForm') : t('reaching.child', { form })}</div>
}

export default nodeType<ChildSettings>({
  label: { zh: '子流程', en: 'Subflow' },
  hint: { zh: '发起另一个表单的流程，可逐行发起', en: 'Start workflows of another form, one per row if wanted' },
  icon: Workflow,
  hue: 'blue',
  order: 66,
  blank: { form: '', fill: {} },
  insertable: true,
  exits: (node: NodeOf<ChildSettings>) => [
    { id: 'done', label: { zh: '已完成', en: 'Done' } },
    ...(node.wait === false ? [] : [{ id: 'rejected', label: { zh: '被拒绝', en: 'Rejected' } }]),
  ],
  wire: (target) => ({ done: target }),
  Settings: Pane,
  Summary,
})
