/** A web address 网址. */
import { Link } from 'lucide-react'
import { fieldType } from './field'
import { Cut, Whole } from './parts/cut'
import { TextBox, TextOperand } from './parts/text-box'

/** Only http and https lead anywhere; a link can never run a script. */
function Address({ value, Words }: { value: string | null; Words: typeof Cut }) {
  if (!value || !/^https?:\/\//i.test(value)) return <Words text={value} />
  return (
    <Words text={value}>
      <a href={value} target="_blank" rel="noopener noreferrer" onClick={(event) => event.stopPropagation()}>
        {value.replace(/^https?:\/\//i, '')}
      </a>
    </Words>
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
  Cell: ({ value }) => <Address value={value} Words={Cut} />,
  Display: ({ value }) => <Address value={value} Words={Whole} />,
  FilterInput: TextOperand,
})
