/** Boxes to choose people, departments and roles 通讯录选择. */
import { Select, type SelectProps } from 'antd'
import { useDirectory } from '@/api/directory'

const FIND = { optionFilterProp: 'label' as const }

export function MembersSelect(props: SelectProps) {
  const { data } = useDirectory()
  const options = (data?.members ?? []).map(({ id, name }) => ({ value: id, label: name }))
  return <Select mode="multiple" showSearch={FIND} options={options} {...props} />
}

export function DepartmentsSelect(props: SelectProps) {
  const { data } = useDirectory()
  const options = (data?.departments ?? []).map(({ id, name }) => ({ value: id, label: name }))
  return <Select mode="multiple" showSearch={FIND} options={options} {...props} />
}

export function RolesSelect(props: SelectProps) {
  const { data } = useDirectory()
  const options = (data?.roles ?? []).map(({ id, name }) => ({ value: id, label: name }))
  return <Select mode="multiple" showSearch={FIND} options={options} {...props} />
}
