/** An update 更新数据: values are written into this record, into what it refers to, or into what refers to it. */
import { Select } from 'antd'
import { DatabaseZap } from 'lucide-react'
import type { Field, Json } from '@/fields/field'
import { typeNamed } from '@/fields/registry'
import { useT } from '@/i18n/i18n'
import { type All, type Either, type Filter, partsIn } from '@/ui/record/filter'
import { FilterBuilder } from '@/ui/record/filter-builder'
import { type NodeOf, type NodeSettingsProps, type NodeSummaryProps, nodeType } from './node'
import { Setting, Settings } from './parts/setting'
import { Filling } from './reaching/filling'
import { type FormPart, useForms } from './reaching/forms'

type Add = 'never' | 'if_none' | 'always'

interface UpdateSettings {
  target?: string
  values?: Record<string, string>
  /** Another form: those of its records whose field `by` points here and that answer `filter`. */
  form?: string
  by?: string
  filter?: Json
  add?: Add
  /** A new record for each row of this subform. */
  rows?: string
}

const POINTING = 'by:'
const NEW = 'new:'

/** Fields that refer to records of another form, and of which. */
function pointing(fields: Field[]): { id: string; label: string; form: string }[] {
  return fields.flatMap((field) => {
    const { form } = field as Field & { form?: unknown }
    return typeof form === 'string' ? [{ id: field.id, label: field.label, form }] : []
  })
}

/** Every reference of other forms that points to this one. */
function pointingHere(forms: FormPart[], own: string): { form: FormPart; id: string; label: string }[] {
  return forms.flatMap((form) =>
    pointing(form.fields)
      .filter((field) => field.form === own)
      .map(({ id, label }) => ({ form, id, label })),
  )
}

function chosen(node: NodeOf<UpdateSettings>): string {
  if (!node.form) return node.target ?? ''
  return node.by ? `${POINTING}${node.form}.${node.by}` : `${NEW}${node.form}`
}

/** The settings that a choice means. */
function settingsOf(choice: string): UpdateSettings {
  const none: UpdateSettings = {
    target: undefined,
    form: undefined,
    by: undefined,
    filter: undefined,
    add: undefined,
    rows: undefined,
  }
  if (choice.startsWith(NEW)) return { ...none, form: choice.slice(NEW.length), add: 'always', values: {} }
  if (!choice.startsWith(POINTING)) return { ...none, target: choice || undefined, values: {} }
  const [form, by] = choice.slice(POINTING.length).split('.')
  return { ...none, form, by, values: {} }
}

function Which({ node, onChange, context }: NodeSettingsProps<UpdateSettings>) {
  const t = useT()
  const forms = useForms(context.app)
  const here = pointingHere(forms, context.form)
  const free = forms.filter(({ id, workflow }) => id !== context.form && !workflow)
  return (
    <Select
      value={chosen(node)}
      aria-label={t('reaching.target')}
      options={[
        { value: '', label: t('reaching.thisRecord') },
        ...pointing(context.fields).map(({ id, label }) => ({ value: id, label: t('reaching.linked', { label }) })),
        ...here.map(({ form, id, label }) => ({
          value: `${POINTING}${form.id}.${id}`,
          label: t('reaching.pointing', { form: form.name, label }),
        })),
        ...free.map(({ id, name }) => ({ value: `${NEW}${id}`, label: t('reaching.newRecord', { form: name }) })),
      ]}
      onChange={(choice: string) => onChange(settingsOf(choice))}
    />
  )
}

/** Which of the records that point here, and what if there is none. */
function Narrowing({ node, onChange, context, other }: NodeSettingsProps<UpdateSettings> & { other: FormPart }) {
  const t = useT()
  const asked = (fields: Field[]) => fields.filter(({ type }) => typeNamed(type)?.valued !== false)
  const narrow = (next: All | Either) =>
    onChange({ filter: partsIn(next).length > 0 ? (next as unknown as Json) : undefined })
  return (
    <>
      <Setting label={t('reaching.which')} hint={t('reaching.whichHint')}>
        <FilterBuilder
          fields={asked(other.fields)}
          mine={asked(context.fields)}
          filter={node.filter as unknown as Filter | undefined}
          nothing={t('reaching.allOfThem')}
          onChange={narrow}
        />
      </Setting>
      {other.workflow ? null : (
        <Setting label={t('reaching.none')}>
          <Select<Add>
            value={node.add ?? 'never'}
            aria-label={t('reaching.none')}
            options={(['never', 'if_none', 'always'] as const).map((add) => ({
              value: add,
              label: t(`reaching.add_${add}`),
            }))}
            onChange={(add) => onChange({ add: add === 'never' ? undefined : add, rows: undefined })}
          />
        </Setting>
      )}
    </>
  )
}

/** One new record, or one for each row of a subform. */
function Rows({ node, onChange, context }: NodeSettingsProps<UpdateSettings>) {
  const t = useT()
  const subforms = context.fields.filter((field) => typeNamed(field.type)?.kind === 'rows')
  return (
    <Setting label={t('reaching.howMany')}>
      <Select
        value={node.rows ?? ''}
        aria-label={t('reaching.howMany')}
        options={[
          { value: '', label: t('reaching.onlyOne') },
          ...subforms.map(({ id, label }) => ({ value: id, label: t('reaching.rowsOf', { label }) })),
        ]}
        onChange={(rows: string) => onChange({ rows: rows || undefined })}
      />
    </Setting>
  )
}

function Pane(props: NodeSettingsProps<UpdateSettings>) {
  const { node, onChange, context } = props
  const t = useT()
  const forms = useForms(context.app)
  const named = node.form || pointing(context.fields).find(({ id }) => id === node.target)?.form
  const other = forms.find(({ id }) => id === named)
  return (
    <Settings>
      <Setting label={t('reaching.target')}>
        <Which {...props} />
      </Setting>
      {other !== undefined && node.by ? <Narrowing {...props} other={other} /> : null}
      {node.add === 'always' ? <Rows {...props} /> : null}
      <Setting label={t('reaching.values')} hint={t('reaching.valuesHint')}>
        <Filling
          fields={named === undefined ? context.fields : (other?.fields ?? [])}
          value={node.values ?? {}}
          onChange={(values) => onChange({ values })}
          context={context}
          rows={node.rows}
          add={t('reaching.addField')}
        />
      </Setting>
    </Settings>
  )
}

function Summary({ node, context }: NodeSummaryProps<UpdateSettings>) {
  const t = useT()
  const form = useForms(context.app).find(({ id }) => id === node.form)?.name
  const count = Object.keys(node.values ?? {}).length
  const label = context.fields.find(({ id }) => id === node.target)?.label
  const what = count === 0 ? t('reaching.nothing') : t('reaching.valueCount', { count })
  if (form !== undefined)
    return <div>{`${t(node.by ? 'reaching.inForm' : 'reaching.newRecord', { form })} · ${what}`}</div>
  return <div>{label === undefined ? what : `${t('reaching.linked', { label })} · ${what}`}</div>
}

export default nodeType<UpdateSettings>({
  label: { zh: '更新数据', en: 'Update' },
  hint: { zh: '自动写入字段，也可写入关联的数据', en: 'Write values into this record or linked ones' },
  icon: DatabaseZap,
  hue: 'green',
  order: 62,
  blank: { values: {} },
  insertable: true,
  exits: (node) => [{ id: Object.keys(node.on ?? {})[0] ?? 'next', label: '' }],
  Settings: Pane,
  Summary,
})
