/** What the person asked may do with each field 字段权限, down to the columns of a subform. */
import { Input } from 'antd'
import { useState } from 'react'
import type { Field } from '@/fields/field'
import { typeNamed } from '@/fields/registry'
import { useT } from '@/i18n/i18n'
import css from './nodes.module.css'

export type Access = 'hidden' | 'read' | 'edit' | 'required'
const WORDS: Access[] = ['hidden', 'read', 'edit', 'required']
const MANY = 12

export interface AccessRow {
  /** A field's id, or `subform.column`. */
  id: string
  label: string
  /** Nobody writes it: a formula, a number given by the machine. */
  fixed: boolean
  nested: boolean
}

const fixed = (field: Field) => field.formula !== undefined || typeNamed(field.type)?.given === true

/** Every field, and below those whose value is rows, their columns. */
export function accessRows(fields: Field[]): AccessRow[] {
  return fields.flatMap((field): AccessRow[] => {
    const columns = typeNamed(field.type)?.nested?.(field) ?? []
    const own = { id: field.id, label: field.label, fixed: fixed(field), nested: false }
    return [
      own,
      ...columns.map((column) => ({
        id: `${field.id}.${column.id}`,
        label: column.label,
        fixed: fixed(column),
        nested: true,
      })),
    ]
  })
}

/** The same access for several rows; those nobody writes are only read. */
export function withAccess(
  value: Record<string, Access>,
  rows: AccessRow[],
  access: Access | '',
): Record<string, Access> | undefined {
  const ids = new Set(rows.map(({ id }) => id))
  const kept = Object.entries(value).filter(([id]) => !ids.has(id))
  const writes = access === 'edit' || access === 'required'
  const said = rows.filter((row) => !(writes && row.fixed)).map(({ id }) => [id, access] as const)
  const next = Object.fromEntries(access === '' ? kept : [...kept, ...said]) as Record<string, Access>
  return Object.keys(next).length > 0 ? next : undefined
}

/** "3 必填 · 2 隐藏", for a group that is closed. */
export function accessCounts(value: Record<string, Access> | undefined): [Access, number][] {
  return WORDS.map((word): [Access, number] => [
    word,
    Object.values(value ?? {}).filter((access) => access === word).length,
  ]).filter(([, count]) => count > 0)
}

interface AccessMatrixProps {
  fields: Field[]
  value: Record<string, Access> | undefined
  onChange: (value: Record<string, Access> | undefined) => void
}

/** One row per field; what is not said here is as the person's permission groups say. */
export function AccessMatrix({ fields, value = {}, onChange }: AccessMatrixProps) {
  const t = useT()
  const [sought, setSought] = useState('')
  const rows = accessRows(fields)
  const wanted = sought.trim().toLowerCase()
  const shown = rows.filter(({ label }) => label.toLowerCase().includes(wanted))
  const wordOf = (word: Access | '') => (word === '' ? t('nodes.byGroup') : t(`nodes.access.${word}`))
  return (
    <>
      {rows.length > MANY ? (
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
                <button
                  type="button"
                  title={t('asking.setAll', { word: wordOf(word) })}
                  aria-label={t('asking.setAll', { word: wordOf(word) })}
                  onClick={() => onChange(withAccess(value, shown, word))}
                >
                  {wordOf(word)}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={row.id} data-nested={row.nested}>
              <td title={row.label}>{row.label}</td>
              {(['', ...WORDS] as const).map((word) => (
                <td key={word}>
                  {row.fixed && (word === 'edit' || word === 'required') ? null : (
                    <input
                      type="radio"
                      name={`access-${row.id}`}
                      aria-label={`${row.label}: ${wordOf(word)}`}
                      checked={(value[row.id] ?? '') === word}
                      onChange={() => onChange(withAccess(value, [row], word))}
                    />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <span className={css.hint}>{t('asking.fieldsHint')}</span>
    </>
  )
}
