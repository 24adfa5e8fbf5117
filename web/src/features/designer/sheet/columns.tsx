/** The columns of a dropped file, to be adjusted 识别结果. */
import { Checkbox, Input, Select, Upload } from 'antd'
import { FileSpreadsheet } from 'lucide-react'
import { typeNamed } from '@/fields/registry'
import { pick, useT } from '@/i18n/i18n'
import css from '../designer.module.css'
import type { Chosen, Recognised } from './from-file'

/** Where a file is dropped. */
export function DropPlace({ busy, onFile }: { busy: boolean; onFile: (file: File) => void }) {
  const t = useT()
  return (
    <Upload.Dragger
      accept=".xlsx,.xls,.csv"
      maxCount={1}
      showUploadList={false}
      disabled={busy}
      beforeUpload={(file) => {
        onFile(file)
        return false
      }}
    >
      <div className={css.sheetDrop}>
        <FileSpreadsheet size={24} aria-hidden />
        <span>{busy ? t('sheet.reading') : t('sheet.drop')}</span>
        <span className={css.hint}>{t('sheet.dropHint')}</span>
      </div>
    </Upload.Dragger>
  )
}

interface ColumnsProps {
  told: Recognised
  chosen: Chosen[]
  onChange: (chosen: Chosen[]) => void
}

/** A row for each column: kept or not, its label, its type, some of its texts. */
export function Columns({ told, chosen, onChange }: ColumnsProps) {
  const t = useT()
  const patch = (index: number, more: Partial<Chosen>) =>
    onChange(chosen.map((each) => (each.index === index ? { ...each, ...more } : each)))
  const named = (type: string) => {
    const label = typeNamed(type)?.label
    return label ? pick(label) : type
  }
  return (
    <>
      <p className={css.hint}>{t('sheet.columns', { columns: told.columns.length, rows: told.total })}</p>
      <div className={css.sheetColumns}>
        {told.columns.map(({ index, readings, samples }) => {
          const one = chosen.find((each) => each.index === index)
          if (one === undefined) return null
          return (
            <div key={index} className={css.sheetColumn} data-left={!one.keep}>
              <Checkbox
                checked={one.keep}
                aria-label={t('sheet.keep', { label: one.label })}
                onChange={({ target }) => patch(index, { keep: target.checked })}
              />
              <Input
                value={one.label}
                maxLength={200}
                disabled={!one.keep}
                aria-label={t('sheet.label')}
                onChange={({ target }) => patch(index, { label: target.value })}
              />
              <Select
                value={one.type}
                disabled={!one.keep}
                aria-label={t('sheet.type')}
                options={readings.map(({ type }) => ({ value: type, label: named(type) }))}
                onChange={(type) => patch(index, { type })}
              />
              <span className={css.sheetSamples} title={samples.join(' · ')}>
                {samples.join(' · ')}
              </span>
            </div>
          )
        })}
      </div>
    </>
  )
}
