/** A form on its way to the server 表单提交: busy while it is, and a problem put beside the field it names. */
import { Form, type FormInstance } from 'antd'
import { useState } from 'react'
import { ApiProblem } from '@/api/problem'
import { toast } from '@/ui/toast'

function place(form: FormInstance, problem: ApiProblem, blame = ''): boolean {
  const names = Object.keys(form.getFieldsValue(true) as object)
  const found = [{ path: problem.path, detail: problem.detail }, ...problem.problems]
    .map(({ path, detail }) => ({ name: String(path.at(-1) ?? ''), errors: [detail] }))
    .filter(({ name }) => names.includes(name))
  const refused = problem.status >= 400 && problem.status < 500
  if (found.length === 0 && blame !== '' && refused) found.push({ name: blame, errors: [problem.detail] })
  form.setFields(found)
  return found.length > 0
}

/** `const { form, busy, send } = useSending(save)`, then `<Form form={form} onFinish={send}>`; `blame` takes what names no field. */
export function useSending<Values extends object>(act: (values: Values) => Promise<void>, blame?: string) {
  const [form] = Form.useForm<Values>()
  const [busy, setBusy] = useState(false)
  const send = async (values: Values) => {
    setBusy(true)
    try {
      await act(values)
    } catch (problem) {
      const placed = problem instanceof ApiProblem && place(form as FormInstance, problem, blame)
      if (!placed) toast.error(problem)
    } finally {
      setBusy(false)
    }
  }
  return { form, busy, send }
}
