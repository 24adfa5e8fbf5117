/** Every field type 字段类型: what it is for, how it is set up, how it is asked for and how it stands in a file. */
import { Input } from 'antd'
import { useEffect, useState } from 'react'
import type { Field, NamedFieldType } from '@/fields/field'
import { fieldTypes } from '@/fields/registry'
import { type Language, useLanguage, useT } from '@/i18n/i18n'
import { operatorsOf, operatorWord } from '@/ui/record/filter'
import { FormBones } from '@/ui/skeletons'
import css from './help.module.css'

/** Sentences about each type by its name, and what the groups of the palette are called. */
export interface FieldHelps {
  groups: Record<NamedFieldType['group'], string>
  types: Record<string, string[]>
}

const load: Record<Language, () => Promise<{ default: FieldHelps }>> = {
  'zh-CN': () => import('./fields-zh'),
  en: () => import('./fields-en'),
}

function useHelps(): FieldHelps | undefined {
  const spoken = useLanguage()
  const [helps, setHelps] = useState<FieldHelps>()
  useEffect(() => {
    let late = false
    load[spoken]().then((module) => late || setHelps(module.default))
    return () => {
      late = true
    }
  }, [spoken])
  return helps
}

function Entry({ type, says }: { type: NamedFieldType; says: string[] }) {
  const t = useT()
  const spoken = useLanguage() === 'en' ? 'en' : 'zh'
  const field = { id: 'x', type: type.name, label: '' } as Field
  const asked = operatorsOf(field).map((op) => operatorWord(op, field, t))
  const Icon = type.icon
  return (
    <section className={css.fieldType} aria-label={type.label[spoken]}>
      <h4>
        <Icon size={16} aria-hidden /> {type.label[spoken]}
      </h4>
      <ul className={css.points}>
        {says.map((one) => (
          <li key={one}>{one}</li>
        ))}
        {type.valued !== false ? <li>{t('app.fieldFilter', { asked: asked.join(t('app.listMark')) })}</li> : null}
      </ul>
    </section>
  )
}

const ORDER = ['basic', 'choice', 'people', 'files', 'advanced', 'layout'] as const

/** All types by the groups of the palette, with a search box. */
export function FieldTypes() {
  const t = useT()
  const helps = useHelps()
  const spoken = useLanguage() === 'en' ? 'en' : 'zh'
  const [text, setText] = useState('')
  if (!helps) return <FormBones />
  const wanted = text.trim().toLowerCase()
  const says = (type: NamedFieldType) => helps.types[type.name] ?? []
  const types = fieldTypes()
    .filter((type) => `${type.label[spoken]} ${says(type).join(' ')}`.toLowerCase().includes(wanted))
    .sort((one, other) => (one.rank ?? 99) - (other.rank ?? 99))
  return (
    <section>
      <Input.Search
        allowClear
        value={text}
        placeholder={t('app.searchFieldTypes')}
        aria-label={t('app.searchFieldTypes')}
        onChange={(event) => setText(event.target.value)}
      />
      {types.length === 0 ? <p className={css.lead}>{t('ui.paletteEmpty', { text })}</p> : null}
      {ORDER.map((group) => {
        const own = types.filter((type) => type.group === group)
        return own.length === 0 ? null : (
          <div key={group}>
            <h3 className={css.fieldGroup}>{helps.groups[group]}</h3>
            {own.map((type) => (
              <Entry key={type.name} type={type} says={says(type)} />
            ))}
          </div>
        )
      })}
    </section>
  )
}
