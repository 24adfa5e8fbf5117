/** A button 按钮: opens a link that names fields, does one of the form's actions, or sets off its events; no value. */
import { Button, Segmented, Select } from 'antd'
import { ExternalLink, RectangleHorizontal, Zap } from 'lucide-react'
import { useT } from '@/i18n/i18n'
import { filledLink, namesIn } from '@/ui/fill/links'
import { useFieldContext } from './context'
import { type Field, fieldType, type SettingsProps, type Values } from './field'
import css from './parts/fields.module.css'
import { LinkSetting } from './parts/link-setting'
import { Setting, Settings } from './parts/setting'
import { Nothing } from './parts/unvalued'

const LOOKS = ['primary', 'default', 'link'] as const

interface ButtonSettings {
  does?: 'link' | 'action' | 'event'
  link?: string
  action?: string
  look?: (typeof LOOKS)[number]
}

interface PressProps {
  field: Field & ButtonSettings
  values?: Values
  onChange?: (value: null) => void
}

function Press({ field, values, onChange }: PressProps) {
  const t = useT()
  const { doAction } = useFieldContext()
  const { does = 'link', look = 'default', action } = field
  if (does === 'action') {
    const able = action !== undefined && doAction !== undefined
    return (
      <Button
        type={look}
        disabled={!able}
        title={able ? undefined : t('fill.saveFirst')}
        onClick={() => able && doAction(action)}
      >
        {field.label}
      </Button>
    )
  }
  if (does === 'event')
    return onChange === undefined ? null : (
      <Button type={look} icon={<Zap size={14} aria-hidden />} onClick={() => onChange(null)}>
        {field.label}
      </Button>
    )
  const link = filledLink(field.link, values)
  return (
    <Button
      type={look}
      href={link || undefined}
      target="_blank"
      rel="noopener noreferrer"
      disabled={!link}
      icon={<ExternalLink size={14} aria-hidden />}
    >
      {field.label}
    </Button>
  )
}

function Pane({ field, onChange }: SettingsProps<ButtonSettings>) {
  const t = useT()
  const { actions = [] } = useFieldContext()
  const does = field.does ?? 'link'
  return (
    <Settings>
      <Setting label={t('fill.buttonDoes')}>
        <Segmented
          block
          value={does}
          options={[
            { value: 'link', label: t('fill.doesLink') },
            { value: 'action', label: t('fill.doesAction') },
            { value: 'event', label: t('fill.doesEvent') },
          ]}
          onChange={(next) => onChange({ does: next === 'link' ? undefined : (next as 'action' | 'event') })}
        />
      </Setting>
      {does === 'link' ? (
        <LinkSetting
          key={field.id}
          label={t('fill.buttonLink')}
          value={field.link ?? ''}
          onChange={(link) => onChange({ link })}
        />
      ) : does === 'event' ? (
        <span className={css.small}>{t('fill.doesEventHint')}</span>
      ) : (
        <Setting label={t('fill.buttonAction')}>
          <Select
            value={field.action}
            options={actions.map(({ id, label }) => ({ value: id, label }))}
            notFoundContent={t('fill.noActions')}
            onChange={(action) => onChange({ action })}
          />
          {actions.length === 0 ? <span className={css.small}>{t('fill.noActions')}</span> : null}
        </Setting>
      )}
      <Setting label={t('fill.look')}>
        <Segmented
          block
          value={field.look ?? 'default'}
          options={LOOKS.map((value) => ({ value, label: t(`fill.look_${value}`) }))}
          onChange={(look) => onChange({ look: look === 'default' ? undefined : look })}
        />
      </Setting>
    </Settings>
  )
}

export default fieldType<ButtonSettings>({
  label: { zh: '按钮', en: 'Button' },
  icon: RectangleHorizontal,
  group: 'layout',
  rank: 3,
  kind: 'text',
  valued: false,
  topLevelOnly: true,
  blank: {},
  Input: Press,
  mentions: ({ link }) => namesIn(link),
  Cell: Nothing,
  Display: ({ field, record }) => <Press field={field} values={record?.values} />,
  Settings: Pane,
})
