/** A web address 网址. */
import { Link } from 'lucide-react'
import { fieldType } from './field'
import { Cut } from './parts/cut'
import { TextBox, TextOperand } from './parts/text-box'

/** Only http and https lead anywhere; a link can never run a script. */
function Address({ value }: { value: string | null }) {
  if (!value || !/^https?:\/\//i.test(value)) return <Cut text={value} />
  return (
    <Cut text={value}>
      <a href={value} target="_blank" rel="noopener noreferrer" onClick={(event) => event.stopPropagation()}>
        {value.replace(/^https?:\/\//i, '')}
      </a>
    </Cut>
  )
}

export default fieldType<object, string>({
  label: { zh: '网址', en: 'Web address' },
  icon: Link,
  group: 'basic',
  rank: 9,
  kind: 'text',
  blank: {},
  columnWidth: 180,
  Input: (props) => <TextBox {...props} keyboard="url" maxLength={2000} />,
  Cell: ({ value }) => <Address value={value} />,
  FilterInput: TextOperand,
})
