/** A calendar day 日期: no time, no zone, so it never shifts. */
import { Calendar } from 'lucide-react'
import { fieldType } from './field'
import { DayOperand, dayInput, readDays } from './parts/day-box'

export default fieldType<object, string>({
  label: { zh: '日期', en: 'Date' },
  icon: Calendar,
  group: 'basic',
  rank: 4,
  kind: 'time',
  shape: 'date',
  blank: {},
  columnWidth: 116,
  Input: dayInput(false),
  Cell: ({ value }) => <span className="tabular">{value}</span>,
  FilterInput: DayOperand,
  read: (_, value) => readDays(value),
})
