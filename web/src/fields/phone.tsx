/** A telephone number 电话. */
import { Phone } from 'lucide-react'
import { fieldType } from './field'
import { Cut } from './parts/cut'
import { TextBox, TextOperand } from './parts/text-box'

export default fieldType<object, string>({
  label: { zh: '电话', en: 'Phone' },
  icon: Phone,
  group: 'basic',
  rank: 7,
  kind: 'text',
  blank: {},
  columnWidth: 140,
  Input: (props) => <TextBox {...props} keyboard="tel" maxLength={40} />,
  Cell: ({ value }) => (
    <Cut text={value}>
      <span className="tabular">{value}</span>
    </Cut>
  ),
  Display: ({ value }) => (value ? <a href={`tel:${value.replace(/[^\d+#]/g, '')}`}>{value}</a> : null),
  FilterInput: TextOperand,
})
