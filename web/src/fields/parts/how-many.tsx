/** How many may be chosen, and how the choice looks 可选数量与样式: settings that list fields share. */
import { Segmented } from 'antd'
import { useT } from '@/i18n/i18n'
import css from './fields.module.css'
import { Setting, Whole } from './setting'

interface Counted {
  min_count?: number | null
  max_count?: number | null
}

interface Props {
  field: Counted
  most?: number
  onChange: (settings: { min_count?: number; max_count?: number }) => void
}

/** The most that may be chosen. */
export function MostChosen({ field, most, onChange }: Props) {
  const t = useT()
  return (
    <Whole
      label={t('fields.mostChosen')}
      value={field.max_count}
      min={1}
      max={most}
      placeholder={t('fields.unlimited')}
      onChange={(max_count) => onChange({ max_count })}
    />
  )
}

/** The fewest and the most. */
export function HowMany(props: Props) {
  const t = useT()
  return (
    <div className={css.pair}>
      <Whole
        label={t('fill.fewestChosen')}
        value={props.field.min_count}
        min={1}
        max={props.most}
        placeholder={t('fields.unlimited')}
        onChange={(min_count) => props.onChange({ min_count })}
      />
      <MostChosen {...props} />
    </div>
  )
}

interface LookProps<Look extends string> {
  looks: Readonly<Record<Look, string>>
  value: Look
  onChange: (look: Look) => void
}

/** As a list that drops down, as circles, boxes or buttons. */
export function ShownAs<Look extends string>({ looks, value, onChange }: LookProps<Look>) {
  const t = useT()
  const options = (Object.keys(looks) as Look[]).map((value) => ({ value, label: t(looks[value]) }))
  return (
    <Setting label={t('fields.shownAs')}>
      <Segmented block {...{ value, options, onChange }} />
    </Setting>
  )
}
