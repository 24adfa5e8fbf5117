/** A moment 日期时间: an instant, stored in UTC, shown in the reader's time zone. */
import { Clock } from 'lucide-react'
import { formatTime } from '@/lib/format'
import { fieldType } from './field'
import { DayOperand, dayInput, readDays } from './parts/day-box'

export default fieldType<object, string>({
  label: { zh: '日期时间', en: 'Date and time' },
  icon: Clock,
  group: 'basic',
  rank: 5,
  kind: 'time',
  shape: 'datetime',
  blank: {},
  columnWidth: 150,
  Input: dayInput(true),
  Cell: ({ value }) => <span className="tabular">{value ? formatTime(value) : ''}</span>,
  FilterInput: DayOperand,
  read: (_, value) => readDays(value),
})
