/** A form without a workflow 创建流程. */
import { Button } from 'antd'
import { useState } from 'react'
import { useT } from '@/i18n/i18n'
import { type AppDraft, savePart } from '@/ui/design/draft'
import { EmptyState } from '@/ui/empty-state'
import { toast } from '@/ui/toast'
import { firstWorkflow } from './edits'
import css from './flow.module.css'
import { type FormPart, typeWords } from './use-flow'

interface CreateFlowProps {
  app: string
  draft: AppDraft
  form: FormPart
}

function freePart(draft: AppDraft, wish: string): string {
  let id = wish
  for (let count = 2; `workflows/${id}` in draft.parts; count += 1) id = `${wish}_${count}`
  return id
}

/** One button: begin, approval, end, and the form knows its workflow. */
export function CreateFlow({ app, draft, form }: CreateFlowProps) {
  const t = useT()
  const [busy, setBusy] = useState(false)
  const create = async () => {
    setBusy(true)
    const id = freePart(draft, form.id)
    const labels = { start: t('flow.startLabel'), end: t('flow.endLabel'), refused: t('flow.refusedLabel') }
    const workflow = firstWorkflow(id, form.id, t('flow.flowName', { form: form.name }), labels, typeWords)
    try {
      await savePart(app, `workflows/${id}`, workflow)
      await savePart(app, `forms/${form.id}`, { ...form, workflow: id }, draft.hashes[`forms/${form.id}`])
    } catch (problem) {
      toast.error(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className={css.create}>
      <EmptyState
        figure="bird"
        title={t('flow.createTitle')}
        hint={t('flow.createHint')}
        action={
          <Button type="primary" loading={busy} onClick={create}>
            {t('flow.create')}
          </Button>
        }
      />
    </div>
  )
}
