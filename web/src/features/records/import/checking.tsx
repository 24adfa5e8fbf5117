/** What the import would do 校验结果: counts, and each trouble once with a way to mend it. */
import { Alert, AutoComplete, Button, Checkbox } from 'antd'
import { useState } from 'react'
import { useT } from '@/i18n/i18n'
import { formatNumber } from '@/lib/format'
import { Tag } from '@/ui/tag'
import css from '../records.module.css'
import { type Plan, type Trouble, type Verdict, withReplacement } from './plan'

interface CheckingProps {
  verdict: Verdict
  plan: Plan
  onPlan: (plan: Plan, recheck: boolean) => void
  busy: boolean
}

/** A number under its name. */
export function Figure({ label, value, hue }: { label: string; value: number; hue?: string }) {
  return (
    <div className={css.figure}>
      <span className={css.quiet}>{label}</span>
      <strong style={hue ? { color: `var(--${hue})` } : undefined}>{formatNumber(value)}</strong>
    </div>
  )
}

function Mend({ trouble, plan, onPlan, busy }: { trouble: Trouble } & Omit<CheckingProps, 'verdict'>) {
  const t = useT()
  const { field, value, suggestions = [] } = trouble
  const held = plan.replace[field]?.[value]
  const [instead, setInstead] = useState(held ?? suggestions[0] ?? '')
  const replace = (text: string) => onPlan(withReplacement(plan, field, value, text), true)
  return (
    <span className={css.buttons}>
      <AutoComplete
        size="small"
        style={{ width: 180 }}
        value={instead}
        options={suggestions.map((each) => ({ value: each }))}
        placeholder={t('records.replaceBy')}
        aria-label={t('records.replaceBy')}
        onChange={setInstead}
      />
      <Button size="small" type="primary" disabled={busy || instead === ''} onClick={() => replace(instead)}>
        {t('records.replaceAll', { count: formatNumber(trouble.count) })}
      </Button>
      <Button size="small" disabled={busy} onClick={() => replace('')}>
        {t('records.leaveBlank')}
      </Button>
    </span>
  )
}

function TroubleLine(props: { trouble: Trouble } & Omit<CheckingProps, 'verdict'>) {
  const t = useT()
  const { label, value, count, rows, detail } = props.trouble
  return (
    <div className={css.trouble}>
      <div className={css.troubleText}>
        <strong>{label}</strong> {value ? <Tag hue="red">{value}</Tag> : null} <span>{detail}</span>
        <div className={css.quiet}>
          {t('records.troubleRows', { count: formatNumber(count), rows: rows.slice(0, 6).join(', ') })}
          {count > rows.slice(0, 6).length ? '…' : ''}
        </div>
      </div>
      {value ? <Mend {...props} /> : null}
    </div>
  )
}

/** The step. */
export function Checking({ verdict, plan, onPlan, busy }: CheckingProps) {
  const t = useT()
  const { good, bad, creates, updates, troubles } = verdict
  const replaced = Object.entries(plan.replace).flatMap(([field, pairs]) =>
    Object.entries(pairs).map(([text, instead]) => ({ field, text, instead })),
  )
  return (
    <div className={css.stack}>
      <div className={css.figures}>
        <Figure label={t('records.good')} value={good} hue="success" />
        <Figure label={t('records.bad')} value={bad} hue={bad > 0 ? 'danger' : undefined} />
        <Figure label={t('records.creates')} value={creates} />
        <Figure label={t('records.updates')} value={updates} />
      </div>
      {replaced.length > 0 ? (
        <div className={css.buttons}>
          {replaced.map(({ field, text, instead }) => (
            <Button
              key={`${field}:${text}`}
              size="small"
              disabled={busy}
              onClick={() => onPlan(withReplacement(plan, field, text, undefined), true)}
            >
              {text} → {instead || t('records.blank')} ×
            </Button>
          ))}
        </div>
      ) : null}
      {troubles.length > 0 ? (
        <div>
          {troubles.map((trouble) => (
            <TroubleLine
              key={`${trouble.field}:${trouble.code}:${trouble.value}`}
              {...{ trouble, plan, onPlan, busy }}
            />
          ))}
        </div>
      ) : (
        <Alert type="success" showIcon title={t('records.allGood')} />
      )}
      {bad > 0 ? (
        <Checkbox
          checked={plan.skip_bad}
          onChange={(event) => onPlan({ ...plan, skip_bad: event.target.checked }, false)}
        >
          {t('records.skipBad', { good: formatNumber(good), bad: formatNumber(bad) })}
        </Checkbox>
      ) : null}
    </div>
  )
}
