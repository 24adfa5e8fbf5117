/** Where the options of a choice come from 选项来源: its own list, or what another form's records hold. */
import { Segmented, Select } from 'antd'
import { useFieldContext } from '@/fields/context'
import type { Origin, SettingsProps } from '@/fields/field'
import { useT } from '@/i18n/i18n'
import css from './fields.module.css'
import type { OptionSettings } from './options'
import { OptionsEditor } from './options-editor'
import { Setting } from './setting'

function OriginSetting({ source, onChange }: { source: Origin; onChange: (source: Origin) => void }) {
  const t = useT()
  const { forms, typeNamed, Filter } = useFieldContext()
  const there = forms.find(({ id }) => id === source.form)?.fields ?? []
  const plain = there.filter(({ type }) => typeNamed(type)?.valued !== false && typeNamed(type)?.kind !== 'rows')
  return (
    <>
      <p className={css.small}>{t('fields.sourceHint')}</p>
      <Setting label={t('fields.sourceForm')}>
        <Select
          value={source.form || undefined}
          status={source.form ? undefined : 'error'}
          placeholder={t('fields.choose')}
          options={forms.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(form) => onChange({ form, field: '' })}
        />
      </Setting>
      <Setting label={t('fields.sourceField')}>
        <Select
          value={source.field || undefined}
          status={source.field ? undefined : 'error'}
          placeholder={t('fields.choose')}
          options={plain.map(({ id, label }) => ({ value: id, label }))}
          onChange={(field) => onChange({ ...source, field })}
        />
      </Setting>
      {Filter && source.form ? (
        <Setting label={t('fields.sourceFilter')}>
          <Filter own fields={there} filter={source.filter} onChange={(filter) => onChange({ ...source, filter })} />
        </Setting>
      ) : null}
    </>
  )
}

/** Own options or those of another form; the own ones are kept while others are used. */
export function OptionsSetting({ field, onChange }: SettingsProps<OptionSettings>) {
  const t = useT()
  const patch = onChange as (change: OptionSettings) => void
  const { source } = field
  return (
    <>
      <Segmented
        block
        value={source ? 'source' : 'own'}
        aria-label={t('fields.optionsFrom')}
        options={[
          { value: 'own', label: t('fields.ownOptions') },
          { value: 'source', label: t('fields.otherForm') },
        ]}
        onChange={(next) => patch({ source: next === 'source' ? { form: '', field: '' } : undefined })}
      />
      {source ? (
        <OriginSetting source={source} onChange={(next) => patch({ source: next })} />
      ) : (
        <OptionsEditor options={field.options ?? []} onChange={(options) => patch({ options })} />
      )}
    </>
  )
}
