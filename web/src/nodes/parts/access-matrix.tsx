/** What the person asked may do with each field 字段权限. */
import { Input } from 'antd'
import { useState } from 'react'
import type { Field } from '@/fields/field'
import { typeNamed } from '@/fields/registry'
import { useT } from '@/i18n/i18n'
import css from './nodes.module.css'

export type Access = 'hidden' | 'read' | 'edit' | 'required'
const WORDS: Access[] = ['hidden', 'read', 'edit', 'required']
const MANY = 12

interface AccessMatrixProps {
  fields: Field[]
  value: Record<string, Access> | undefined
  onChange: (value: Record<string, Access> | undefined) => void
}

/** One row per field; what is not said here is as the person's permission groups say. */
export function AccessMatrix({ fields, value = {}, onChange }: AccessMatrixProps) {
  const t = useT()
  const [sought, setSought] = useState('')
  const shown = fields.filter(({ label }) => label.toLowerCase().includes(sought.trim().toLowerCase()))
  const set = (ids: string[], access: Access | '') => {
    const kept = Object.entries(value).filter(([id]) => !ids.includes(id))
    const next = Object.fromEntries(access === '' ? kept : [...kept, ...ids.map((id) => [id, access] as const)])
    onChange(Object.keys(next).length > 0 ? next : undefined)
  }
  const fixed = (field: Field) => field.formula !== undefined || typeNamed(field.type)?.given === true
  return (
    <>
      {fields.length > MANY ? (
        <Input
          size="small"
          allowClear
          value={sought}
          placeholder={t('nodes.searchFields')}
          aria-label={t('nodes.searchFields')}
          onChange={(event) => setSought(event.target.value)}
        />
      ) : null}
      <table className={css.matrix}>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">{t('nodes.fields')}</span>
            </th>
            {(['', ...WORDS] as const).map((word) => (
              <th key={word} scope="col">
                {word === '' ? t('nodes.byGroup') : t(`nodes.access.${word}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((field) => (
            <tr key={field.id}>
              <td title={field.label}>{field.label}</td>
              {(['', ...WORDS] as const).map((word) => (
                <td key={word}>
                  {fixed(field) && (word === 'edit' || word === 'required') ? null : (
                    <input
                      type="radio"
                      name={`access-${field.id}`}
                      aria-label={`${field.label}: ${word === '' ? t('nodes.byGroup') : t(`nodes.access.${word}`)}`}
                      checked={(value[field.id] ?? '') === word}
                      onChange={() => set([field.id], word)}
                    />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
