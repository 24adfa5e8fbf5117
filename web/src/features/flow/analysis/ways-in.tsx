/** What the figures are asked by 分析条件: a period, by node or by person, and the way to a file. */
import { Button, Dropdown, Segmented } from 'antd'
import { Download } from 'lucide-react'
import { useT } from '@/i18n/i18n'

export type By = 'node' | 'person'

/** By node or by person. */
export function ByChoice({ value, size = 'middle', onChange }: ChoiceProps) {
  const t = useT()
  const options = [
    { value: 'node' as const, label: t('proofs.byNode') },
    { value: 'person' as const, label: t('proofs.byPerson') },
  ]
  return <Segmented size={size} value={value} options={options} onChange={onChange} />
}

interface ChoiceProps {
  value: By
  size?: 'small' | 'middle'
  onChange: (by: By) => void
}

interface ExportProps {
  /** Without the format. */
  address: string
  disabled: boolean
  size?: 'small' | 'middle'
}

/** As a workbook, or as text with commas. */
export function ExportButton({ address, disabled, size = 'middle' }: ExportProps) {
  const t = useT()
  const formats = ['xlsx', 'csv'].map((key) => ({ key, label: `.${key}` }))
  const file = (format: string) => window.location.assign(`${address}&format=${format}`)
  return (
    <Dropdown trigger={['click']} menu={{ items: formats, onClick: ({ key }) => file(key) }} disabled={disabled}>
      <Button size={size} icon={<Download size={14} aria-hidden />} disabled={disabled}>
        {t('proofs.export')}
      </Button>
    </Dropdown>
  )
}
