/** A calendar day 日期: no time, no zone, so it never shifts. */
import { Calendar } from 'lucide-react'
import { fieldType } from './field'
import { type BoundSettings, Bounds } from './parts/bounds'
import { DayOperand, dayInput, readDays } from './parts/day-box'
import { Settings } from './parts/setting'

export default fieldType<BoundSettings, string>({
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
  Settings: (props) => (
    <Settings>
      <Bounds {...props} />
    </Settings>
  ),
  read: (_, value) => readDays(value),
})
