/** Which column of the file goes to which field 字段映射, over the first rows of the file. */
import { Alert, Select } from 'antd'
import { useMemo } from 'react'
import { useT } from '@/i18n/i18n'
import { formatNumber } from '@/lib/format'
import type { FormShape } from '@/ui/record/shape'
import css from '../records.module.css'
import { missingTargets, type Plan, targetsOf, type Uploaded, withColumn } from './plan'

interface MappingProps {
  shape: FormShape
  file: Uploaded
  plan: Plan
  onPlan: (plan: Plan) => void
  onReadAs: (change: Partial<Pick<Plan, 'sheet' | 'header_row' | 'encoding' | 'delimiter'>>) => void
  busy: boolean
}

const ENCODINGS = ['utf-8', 'gb18030', 'utf-16']

function ReadAs({ file, plan, onReadAs, busy }: Pick<MappingProps, 'file' | 'plan' | 'onReadAs' | 'busy'>) {
  const t = useT()
  const rows = Array.from({ length: 6 }, (_, at) => ({ value: at, label: t('records.rowNumber', { number: at + 1 }) }))
  const encodings = [...new Set([file.encoding, ...ENCODINGS].filter(Boolean))]
  return (
    <div className={css.buttons} style={{ alignItems: 'center' }}>
      {file.sheets.length > 1 ? (
        <>
          <span className={css.quiet}>{t('records.sheet')}</span>
          <Select
            size="small"
            value={file.sheet}
            disabled={busy}
            options={file.sheets.map((value) => ({ value, label: value }))}
            style={{ minWidth: 120 }}
            aria-label={t('records.sheet')}
            onChange={(sheet) => onReadAs({ sheet, header_row: 0 })}
          />
        </>
      ) : null}
      <span className={css.quiet}>{t('records.headerRow')}</span>
      <Select
        size="small"
        value={plan.header_row}
        disabled={busy}
        options={rows}
        style={{ minWidth: 100 }}
        aria-label={t('records.headerRow')}
        onChange={(header_row) => onReadAs({ header_row })}
      />
      {file.encoding ? (
        <>
          <span className={css.quiet}>{t('records.encoding')}</span>
          <Select
            size="small"
            value={file.encoding}
            disabled={busy}
            options={encodings.map((value) => ({ value, label: value?.toUpperCase() }))}
            style={{ minWidth: 110 }}
            aria-label={t('records.encoding')}
            onChange={(encoding) => onReadAs({ encoding })}
          />
        </>
      ) : null}
    </div>
  )
}

/** The step. */
export function Mapping({ shape, file, plan, onPlan, onReadAs, busy }: MappingProps) {
  const t = useT()
  const targets = useMemo(() => targetsOf(shape, file, t), [shape, file, t])
  const missing = missingTargets(plan, targets)
  const keys = targets.filter(({ value }) => Object.values(plan.columns).includes(value) && !value.includes('.'))
  const options = [
    { value: '', label: t('records.skipColumn') },
    ...targets.map(({ value, label, required }) => ({ value, label: required ? `${label} *` : label })),
  ]
  return (
    <div className={css.stack}>
      <ReadAs {...{ file, plan, onReadAs, busy }} />
      <div className={css.quiet}>
        {t('records.fileHolds', { name: file.name, total: formatNumber(file.total) })}
        {file.files ? ` · ${t('records.filesBrought', { count: formatNumber(file.files) })}` : ''}
        {file.total > file.rows.length ? ` · ${t('records.firstRows', { count: file.rows.length })}` : ''}
      </div>
      <div className={css.preview}>
        <table>
          <thead>
            <tr>
              {file.columns.map(({ index, heading }) => (
                <th key={index}>
                  <div className={css.quiet} style={{ marginBottom: 4 }}>
                    {heading || t('records.noHeading')}
                  </div>
                  <Select
                    size="small"
                    style={{ width: '100%' }}
                    value={plan.columns[String(index)] ?? ''}
                    options={options}
                    showSearch={{ optionFilterProp: 'label' }}
                    popupMatchSelectWidth={220}
                    aria-label={t('records.targetOf', { heading: heading ?? '' })}
                    onChange={(field) => onPlan(withColumn(plan, index, field))}
                  />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {file.rows.map((row, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file have no other identity
              <tr key={at}>
                {file.columns.map(({ index }) => (
                  <td key={index} className={plan.columns[String(index)] ? '' : css.skipped} title={row[index]}>
                    {row[index]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {missing.length > 0 ? (
        <Alert
          type="warning"
          showIcon
          title={t('records.missingTargets', { fields: missing.map(({ label }) => label).join(', ') })}
        />
      ) : null}
      <div className={css.buttons} style={{ alignItems: 'center' }}>
        <span className={css.quiet}>{t('records.updateBy')}</span>
        <Select
          size="small"
          style={{ minWidth: 200 }}
          value={plan.key}
          aria-label={t('records.updateBy')}
          options={[
            { value: '', label: t('records.alwaysAdd') },
            ...keys.map(({ value, label }) => ({ value, label })),
          ]}
          onChange={(key) => onPlan({ ...plan, key })}
        />
      </div>
    </div>
  )
}
