/** What must hold when the node is completed 节点校验. */
import { Button, Input } from 'antd'
import { Plus, Trash2 } from 'lucide-react'
import { useT } from '@/i18n/i18n'
import { IconButton } from '@/ui/icon-button'
import type { NodeSurroundings } from '../node'
import { ConditionEditor } from './condition-editor'
import css from './nodes.module.css'

export interface NodeCheck {
  that: string
  message: string
}

interface ChecksProps {
  value: NodeCheck[] | undefined
  onChange: (checks: NodeCheck[] | undefined) => void
  context: NodeSurroundings
}

/** A condition, and what is said when it does not hold. */
export function NodeChecks({ value = [], onChange, context }: ChecksProps) {
  const t = useT()
  const keep = (checks: NodeCheck[]) => onChange(checks.length > 0 ? checks : undefined)
  const put = (at: number, patch: Partial<NodeCheck>) =>
    keep(value.map((each, place) => (place === at ? { ...each, ...patch } : each)))
  return (
    <>
      {value.map((check, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: checks have no identity but their place
        <div key={at} className={css.card}>
          <div className={css.cardHead}>
            <span>{t('asking.mustHold')}</span>
            <IconButton
              size="small"
              icon={Trash2}
              iconSize={14}
              label={t('nodes.remove')}
              onClick={() => keep(value.filter((_, place) => place !== at))}
            />
          </div>
          <ConditionEditor
            context={context}
            label={t('asking.mustHold')}
            value={check.that}
            onChange={(that) => put(at, { that })}
          />
          <Input
            value={check.message}
            maxLength={200}
            placeholder={t('asking.elseSay')}
            aria-label={t('asking.elseSay')}
            status={check.message === '' ? 'warning' : undefined}
            onChange={(event) => put(at, { message: event.target.value })}
          />
        </div>
      ))}
      <Button
        type="dashed"
        size="small"
        icon={<Plus size={14} aria-hidden />}
        onClick={() => keep([...value, { that: '', message: '' }])}
      >
        {t('asking.addCheck')}
      </Button>
    </>
  )
}
