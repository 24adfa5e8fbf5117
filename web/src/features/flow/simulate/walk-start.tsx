/** How a simulation begins 模拟的起点: which version, who submits, and what. */
import { useQuery } from '@tanstack/react-query'
import { Segmented, Select } from 'antd'
import { useDeferredValue, useState } from 'react'
import { api } from '@/api/client'
import type { Json } from '@/fields/field'
import { typeNamed } from '@/fields/registry'
import { useT } from '@/i18n/i18n'
import css from '../proofs/proofs.module.css'
import { useFlow } from '../use-flow'
import { FieldInput } from './field-input'
import type { Persona, Plan, Walk } from './use-walk'

interface StartProps {
  plan: Plan
  walk: Walk | undefined
  number: number
  begin: (patch: Partial<Plan>) => void
}

const nameOf = ({ role, member }: Persona) => (role ? `role:${role}` : `member:${member ?? ''}`)

function personaOf(name: string): Persona {
  const [kind, id = ''] = name.split(':')
  return kind === 'role' ? { role: id, member: '' } : { member: id, role: '' }
}

/** A member, or whoever holds a role. */
function Initiator({ plan, begin }: Pick<StartProps, 'plan' | 'begin'>) {
  const t = useT()
  const { context } = useFlow()
  const entries = (kind: string, each: { id: string; name: string }[]) =>
    each.map(({ id, name }) => ({ value: `${kind}:${id}`, label: name }))
  const options = [
    { label: t('proofs.me'), options: [{ value: 'member:', label: t('proofs.me') }] },
    { label: t('proofs.roles'), options: entries('role', context.roles) },
    { label: t('proofs.members'), options: entries('member', context.members) },
  ]
  return (
    <div className={css.field}>
      <label htmlFor="try-initiator">{t('proofs.initiator')}</label>
      <Select
        id="try-initiator"
        showSearch={{ optionFilterProp: 'label' }}
        value={nameOf(plan.initiator)}
        options={options}
        onChange={(name: string) => begin({ initiator: personaOf(name) })}
      />
    </div>
  )
}

function RecordPick({ plan, begin }: Pick<StartProps, 'plan' | 'begin'>) {
  const t = useT()
  const { app, form } = useFlow()
  const [typed, setTyped] = useState('')
  const search = useDeferredValue(typed)
  const { data, isFetching } = useQuery({
    queryKey: ['simulate-records', app, form.id, search],
    queryFn: () =>
      api.post('/api/apps/{app}/forms/{form}/records/query', {
        params: { path: { app, form: form.id } },
        body: { search, limit: 20 } as never,
      }),
  })
  const options = (data?.records ?? []).map(({ id, title }) => ({ value: id, label: title || id }))
  return (
    <div className={css.field}>
      <label htmlFor="try-record">{t('proofs.record')}</label>
      <Select
        id="try-record"
        showSearch={{ filterOption: false, onSearch: setTyped }}
        allowClear
        loading={isFetching}
        placeholder={t('proofs.pickRecord')}
        value={plan.record || undefined}
        options={options}
        onChange={(record: string | undefined) => begin({ record: record ?? '' })}
      />
    </div>
  )
}

function Typed({ plan, walk, begin }: StartProps) {
  const t = useT()
  const { form } = useFlow()
  const fields = (form.fields ?? []).filter(({ type }) => typeNamed(type)?.Input !== undefined)
  const asked = new Set([...(walk?.fields ?? []), ...Object.keys(plan.values)])
  const shown = fields.filter(({ id }) => asked.has(id))
  const rest = fields.filter(({ id, type }) => !asked.has(id) && !typeNamed(type)?.given)
  const set = (id: string, value: Json) => begin({ values: { ...plan.values, [id]: value } })
  return (
    <>
      {shown.length === 0 && walk !== undefined ? <p className={css.quiet}>{t('proofs.noFields')}</p> : null}
      {shown.map((field) => (
        <FieldInput key={field.id} field={field} values={plan.values} onChange={(value) => set(field.id, value)} />
      ))}
      <Select
        className={css.add}
        variant="borderless"
        size="small"
        value={null}
        placeholder={`+ ${t('proofs.addField')}`}
        aria-label={t('proofs.addField')}
        showSearch={{ optionFilterProp: 'label' }}
        popupMatchSelectWidth={220}
        options={rest.map(({ id, label }) => ({ value: id, label }))}
        onChange={(id: string | null) => (id === null ? undefined : set(id, null))}
      />
    </>
  )
}

/** The whole beginning; every change starts the walk anew. */
export function WalkStart(props: StartProps) {
  const t = useT()
  const { plan, number, begin } = props
  const [from, setFrom] = useState<'typed' | 'record'>(plan.record ? 'record' : 'typed')
  const change = (next: 'typed' | 'record') => {
    setFrom(next)
    if (plan.record) begin({ record: '' })
  }
  return (
    <section className={css.section}>
      <div className={css.pair}>
        <Segmented
          size="small"
          value={plan.number}
          options={[
            { value: 0, label: t('proofs.draft') },
            { value: number, label: t('proofs.live', { number }) },
          ]}
          onChange={(next) => begin({ number: next })}
        />
        <Segmented
          size="small"
          value={from}
          options={[
            { value: 'typed', label: t('proofs.typed') },
            { value: 'record', label: t('proofs.fromRecord') },
          ]}
          onChange={change}
        />
      </div>
      <Initiator {...props} />
      {from === 'record' ? <RecordPick {...props} /> : <Typed {...props} />}
    </section>
  )
}
