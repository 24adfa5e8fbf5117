/** An e-mail address 邮箱. */
import { Mail } from 'lucide-react'
import { fieldType } from './field'
import { Cut } from './parts/cut'
import { TextBox, TextOperand } from './parts/text-box'

export default fieldType<object, string>({
  label: { zh: '邮箱', en: 'E-mail' },
  icon: Mail,
  group: 'basic',
  rank: 8,
  kind: 'text',
  blank: {},
  columnWidth: 180,
  Input: (props) => <TextBox {...props} keyboard="email" maxLength={254} />,
  Cell: ({ value }) => <Cut text={value} />,
  Display: ({ value }) => (value ? <a href={`mailto:${encodeURI(value)}`}>{value}</a> : null),
  FilterInput: TextOperand,
})
