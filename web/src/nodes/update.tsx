/** An update 更新数据: values are written into this record, or into what a reference of it names. */
import { Select } from 'antd'
import { DatabaseZap } from 'lucide-react'
import type { Field } from '@/fields/field'
import { useT } from '@/i18n/i18n'
import { type NodeSettingsProps, type NodeSummaryProps, nodeType } from './node'
import { Setting, Settings } from './parts/setting'
import { Filling } from './reaching/filling'
import { useForms } from './reaching/forms'

interface UpdateSettings {
  target?: string
  values?: Record<string, string>
}

/** Fields that refer to records of another form, and of which. */
function pointing(fields: Field[]): { id: string; label: string; form: string }[] {
  return fields.flatMap((field) => {
    const { form } = field as Field & { form?: unknown }
    return typeof form === 'string' ? [{ id: field.id, label: field.label, form }] : []
  })
}

function Pane({ node, onChange, context }: NodeSettingsProps<UpdateSettings>) {
  const t = useT()
  const forms = useForms(context.app)
  const references = pointing(context.fields)
  const other = references.find(({ id }) => id === node.target)?.form
  const fields = other === undefined ? context.fields : (forms.find(({ id }) => id === other)?.fields ?? [])
  return (
    <Settings>
      <Setting label={t('reaching.target')}>
        <Select
          value={node.target ?? ''}
          aria-label={t('reaching.target')}
          options={[
            { value: '', label: t('reaching.thisRecord') },
            ...references.map(({ id, label }) => ({ value: id, label: t('reaching.linked', { label }) })),
          ]}
          onChange={(target: string) => onChange({ target: target || undefined, values: {} })}
        />
      </Setting>
      <Setting label={t('reaching.values')} hint={t('reaching.valuesHint')}>
        <Filling
          fields={fields}
          value={node.values ?? {}}
          onChange={(values) => onChange({ values })}
          context={context}
          add={t('reaching.addField')}
        />
      </Setting>
    </Settings>
  )
}

function Summary({ node, context }: NodeSummaryProps<UpdateSettings>) {
  const t = useT()
  const count = Object.keys(node.values ?? {}).length
  const label = context.fields.find(({ id }) => id === node.target)?.label
  const what = count === 0 ? t('reaching.nothing') : t('reaching.valueCount', { count })
  return <div>{label === undefined ? what : `${t('reaching.linked', { label })} · ${what}`}</div>
}

export default nodeType<UpdateSettings>({
  label: { zh: '更新数据', en: 'Update' },
  hint: { zh: '自动写入字段，也可写入关联的数据', en: 'Write values into this record or a linked one' },
  icon: DatabaseZap,
  hue: 'green',
  order: 62,
  blank: { values: {} },
  insertable: true,
  exits: (node) => [{ id: Object.keys(node.on ?? {})[0] ?? 'next', label: '' }],
  Settings: Pane,
  Summary,
})
