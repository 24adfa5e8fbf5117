/** Words for who fills the form 说明文字; no value. */
import { Segmented } from 'antd'
import { Info, TriangleAlert } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { useT } from '@/i18n/i18n'
import { fieldType, type SettingsProps } from './field'
import css from './parts/fields.module.css'
import { Setting, Settings } from './parts/setting'
import { Hollow, Nothing } from './parts/unvalued'

const SafeHtml = lazy(() => import('@/ui/fill/safe-html'))
const RichEditor = lazy(() => import('@/ui/fill/rich-editor'))
const TONES = ['plain', 'tip', 'warning'] as const

interface NoteSettings {
  html?: string
  tone?: (typeof TONES)[number]
}

function Words({ field }: { field: NoteSettings & { label: string } }) {
  const t = useT()
  const tone = field.tone ?? 'plain'
  const Mark = tone === 'warning' ? TriangleAlert : Info
  if (!field.html) return <Hollow>{t('fill.noteEmpty')}</Hollow>
  return (
    <div className={css.note} data-tone={tone} role="note">
      {tone === 'plain' ? null : <Mark size={16} aria-hidden />}
      <Suspense>
        <SafeHtml html={field.html} />
      </Suspense>
    </div>
  )
}

function Pane({ field, onChange }: SettingsProps<NoteSettings>) {
  const t = useT()
  return (
    <Settings>
      <div className={css.setting}>
        <span className={css.settingLabel}>{t('fill.noteText')}</span>
        <Suspense>
          <RichEditor
            value={field.html ?? ''}
            label={t('fill.noteText')}
            onChange={(html) => onChange({ html: html ?? undefined })}
          />
        </Suspense>
      </div>
      <Setting label={t('fill.tone')}>
        <Segmented
          block
          value={field.tone ?? 'plain'}
          options={TONES.map((value) => ({ value, label: t(`fill.tone_${value}`) }))}
          onChange={(tone) => onChange({ tone: tone === 'plain' ? undefined : tone })}
        />
      </Setting>
    </Settings>
  )
}

export default fieldType<NoteSettings>({
  label: { zh: '说明文字', en: 'Note' },
  icon: Info,
  group: 'layout',
  rank: 2,
  kind: 'text',
  valued: false,
  topLevelOnly: true,
  blank: { width: 'full' },
  Input: Words,
  Cell: Nothing,
  Settings: Pane,
})
