/** After a new record was sent 提交后: the form's own words, and what one may do next. */
import { Button } from 'antd'
import type { Values } from '@/fields/field'
import { useT } from '@/i18n/i18n'
import { EmptyState } from '@/ui/empty-state'
import { Prompt } from '@/ui/record/prompt'
import { type FormShape, fieldsOf, type Offer } from '@/ui/record/shape'
import css from './records.module.css'
import type { RecordOut } from './use-records'

const OFFERS: Offer[] = ['record', 'another', 'list']

interface SentProps {
  shape: FormShape
  record: RecordOut
  on: Record<Offer, () => void>
}

/** The page of confirmation. */
export function Sent({ shape, record, on }: SentProps) {
  const t = useT()
  const after = shape.definition.after ?? {}
  const offers = OFFERS.filter((offer) => (after.offers ?? OFFERS).includes(offer))
  const shown = offers.length > 0 ? offers : (['list'] as Offer[])
  const words = (
    <Prompt after={after} fields={fieldsOf(shape)} values={record.values as Values} titles={record.titles} />
  )
  const buttons = (
    <span className={css.sentButtons}>
      {shown.map((offer, at) => (
        <Button key={offer} type={at === 0 ? 'primary' : 'default'} onClick={on[offer]}>
          {t(`records.after_${offer}`)}
        </Button>
      ))}
    </span>
  )
  return (
    <div role="status">
      <EmptyState
        figure="hill"
        title={t('records.sentTitle', { name: record.title || shape.definition.name })}
        hint={after.prompt ? words : undefined}
        action={buttons}
      />
    </div>
  )
}
