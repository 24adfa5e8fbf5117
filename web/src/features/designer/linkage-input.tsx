/** Where a field's default comes from, when it comes from another form 数据联动. */
import { Select } from 'antd'
import { useFieldContext } from '@/fields/context'
import type { Field, Linkage } from '@/fields/field'
import { typeNamed } from '@/fields/registry'
import { useT } from '@/i18n/i18n'
import css from './designer.module.css'
import { Row } from './rows'

interface LinkageProps {
  field: Field
  value: Linkage
  onChange: (linkage: Linkage) => void
}

/** Form, field, conditions that may speak of this form, and which record comes first. */
export function LinkageInput({ field, value, onChange }: LinkageProps) {
  const t = useT()
  const { forms, Filter } = useFieldContext()
  const there = forms.find(({ id }) => id === value.form)?.fields ?? []
  const kind = typeNamed(field.type)?.kind
  const alike = there.filter(({ type }) => typeNamed(type)?.valued !== false && typeNamed(type)?.kind === kind)
  const [sort] = value.sort ?? []
  return (
    <>
      <p className={css.hint}>{t('designer.linkageHint')}</p>
      <Row label={t('designer.linkageForm')}>
        <Select
          value={value.form || undefined}
          status={value.form ? undefined : 'error'}
          options={forms.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(form) => onChange({ form, field: '' })}
        />
      </Row>
      <Row label={t('designer.linkageField')}>
        <Select
          value={value.field || undefined}
          status={value.field ? undefined : 'error'}
          options={alike.map(({ id, label }) => ({ value: id, label }))}
          onChange={(id) => onChange({ ...value, field: id })}
        />
      </Row>
      {Filter && value.form ? (
        <Row label={t('designer.linkageFilter')}>
          <Filter own fields={there} filter={value.filter} onChange={(filter) => onChange({ ...value, filter })} />
        </Row>
      ) : null}
      <Row label={t('designer.linkageSort')}>
        <Select
          value={sort ? `${sort.descending ? '-' : '+'}${sort.field}` : ''}
          options={[
            { value: '', label: t('fields.newestFirst') },
            ...there.flatMap(({ id, label }) => [
              { value: `+${id}`, label: `${label} ↑` },
              { value: `-${id}`, label: `${label} ↓` },
            ]),
          ]}
          onChange={(next) =>
            onChange({
              ...value,
              sort: next ? [{ field: next.slice(1), descending: next.startsWith('-') }] : undefined,
            })
          }
        />
      </Row>
    </>
  )
}
