/** Where a field's default comes from, when it comes from another form 数据联动. */
import { Select } from 'antd'
import { useFieldContext } from '@/fields/context'
import type { Field, Linkage } from '@/fields/field'
import { SourceSelect, useSourceFields } from '@/fields/parts/source-select'
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
  const { Filter } = useFieldContext()
  const there = useSourceFields(value)
  const kind = typeNamed(field.type)?.kind
  const alike = there.filter(({ type }) => typeNamed(type)?.valued !== false && typeNamed(type)?.kind === kind)
  const [sort] = value.sort ?? []
  return (
    <>
      <p className={css.hint}>{t('designer.linkageHint')}</p>
      <Row label={t('designer.linkageForm')}>
        <SourceSelect source={value} onChange={(source) => onChange({ ...source, field: '' })} />
      </Row>
      <Row label={t('designer.linkageField')}>
        <Select
          value={value.field || undefined}
          status={value.field ? undefined : 'error'}
          options={alike.map(({ id, label }) => ({ value: id, label }))}
          onChange={(id) => onChange({ ...value, field: id })}
        />
      </Row>
      {Filter && (value.form || value.aggregate) ? (
        <Row label={t('designer.linkageFilter')}>
          <Filter own fields={there} filter={value.filter} onChange={(filter) => onChange({ ...value, filter })} />
        </Row>
      ) : null}
      <Row label={t('designer.linkageSort')}>
        <Select
          value={sort ? `${sort.descending ? '-' : '+'}${sort.field}` : ''}
          options={[
            { value: '', label: t(value.aggregate ? 'fields.asGrouped' : 'fields.newestFirst') },
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
