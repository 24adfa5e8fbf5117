/** A page of another site 嵌入网页 within the form; no value. */
import { ExternalLink, PanelTop } from 'lucide-react'
import { useT } from '@/i18n/i18n'
import { filledLink, namesIn } from '@/ui/fill/links'
import { type Field, fieldType, type SettingsProps, type Values } from './field'
import css from './parts/fields.module.css'
import { LinkSetting } from './parts/link-setting'
import { Settings, Whole } from './parts/setting'
import { Hollow, Nothing } from './parts/unvalued'

interface EmbedSettings {
  link?: string
  height?: number
}

function Page({ field, values }: { field: Field & EmbedSettings; values?: Values }) {
  const t = useT()
  const link = filledLink(field.link, values)
  if (!link) return <Hollow>{t('fill.embedEmpty')}</Hollow>
  return (
    <div className={css.embed}>
      <iframe
        src={link}
        title={field.label || link}
        height={field.height ?? 320}
        sandbox="allow-scripts allow-forms allow-popups"
        referrerPolicy="no-referrer"
        loading="lazy"
      />
      <a href={link} target="_blank" rel="noopener noreferrer" className={css.small}>
        <ExternalLink size={12} aria-hidden /> {t('fill.embedOpen')}
      </a>
    </div>
  )
}

function Pane({ field, onChange }: SettingsProps<EmbedSettings>) {
  const t = useT()
  return (
    <Settings>
      <LinkSetting
        key={field.id}
        label={t('fill.embedLink')}
        value={field.link ?? ''}
        secure
        onChange={(link) => onChange({ link })}
      />
      <Whole
        label={t('fill.embedHeight')}
        value={field.height}
        fallback={320}
        min={80}
        max={2000}
        onChange={(height) => onChange({ height })}
      />
    </Settings>
  )
}

export default fieldType<EmbedSettings>({
  label: { zh: '嵌入网页', en: 'Embedded page' },
  icon: PanelTop,
  group: 'layout',
  rank: 4,
  kind: 'text',
  valued: false,
  topLevelOnly: true,
  blank: { width: 'full' },
  Input: Page,
  mentions: ({ link }) => namesIn(link),
  Cell: Nothing,
  Display: ({ field, record }) => <Page field={field} values={record?.values} />,
  Settings: Pane,
})
