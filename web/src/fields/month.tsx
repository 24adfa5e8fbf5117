/** A month 年月, kept as its first day. */
import { DatePicker, Input } from 'antd'
import dayjs from 'dayjs'
import { CalendarRange } from 'lucide-react'
import { useIsPhone } from '@/lib/use-is-phone'
import { type FilterInputProps, fieldType, type InputProps, type Json } from './field'
import { type BoundSettings, Bounds, daysAllowed, isOutside } from './parts/bounds'
import { DayOperand, readDays } from './parts/day-box'
import css from './parts/fields.module.css'
import { Settings } from './parts/setting'

type MonthBoxProps = Pick<InputProps<BoundSettings, string>, 'field' | 'onChange' | 'disabled' | 'id' | 'status'> & {
  value: Json
  describedBy?: string
}

const first = (month: dayjs.Dayjs) => month.format('YYYY-MM-01')

function MonthBox({ field, value, onChange, disabled, describedBy, ...rest }: MonthBoxProps) {
  const phone = useIsPhone()
  const month = typeof value === 'string' && dayjs(value).isValid() ? dayjs(value) : null
  const { min, max } = daysAllowed(field)
  const given = {
    ...rest,
    disabled,
    'aria-label': field.label,
    'aria-describedby': describedBy,
    placeholder: field.placeholder || undefined,
  }
  if (phone)
    return (
      <Input
        {...given}
        type="month"
        min={min?.slice(0, 7)}
        max={max?.slice(0, 7)}
        value={month?.format('YYYY-MM') ?? ''}
        onChange={(event) => onChange(event.target.value ? `${event.target.value}-01` : null)}
      />
    )
  return (
    <DatePicker
      {...given}
      picker="month"
      style={{ width: '100%' }}
      format={['YYYY-MM', 'YYYYMM', 'YYYY/M', 'YYYY年M月']}
      disabledDate={isOutside(field, 'YYYY-MM')}
      value={month}
      onChange={(next) => onChange(next ? first(next as dayjs.Dayjs) : null)}
    />
  )
}

/** A month, or two. */
function Operand(props: FilterInputProps<BoundSettings>) {
  const { field, operator, value, onChange } = props
  const free = { ...field, earliest: undefined, latest: undefined, placeholder: undefined }
  if (operator === 'within') return <DayOperand {...props} />
  if (operator !== 'between') return <MonthBox field={free} value={value} onChange={onChange} />
  const [from = null, to = null] = Array.isArray(value) ? value : []
  return (
    <div className={css.pair}>
      <MonthBox field={free} value={from} onChange={(next) => onChange([next, to])} />
      <MonthBox field={free} value={to} onChange={(next) => onChange([from, next])} />
    </div>
  )
}

export default fieldType<BoundSettings, string>({
  label: { zh: '年月', en: 'Month' },
  icon: CalendarRange,
  group: 'basic',
  rank: 5.3,
  kind: 'time',
  shape: 'date',
  blank: {},
  columnWidth: 96,
  Input: ({ field, value, onChange, disabled, readOnly, ...rest }) => (
    <MonthBox
      {...{ field, value, onChange, id: rest.id, status: rest.status, describedBy: rest.describedBy }}
      disabled={disabled || readOnly}
    />
  ),
  Cell: ({ value }) => <span className="tabular">{value?.slice(0, 7)}</span>,
  FilterInput: Operand,
  Settings: (props) => (
    <Settings>
      <Bounds {...props} />
    </Settings>
  ),
  fit: (_, value) => (typeof value === 'string' ? `${value.slice(0, 7)}-01` : null),
  read: (_, value) => readDays(value).replace(/(\d{4}-\d{2})-01/g, '$1'),
})
