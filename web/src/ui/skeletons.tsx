/** Bones of what is about to come 骨架屏: instead of spinners. */
import { useT } from '@/i18n/i18n'
import parts from './parts.module.css'

/** One grey bone. */
export function Bone({ width = '100%', height = 14 }: { width?: number | string; height?: number | string }) {
  return <div className={parts.bone} style={{ width, height }} />
}

const WIDTHS = ['72%', '48%', '84%', '60%', '90%', '54%', '78%', '66%']

/** Rows of a list. */
export function RowBones({ rows = 8 }: { rows?: number }) {
  const t = useT()
  return (
    <div className={parts.bones} role="status" aria-label={t('ui.loading')}>
      {Array.from({ length: rows }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bones have no other identity
        <Bone key={at} width={WIDTHS[at % WIDTHS.length]} height={16} />
      ))}
    </div>
  )
}

/** A form: labels over boxes. */
export function FormBones({ fields = 6 }: { fields?: number }) {
  const t = useT()
  return (
    <div className={parts.bones} role="status" aria-label={t('ui.loading')}>
      {Array.from({ length: fields }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bones have no other identity
        <div key={at} style={{ display: 'grid', gap: 6 }}>
          <Bone width={72} height={12} />
          <Bone height={32} />
        </div>
      ))}
    </div>
  )
}

/** A whole page: a head and rows. */
export function PageBones() {
  return (
    <div style={{ padding: '8px 0' }}>
      <div className={parts.bones}>
        <Bone width={180} height={22} />
      </div>
      <RowBones />
    </div>
  )
}
