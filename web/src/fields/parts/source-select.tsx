/** Where values come from 数据来源: a form of the app, or an aggregate. */
import { Select, type SelectProps } from 'antd'
import { useT } from '@/i18n/i18n'
import { useFieldContext } from '../context'
import type { Field } from '../field'

/** One of the two; never both. */
export interface SourceOf {
  form?: string
  aggregate?: string
}

/** The fields of what is asked: a form's, or an aggregate's columns. */
export function useSourceFields({ form, aggregate }: SourceOf): Field[] {
  const { forms, aggregates = [] } = useFieldContext()
  const found = aggregate ? aggregates.find(({ id }) => id === aggregate) : forms.find(({ id }) => id === form)
  return found?.fields ?? []
}

/** Before an aggregate's id: no form is called so. */
const BESIDE = '='

interface Props {
  source: SourceOf
  onChange: (source: SourceOf) => void
}

/** Forms first; aggregates, if there are any, under a heading of their own. */
export function SourceSelect({ source, onChange }: Props) {
  const t = useT()
  const { forms, aggregates = [] } = useFieldContext()
  const value = source.aggregate ? `${BESIDE}${source.aggregate}` : source.form
  const plain = forms.map(({ id, name }) => ({ value: id, label: name }))
  const reckoned = aggregates.map(({ id, name }) => ({ value: `${BESIDE}${id}`, label: name }))
  const options: SelectProps['options'] =
    reckoned.length === 0
      ? plain
      : [
          { label: t('fields.sourceForms'), options: plain },
          { label: t('fields.sourceAggregates'), options: reckoned },
        ]
  return (
    <Select
      value={value || undefined}
      status={value ? undefined : 'error'}
      placeholder={t('fields.choose')}
      showSearch={{ optionFilterProp: 'label' }}
      options={options}
      onChange={(next: string) =>
        onChange(
          next.startsWith(BESIDE)
            ? { aggregate: next.slice(1), form: undefined }
            : { form: next, aggregate: undefined },
        )
      }
    />
  )
}
